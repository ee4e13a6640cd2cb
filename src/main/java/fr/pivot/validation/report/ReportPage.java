package fr.pivot.validation.report;

import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.validation.detection.Vintage;
import fr.pivot.validation.plan.CellFinding;
import fr.pivot.validation.plan.CheckedColumn;
import fr.pivot.validation.rows.FileCheck;
import fr.pivot.validation.rows.Tally;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Suggestion;
import fr.pivot.validation.value.Verdict;
import fr.pivot.validation.value.Yardstick;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the report of a check says as one page that can be saved, printed and sent. It holds as many
 * rows as are shown, however long the file is; its texts have no control characters.
 *
 * @param language of what is said
 * @param title of the page
 * @param file what the file is
 * @param ready the share of the rows that can be joined; null where no column is one of codes
 * @param columns those that hold codes
 * @param others the columns without codes that something is said of, and the rows as a whole
 * @param limit how many findings of a rule in a column the check keeps
 */
public record ReportPage(
    Language language,
    String title,
    String file,
    @Nullable String ready,
    List<Column> columns,
    List<Other> others,
    int limit) {

  /** How many findings of a rule in a column are listed with their lines. */
  private static final int MOST_PLACES = 20;

  /** How many characters of a value are shown. */
  private static final int LONGEST = 100;

  /**
   * A column that holds codes.
   *
   * @param title the referential's
   * @param reference the referential and the point that values are held against
   * @param kindColumn the column that says what each row's code is; null where none does
   * @param vintage of which edition its values are; null where nothing tells
   * @param valid the share of its values that are valid, in words
   * @param shares its values by what is to be done about them
   * @param counts its values by what they are, in words
   * @param frequent the values at fault that come most often
   */
  public record Column(
      String name,
      String title,
      String reference,
      @Nullable String kindColumn,
      @Nullable String vintage,
      String valid,
      List<Share> shares,
      String counts,
      List<Remark> remarks,
      List<Row> frequent) {}

  /** A column without codes, or the rows as a whole. */
  public record Other(String name, List<Remark> remarks) {}

  /**
   * A part of a column's values, as a part of a line.
   *
   * @param kind {@code good}, {@code odd} where they can be repaired, {@code bad}
   * @param from where it begins, as {@code 12.50%}
   * @param width how long it is, as {@code 12.50%}
   */
  public record Share(String kind, String from, String width) {}

  /**
   * What a rule found in a column.
   *
   * @param isError whether it keeps rows from being joined
   * @param sentence how often, and what the rule means
   * @param rule its code
   * @param rows the first of them
   */
  public record Remark(boolean isError, String sentence, String rule, List<Row> rows) {}

  /**
   * A value at fault.
   *
   * @param number its line, or on how many lines it stands; may be empty
   * @param value null where the row as a whole is meant
   * @param repair what to write; null where that is not known
   * @param detail what else there is to say; may be empty
   */
  public record Row(
      String number, @Nullable String value, @Nullable String repair, String detail) {}

  /** The page of a check that has come to its end. */
  static ReportPage of(FileCheck check, Language language) {
    return new Gathering(check, language).page();
  }

  /** One of two sentences. */
  public String say(String fr, String en) {
    return language.say(fr, en);
  }

  /** Gathers what the page of a check says. */
  private record Gathering(FileCheck check, Language language) {

    ReportPage page() {
      Tally total = check.total();
      List<String> file =
          ReportLines.describe(check.source(), check.source().findings(), total.rows(), language);
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < check.plan().bounds().size(); i++) {
        columns.add(column(i));
      }
      return new ReportPage(
          language,
          plain(language.say("Contrôle de ", "Check of ") + check.source().file()),
          plain(String.join(" · ", file)),
          columns.isEmpty() ? null : percent(total.ready(), total.rows()),
          columns,
          others(),
          check.plan().limit());
    }

    private Column column(int index) {
      CheckedColumn column = check.plan().bounds().get(index);
      Tally total = check.total();
      Yardstick yardstick = column.check().yardstick();
      Vintage vintage = check.vintage(index);
      long said = total.rows() - total.count(index, Outcome.EMPTY);
      long valid = total.count(index, Outcome.VALID);
      long repairable = total.count(index, Outcome.REPAIRABLE);
      return new Column(
          plain(column.name()),
          yardstick.referential().title().in(language),
          yardstick.isByRule() ? yardstick.referential().id() : yardstick.notation(),
          column.kindRank() < 0 ? null : plain(check.plan().header().get(column.kindRank())),
          vintage == null ? null : ReportLines.vintage(vintage).in(language),
          percent(valid, said) + language.say(" de valeurs valides", " of the values are valid"),
          shares(valid, repairable, said),
          counts(index),
          remarks(column.rank()),
          check.listFrequent(index).stream()
              .map(
                  frequent ->
                      row(
                          ReportLines.number(frequent.count(), language),
                          frequent.value(),
                          frequent.verdict()))
              .toList());
    }

    private static List<Share> shares(long valid, long repairable, long said) {
      List<Share> shares = new ArrayList<>(3);
      add(shares, "good", 0, valid, said);
      add(shares, "odd", valid, repairable, said);
      add(shares, "bad", valid + repairable, said - valid - repairable, said);
      return shares;
    }

    private static void add(List<Share> shares, String kind, long from, long part, long whole) {
      if (part > 0) {
        shares.add(new Share(kind, part(from, whole), part(part, whole)));
      }
    }

    private static String part(long part, long whole) {
      return String.format(Locale.ROOT, "%.2f%%", 100.0 * part / whole);
    }

    private String counts(int index) {
      List<String> counts = new ArrayList<>();
      for (Outcome outcome : Outcome.values()) {
        long count = check.total().count(index, outcome);
        if (count > 0) {
          counts.add(
              title(outcome) + language.say(" : ", ": ") + ReportLines.number(count, language));
        }
      }
      return String.join(" · ", counts);
    }

    private String title(Outcome outcome) {
      return switch (outcome) {
        case VALID -> language.say("valides", "valid");
        case REPAIRABLE -> language.say("réparables", "repairable");
        case OBSOLETE -> language.say("périmées", "obsolete");
        case FUTURE -> language.say("à venir", "in the future");
        case UNKNOWN -> language.say("inconnues", "unknown");
        case BAD_CHECK_DIGIT -> language.say("à la clé fausse", "with a wrong check digit");
        case MALFORMED -> language.say("mal formées", "malformed");
        case EMPTY -> language.say("vides", "empty");
      };
    }

    private List<Other> others() {
      List<Other> others = new ArrayList<>();
      for (int rank = -1; rank < check.plan().header().size(); rank++) {
        int column = rank;
        if (check.plan().bounds().stream().noneMatch(b -> b.rank() == column)) {
          List<Remark> remarks = remarks(rank);
          if (!remarks.isEmpty()) {
            others.add(
                new Other(
                    rank < 0
                        ? language.say("Lignes", "Rows")
                        : plain(check.plan().header().get(rank)),
                    remarks));
          }
        }
      }
      return others;
    }

    private List<Remark> remarks(int rank) {
      List<Remark> remarks = new ArrayList<>();
      for (Rule rule : Rule.values()) {
        long count = check.total().count(rule, rank);
        if (count > 0) {
          remarks.add(
              new Remark(
                  rule.severity() == Severity.ERROR,
                  ReportLines.number(count, language) + " × " + rule.message().in(language),
                  rule.code(),
                  check.total().findings().stream()
                      .filter(f -> f.rule() == rule && f.rank() == rank)
                      .limit(MOST_PLACES)
                      .map(this::row)
                      .toList()));
        }
      }
      return remarks;
    }

    private Row row(CellFinding finding) {
      String line = finding.line() == 0 ? "" : Long.toString(finding.line());
      return row(line, finding.value(), finding.verdict());
    }

    private Row row(String number, @Nullable String value, Verdict verdict) {
      String repair = verdict.repair();
      return new Row(
          number,
          shorten(value),
          repair == null || repair.equals(value) ? null : shorten(repair),
          plain(detail(verdict)));
    }

    private String detail(Verdict verdict) {
      Text detail = verdict.detail();
      if (detail != null) {
        return detail.in(language);
      }
      if (verdict.repair() != null || verdict.suggestions().isEmpty()) {
        return "";
      }
      return language.say("Peut-être : ", "Perhaps: ")
          + String.join(", ", verdict.suggestions().stream().map(Suggestion::toString).toList());
    }

    private String percent(long part, long whole) {
      return ReportLines.percent(part, whole, language);
    }

    private static @Nullable String shorten(@Nullable String value) {
      return value == null ? null : plain(ReportLines.shorten(value, LONGEST));
    }

    /** A text of the file without characters that a page cannot show. */
    private static String plain(String text) {
      return text.codePoints().noneMatch(Character::isISOControl)
          ? text
          : text.codePoints()
              .map(c -> Character.isISOControl(c) ? ' ' : c)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
    }
  }
}
