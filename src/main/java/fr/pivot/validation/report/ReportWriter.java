package fr.pivot.validation.report;

import fr.pivot.catalog.Release;
import fr.pivot.finding.Finding;
import fr.pivot.finding.Rule;
import fr.pivot.referential.Language;
import fr.pivot.text.JsonWriter;
import fr.pivot.text.Sha256;
import fr.pivot.text.detected.DetectedDialect;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.text.sheet.Spreadsheet;
import fr.pivot.validation.detection.Vintage;
import fr.pivot.validation.plan.CellFinding;
import fr.pivot.validation.plan.CheckedColumn;
import fr.pivot.validation.plan.Plan;
import fr.pivot.validation.rows.FileCheck;
import fr.pivot.validation.rows.Tally;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Suggestion;
import fr.pivot.validation.value.Verdict;
import fr.pivot.validation.value.Yardstick;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the report of a check as JSON: what the file is, the findings as they come, and the counts
 * at the end. Belongs to one thread.
 */
final class ReportWriter {

  private final FileCheck check;
  private final Language language;

  /** How often a rule, a column and a value came together, for ids that differ. */
  private final Map<String, Integer> seen = new HashMap<>();

  ReportWriter(FileCheck check, Language language) {
    this.check = check;
    this.language = language;
  }

  /** Writes what is known of the file before its rows are read. */
  void file(JsonWriter json) {
    describe(json, check.source(), check.source().findings(), language);
  }

  /** Writes how a file is written. */
  static void describe(
      JsonWriter json, TabularFile.Opened source, List<Finding> findings, Language language) {
    DetectedDialect detected = source.detected();
    json.beginObject()
        .member("name", source.file())
        .member("kind", source.kind().name().toLowerCase(Locale.ROOT))
        .member("compression", source.compression().name().toLowerCase(Locale.ROOT));
    if (source.kind() == Spreadsheet.Kind.DELIMITED) {
      json.member("encoding", detected.dialect().charset().name())
          .name("encodingConfidence")
          .decimal(decimal(detected.charsetConfidence()))
          .member("bom", detected.dialect().markLength() > 0)
          .member("separator", String.valueOf(detected.dialect().separator()))
          .name("separatorConfidence")
          .decimal(decimal(detected.separatorConfidence()));
    } else {
      json.member("sheet", source.sheet()).name("sheets").value(source.sheets());
    }
    json.member("headerLine", detected.dialect().headerLine())
        .name("headerConfidence")
        .decimal(decimal(detected.headerConfidence()));
    json.name("findings").beginArray();
    for (Finding finding : findings) {
      json.beginObject()
          .member("rule", finding.rule().code())
          .member("severity", finding.rule().severity().name().toLowerCase(Locale.ROOT))
          .member("message", finding.rule().message().in(language));
      if (finding.place().line() > 0) {
        json.member("line", finding.place().line());
      }
      json.endObject();
    }
    json.endArray().endObject();
  }

  /** A number from 0 to 1, with four decimals at most. */
  static String decimal(double number) {
    String text = String.format(Locale.ROOT, "%.4f", number);
    return text.replaceAll("\\.?0+$", "");
  }

  /** Writes a finding. */
  void finding(JsonWriter json, CellFinding finding) {
    String column = finding.rank() < 0 ? null : check.plan().header().get(finding.rank());
    Verdict verdict = finding.verdict();
    json.beginObject()
        .member("id", id(finding))
        .member("rule", finding.rule().code())
        .member("severity", finding.rule().severity().name().toLowerCase(Locale.ROOT));
    if (finding.line() > 0) {
      json.member("line", finding.line());
    }
    if (column != null) {
      json.member("column", column).member("columnNumber", finding.rank() + 1);
    }
    if (finding.value() != null) {
      json.member("value", finding.value());
    }
    json.member("message", finding.rule().message().in(language));
    if (verdict.detail() != null) {
      json.member("detail", verdict.detail().in(language));
    }
    repair(json, verdict, finding.value());
    json.endObject();
  }

  private static void repair(
      JsonWriter json, Verdict verdict, @org.jspecify.annotations.Nullable String value) {
    if (verdict.repair() != null && !verdict.repair().equals(value)) {
      json.member("repair", verdict.repair());
    }
    if (!verdict.suggestions().isEmpty()) {
      json.name("suggestions").beginArray();
      for (Suggestion suggestion : verdict.suggestions()) {
        json.beginObject()
            .member("referential", suggestion.referential())
            .member("code", suggestion.code())
            .member("label", suggestion.label())
            .endObject();
      }
      json.endArray();
    }
  }

  /**
   * What a finding is called in this report and in one of another day: it depends on the rule, the
   * column, the value and how often the three came before, not on the line.
   */
  private String id(CellFinding finding) {
    String column = finding.rank() < 0 ? "" : check.plan().header().get(finding.rank());
    String what =
        finding.rule().code()
            + '\u0000'
            + column
            + '\u0000'
            + (finding.value() == null ? "" : finding.value());
    int times = seen.merge(what, 1, Integer::sum);
    return Sha256.of((what + '\u0000' + times).getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /** Writes the counts of all rows, as members. */
  void summary(JsonWriter json) {
    Plan plan = check.plan();
    Tally total = check.total();
    json.name("rows").beginObject().member("total", total.rows());
    if (!plan.bounds().isEmpty()) {
      json.member("ready", total.ready())
          .name("readyShare")
          .decimal(share(total.ready(), total.rows()));
    }
    json.endObject();
    json.name("columns").beginArray();
    for (int i = 0; i < plan.bounds().size(); i++) {
      column(json, i);
    }
    json.endArray();
    json.name("rules").beginArray();
    for (Rule rule : Rule.values()) {
      if (total.count(rule) > 0) {
        rule(json, rule, total.count(rule));
      }
    }
    json.endArray();
    json.member("findingsLimit", plan.limit());
  }

  private static String share(long part, long whole) {
    return whole == 0 ? "0" : decimal((double) part / whole);
  }

  private void rule(JsonWriter json, Rule rule, long count) {
    json.beginObject()
        .member("rule", rule.code())
        .member("severity", rule.severity().name().toLowerCase(Locale.ROOT))
        .member("count", count)
        .member("message", rule.message().in(language))
        .endObject();
  }

  private void column(JsonWriter json, int index) {
    CheckedColumn bound = check.plan().bounds().get(index);
    Tally total = check.total();
    json.beginObject()
        .member("name", bound.name())
        .member("number", bound.rank() + 1)
        .member("declared", bound.detected() == null);
    point(json, bound.check().yardstick());
    if (bound.dateRank() >= 0) {
      json.member("dateColumn", check.plan().header().get(bound.dateRank()));
    }
    if (bound.kindRank() >= 0) {
      json.member("kindColumn", check.plan().header().get(bound.kindRank()));
    }
    if (bound.detected() != null) {
      json.name("confidence").decimal(decimal(bound.detected().score()));
    }
    json.member("required", bound.required());
    long said = total.rows() - total.count(index, Outcome.EMPTY);
    json.name("values").beginObject();
    for (Outcome outcome : Outcome.values()) {
      json.member(outcome.id(), total.count(index, outcome));
    }
    json.endObject();
    json.name("validShare").decimal(share(total.count(index, Outcome.VALID), said));
    Vintage vintage = check.vintage(index);
    if (vintage != null) {
      json.name("vintage");
      vintage(json, vintage);
    }
    json.name("rules").beginArray();
    for (Rule rule : Rule.values()) {
      long count = total.count(rule, bound.rank());
      if (count > 0) {
        rule(json, rule, count);
      }
    }
    json.endArray();
    frequent(json, check.listFrequent(index));
    json.endObject();
  }

  private void frequent(JsonWriter json, List<FileCheck.Frequent> values) {
    json.name("frequent").beginArray();
    for (FileCheck.Frequent frequent : values) {
      Rule rule = frequent.verdict().rule();
      json.beginObject().member("value", frequent.value()).member("count", frequent.count());
      if (rule != null) {
        json.member("rule", rule.code());
      }
      if (frequent.verdict().detail() != null) {
        json.member("detail", frequent.verdict().detail().in(language));
      }
      repair(json, frequent.verdict(), frequent.value());
      json.endObject();
    }
    json.endArray();
  }

  /** Writes what values are held against, as members. */
  static void point(JsonWriter json, Yardstick yardstick) {
    Release release = yardstick.release();
    json.member("referential", yardstick.referential().id());
    if (release != null && !yardstick.isByRule()) {
      json.member("release", release.edition()).member("date", yardstick.date());
    }
    json.member("byRule", yardstick.isByRule());
  }

  /** Writes of which edition or year values are. */
  static void vintage(JsonWriter json, Vintage vintage) {
    json.beginObject()
        .member("best", vintage.text())
        .member("unit", vintage.years() ? "year" : "edition")
        .member("fitting", vintage.fitting())
        .member("known", vintage.known());
    if (vintage.runnerUp() != null) {
      json.member("runnerUp", vintage.runnerUp())
          .member("runnerUpFitting", vintage.runnerUpFitting());
    }
    json.endObject();
  }
}
