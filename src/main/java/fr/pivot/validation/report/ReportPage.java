package fr.pivot.validation.report;

import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.validation.detection.Vintage;
import fr.pivot.validation.rows.CellFinding;
import fr.pivot.validation.rows.CheckedColumn;
import fr.pivot.validation.rows.FileCheck;
import fr.pivot.validation.rows.Tally;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Suggestion;
import fr.pivot.validation.value.Verdict;
import fr.pivot.validation.value.Yardstick;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of a check as one page that needs nothing else: it can be saved, printed and sent. It
 * has no script, and everything that comes from the file is written as text.
 */
public final class ReportPage {

  /** What a browser may do on the page: nothing but show it, in its own style. */
  public static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

  /** How many findings of a rule in a column are listed with their lines. */
  private static final int MOST_PLACES = 20;

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1d2730;--soft:#5b6770;--line:#d5dbe0;--paper:#fff;--wash:#f3f6f8;
        --bad:#a3231c;--odd:#7a5200;--good:#1a6b3c}
      @media (prefers-color-scheme:dark){:root{--ink:#e6ebef;--soft:#a4b0b9;--line:#38434c;--paper:#14191d;
        --wash:#1d242a;--bad:#ff9b92;--odd:#f0c36d;--good:#7fd6a2}}
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:62rem;padding:2rem 1.25rem 4rem;background:var(--paper);color:var(--ink);
        font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
      h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}
      h2{font-size:1.2rem;margin:2.5rem 0 .5rem;overflow-wrap:anywhere}
      h3{font-size:1rem;margin:1.25rem 0 .25rem}
      p{margin:.35rem 0}
      .soft{color:var(--soft)}
      .share{font-size:2.25rem;font-weight:600;line-height:1.2;margin-top:1.25rem}
      .bar{display:flex;height:.75rem;border-radius:.4rem;overflow:hidden;background:var(--wash);margin:.5rem 0}
      .bar i{display:block;height:100%}
      .valid{background:var(--good)}.repairable{background:var(--odd)}.wrong{background:var(--bad)}
      table{border-collapse:collapse;width:100%;margin:.5rem 0;font-variant-numeric:tabular-nums}
      th,td{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top;
        overflow-wrap:anywhere}
      th{font-weight:600;color:var(--soft);font-size:.9rem}
      td.n,th.n{text-align:right;width:5.5rem}
      code{font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;font-size:.92em;background:var(--wash);
        padding:.05em .3em;border-radius:.25em;white-space:pre-wrap}
      .error{color:var(--bad)}.warning{color:var(--odd)}.good{color:var(--good)}
      details summary{cursor:pointer;color:var(--soft)}
      @media print{body{max-width:none;padding:0}details[open] summary{display:none}}
      """;

  private final FileCheck check;
  private final Language language;
  private final StringBuilder page = new StringBuilder(1 << 15);

  ReportPage(FileCheck check, Language language) {
    this.check = check;
    this.language = language;
  }

  String render() {
    Tally total = check.total();
    String file = check.source().file();
    page.append("<!doctype html>\n<html lang=\"")
        .append(language)
        .append("\">\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>");
    text(say("Contrôle de ", "Check of ") + file);
    page.append("</title>\n<style>\n").append(STYLE).append("</style>\n<main>\n<h1>");
    text(say("Contrôle de ", "Check of ") + file);
    page.append("</h1>\n");
    paragraph(
        "soft",
        ReportLines.describe(check.source(), check.source().findings(), total.rows(), language));
    ready(total);
    for (int i = 0; i < check.plan().bounds().size(); i++) {
      column(i);
    }
    others();
    page.append("<p class=\"soft\">");
    text(
        say(
            "Les "
                + check.plan().limit()
                + " premières anomalies de chaque règle et de chaque colonne"
                + " sont retenues ; les totaux comptent tout le fichier.",
            "The first "
                + check.plan().limit()
                + " findings of each rule in each column are kept; the"
                + " totals count the whole file."));
    page.append("</p>\n</main>\n</html>\n");
    return page.toString();
  }

  /** The rows that can be joined; that there are no codes where no column is one of codes. */
  private void ready(Tally total) {
    if (check.plan().bounds().isEmpty()) {
      paragraph(
          "",
          List.of(
              say(
                  "Aucune colonne de codes n'est reconnue.",
                  "No column of codes was recognised.")));
      return;
    }
    page.append("<p class=\"share\">");
    text(percent(total.ready(), total.rows()));
    page.append("</p>\n");
    paragraph(
        "",
        List.of(
            say(
                "des lignes sont prêtes à être jointes : tous les codes qu'elles portent sont en"
                    + " vigueur, et aucun de ceux qui sont exigés n'y manque.",
                "of the rows are ready to be joined: all codes that they hold are in force, and"
                    + " none that is required is missing.")));
  }

  private void column(int index) {
    CheckedColumn bound = check.plan().bounds().get(index);
    Tally total = check.total();
    Yardstick yardstick = bound.check().yardstick();
    page.append("<section>\n<h2>");
    text(bound.name());
    page.append("</h2>\n<p>");
    text(yardstick.referential().title().in(language));
    page.append(" <code>");
    text(yardstick.isByRule() ? yardstick.referential().id() : yardstick.notation());
    page.append("</code>");
    if (bound.kindRank() >= 0) {
      text(say(" ou ce que dit « ", " or what “"));
      text(check.plan().header().get(bound.kindRank()));
      text(say(" »", "” says"));
    }
    Vintage vintage = check.vintage(index);
    if (vintage != null) {
      page.append("<br><span class=\"soft\">");
      text(ReportLines.vintage(vintage).in(language));
      page.append("</span>");
    }
    page.append("</p>\n");
    long said = total.rows() - total.count(index, Outcome.EMPTY);
    long valid = total.count(index, Outcome.VALID);
    long repairable = total.count(index, Outcome.REPAIRABLE);
    page.append("<div class=\"bar\" role=\"img\" aria-label=\"");
    text(percent(valid, said) + say(" de valeurs valides", " of the values are valid"));
    page.append("\">");
    bar("valid", valid, said);
    bar("repairable", repairable, said);
    bar("wrong", said - valid - repairable, said);
    page.append("</div>\n<p>");
    text(counts(index));
    page.append("</p>\n");
    rules(bound.rank());
    frequent(index);
    page.append("</section>\n");
  }

  private String counts(int index) {
    StringBuilder counts = new StringBuilder();
    for (Outcome outcome : Outcome.values()) {
      long count = check.total().count(index, outcome);
      if (count > 0) {
        counts
            .append(counts.isEmpty() ? "" : " · ")
            .append(title(outcome))
            .append(say(" : ", ": "))
            .append(ReportLines.number(count, language));
      }
    }
    return counts.toString();
  }

  private String title(Outcome outcome) {
    return switch (outcome) {
      case VALID -> say("valides", "valid");
      case REPAIRABLE -> say("réparables", "repairable");
      case OBSOLETE -> say("périmées", "obsolete");
      case FUTURE -> say("à venir", "in the future");
      case UNKNOWN -> say("inconnues", "unknown");
      case BAD_CHECK_DIGIT -> say("à la clé fausse", "with a wrong check digit");
      case MALFORMED -> say("mal formées", "malformed");
      case EMPTY -> say("vides", "empty");
    };
  }

  private void bar(String style, long part, long whole) {
    if (part > 0) {
      page.append("<i class=\"")
          .append(style)
          .append("\" style=\"width:")
          .append(100.0 * part / whole)
          .append("%\"></i>");
    }
  }

  private void others() {
    Tally total = check.total();
    for (int rank = -1; rank < check.plan().header().size(); rank++) {
      int column = rank;
      boolean bound = check.plan().bounds().stream().anyMatch(b -> b.rank() == column);
      boolean found = false;
      for (Rule rule : Rule.values()) {
        found |= total.count(rule, rank) > 0;
      }
      if (!bound && found) {
        page.append("<section>\n<h2>");
        text(rank < 0 ? say("Lignes", "Rows") : check.plan().header().get(rank));
        page.append("</h2>\n");
        rules(rank);
        page.append("</section>\n");
      }
    }
  }

  private void rules(int rank) {
    for (Rule rule : Rule.values()) {
      long count = check.total().count(rule, rank);
      if (count == 0) {
        continue;
      }
      page.append("<h3 class=\"")
          .append(rule.severity() == Severity.ERROR ? "error" : "warning")
          .append("\">");
      text(ReportLines.number(count, language) + " × " + rule.message().in(language));
      page.append("</h3>\n<p class=\"soft\"><code>").append(rule.code()).append("</code></p>\n");
      List<CellFinding> findings =
          check.total().findings().stream()
              .filter(f -> f.rule() == rule && f.rank() == rank)
              .limit(MOST_PLACES)
              .toList();
      page.append("<details><summary>");
      text(say("Les premières lignes", "The first rows"));
      page.append("</summary>\n");
      beginTable(say("Ligne", "Line"));
      for (CellFinding finding : findings) {
        row(
            finding.line() == 0 ? "" : Long.toString(finding.line()),
            finding.value(),
            finding.verdict());
      }
      page.append("</tbody></table></details>\n");
    }
  }

  private void frequent(int index) {
    List<FileCheck.Frequent> values = check.listFrequent(index);
    if (values.isEmpty()) {
      return;
    }
    page.append("<h3>");
    text(say("Les valeurs en cause les plus fréquentes", "The most frequent values at fault"));
    page.append("</h3>\n");
    beginTable(say("Lignes", "Rows"));
    for (FileCheck.Frequent frequent : values) {
      row(ReportLines.number(frequent.count(), language), frequent.value(), frequent.verdict());
    }
    page.append("</tbody></table>\n");
  }

  /** Begins a table of values; its first column holds numbers. */
  private void beginTable(String numbers) {
    page.append("<table><thead><tr><th scope=\"col\" class=\"n\">");
    text(numbers);
    for (String title :
        List.of(say("Valeur", "Value"), say("À écrire", "To write"), say("Précision", "Detail"))) {
      page.append("</th><th scope=\"col\">");
      text(title);
    }
    page.append("</th></tr></thead><tbody>\n");
  }

  private void row(String number, @Nullable String value, Verdict verdict) {
    page.append("<tr><td class=\"n\">");
    text(number);
    page.append("</td>");
    value(value);
    verdict(verdict, value);
    page.append("</tr>\n");
  }

  private void value(@Nullable String value) {
    page.append("<td>");
    if (value != null) {
      page.append("<code>");
      text(ReportLines.shorten(value, 100));
      page.append("</code>");
    }
    page.append("</td>");
  }

  private void verdict(Verdict verdict, @Nullable String value) {
    String repair = verdict.repair();
    value(repair == null || repair.equals(value) ? null : repair);
    page.append("<td>");
    Text detail = verdict.detail();
    if (detail != null) {
      text(detail.in(language));
    } else if (repair == null && !verdict.suggestions().isEmpty()) {
      text(
          say("Peut-être : ", "Perhaps: ")
              + String.join(
                  ", ", verdict.suggestions().stream().map(Suggestion::toString).toList()));
    }
    page.append("</td>");
  }

  private void paragraph(String style, List<String> lines) {
    page.append("<p");
    if (!style.isEmpty()) {
      page.append(" class=\"").append(style).append('"');
    }
    page.append('>');
    text(String.join(" · ", lines));
    page.append("</p>\n");
  }

  private String percent(long part, long whole) {
    return ReportLines.percent(part, whole, language);
  }

  private String say(String fr, String en) {
    return new Text(fr, en).in(language);
  }

  private void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> page.append("&amp;");
        case '<' -> page.append("&lt;");
        case '>' -> page.append("&gt;");
        case '"' -> page.append("&quot;");
        case '\'' -> page.append("&#39;");
        default -> page.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
  }
}
