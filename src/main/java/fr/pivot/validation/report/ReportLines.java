package fr.pivot.validation.report;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.text.sheet.Spreadsheet;
import fr.pivot.validation.detection.Vintage;
import fr.pivot.validation.plan.CellFinding;
import fr.pivot.validation.plan.CheckedColumn;
import fr.pivot.validation.rows.FileCheck;
import fr.pivot.validation.rows.Tally;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Verdict;
import fr.pivot.validation.value.Yardstick;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report of a check as lines for a terminal. */
final class ReportLines {

  /** How many findings of a rule in a column are shown with their lines. */
  private static final int MOST_PLACES = 5;

  private static final String RED = "\u001B[31m";
  private static final String YELLOW = "\u001B[33m";
  private static final String GREEN = "\u001B[32m";
  private static final String BOLD = "\u001B[1m";
  private static final String PLAIN = "\u001B[0m";

  private final FileCheck check;
  private final Language language;
  private final boolean coloured;

  ReportLines(FileCheck check, Language language, boolean coloured) {
    this.check = check;
    this.language = language;
    this.coloured = coloured;
  }

  /** What a file is: a line or two. */
  static List<String> describe(
      TabularFile.Opened source, List<Finding> findings, long rows, Language language) {
    StringBuilder line = new StringBuilder(source.file());
    if (source.kind() == Spreadsheet.Kind.DELIMITED) {
      char separator = source.detected().dialect().separator();
      line.append("  ")
          .append(source.detected().dialect().charset())
          .append(", ")
          .append(separator == '\t' ? "TAB" : "«" + separator + "»");
    } else {
      line.append("  ")
          .append(source.kind().name().toLowerCase(Locale.ROOT))
          .append(", «")
          .append(source.sheet())
          .append('»');
    }
    line.append(", ")
        .append(number(rows, language))
        .append(new Text(" lignes", " rows").in(language));
    List<String> lines = new ArrayList<>(List.of(line.toString()));
    findings.forEach(f -> lines.add("  " + f.rule().message().in(language)));
    return lines;
  }

  static String shorten(String text, int most) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }

  static String number(long number, Language language) {
    return String.format(language.locale(), "%,d", number);
  }

  static String percent(long part, long whole, Language language) {
    double share = whole == 0 ? 0 : 100.0 * part / whole;
    // What is not all is never shown as 100 %.
    double shown = part < whole ? Math.min(share, 99.9) : share;
    return String.format(language.locale(), "%.1f %%", shown);
  }

  /** Of which edition or year values are, in a few words. */
  static Text vintage(Vintage vintage) {
    String fit = vintage.fitting() + "/" + vintage.known();
    Text next =
        vintage.runnerUp() == null
            ? new Text("", "")
            : new Text(
                ", à défaut " + vintage.runnerUp() + " (" + vintage.runnerUpFitting() + ")",
                ", failing that " + vintage.runnerUp() + " (" + vintage.runnerUpFitting() + ")");
    return new Text(
        "codes de " + vintage.text() + " (" + fit + ")" + next.fr(),
        "codes of " + vintage.text() + " (" + fit + ")" + next.en());
  }

  List<String> list() {
    Tally total = check.total();
    List<String> lines =
        new ArrayList<>(
            describe(check.source(), check.source().findings(), total.rows(), language));
    if (check.plan().bounds().isEmpty()) {
      lines.add(
          new Text(
                  "Aucune colonne de codes n'est reconnue ; --columns NOM:RÉFÉRENTIEL en désigne.",
                  "No column of codes was recognised; --columns NAME:REFERENTIAL names some.")
              .in(language));
    }
    for (int i = 0; i < check.plan().bounds().size(); i++) {
      lines.add("");
      column(lines, i);
    }
    others(lines);
    if (check.plan().bounds().isEmpty()) {
      return lines;
    }
    lines.add("");
    String share = percent(total.ready(), total.rows(), language);
    lines.add(
        paint(total.ready() == total.rows() ? GREEN : BOLD, share)
            + new Text(
                    " des lignes sont prêtes à être jointes ("
                        + number(total.ready(), language)
                        + " sur "
                        + number(total.rows(), language)
                        + ").",
                    " of the rows are ready to be joined ("
                        + number(total.ready(), language)
                        + " of "
                        + number(total.rows(), language)
                        + ").")
                .in(language));
    return lines;
  }

  private void column(List<String> lines, int index) {
    CheckedColumn bound = check.plan().bounds().get(index);
    Tally total = check.total();
    long said = total.rows() - total.count(index, Outcome.EMPTY);
    Yardstick yardstick = bound.check().yardstick();
    Vintage vintage = check.vintage(index);
    String point =
        yardstick.isByRule()
            ? yardstick.referential().id()
                + new Text(" (par sa clé)", " (by check digit)").in(language)
            : yardstick.notation();
    lines.add(
        paint(BOLD, shorten(bound.name(), 60))
            + "  "
            + point
            + kinds(index)
            + "  "
            + percent(total.count(index, Outcome.VALID), said, language)
            + new Text(" valides", " valid").in(language)
            + (vintage == null ? "" : "  " + vintage(vintage).in(language)));
    for (Rule rule : Rule.values()) {
      long count = total.count(rule, bound.rank());
      if (count > 0) {
        rule(lines, rule, count, bound.rank());
      }
    }
  }

  /** That another column says of what each row's code is one; empty where none does. */
  private String kinds(int index) {
    int rank = check.plan().bounds().get(index).kindRank();
    return rank < 0 ? "" : orKind(check.plan().header().get(rank), language);
  }

  /** That another column says of what each row's code is one. */
  static String orKind(String column, Language language) {
    String name = shorten(column, 60);
    return new Text(" ou ce que dit « " + name + " »", " or what \"" + name + "\" says")
        .in(language);
  }

  /** What concerns other columns, or whole rows. */
  private void others(List<String> lines) {
    Tally total = check.total();
    for (int rank = -1; rank < check.plan().header().size(); rank++) {
      int column = rank;
      if (check.plan().bounds().stream().anyMatch(b -> b.rank() == column)) {
        continue;
      }
      boolean named = false;
      for (Rule rule : Rule.values()) {
        long count = total.count(rule, rank);
        if (count > 0 && !named) {
          named = true;
          lines.add("");
          lines.add(
              paint(
                  BOLD,
                  rank < 0
                      ? new Text("Lignes", "Rows").in(language)
                      : shorten(check.plan().header().get(rank), 60)));
        }
        if (count > 0) {
          rule(lines, rule, count, rank);
        }
      }
    }
  }

  private void rule(List<String> lines, Rule rule, long count, int rank) {
    lines.add(
        "  "
            + paint(
                rule.severity() == Severity.ERROR ? RED : YELLOW,
                String.format("%9s", number(count, language)))
            + "  "
            + rule.code()
            + "  "
            + rule.message().in(language));
    check.total().findings().stream()
        .filter(f -> f.rule() == rule && f.rank() == rank)
        .limit(MOST_PLACES)
        .forEach(f -> lines.add("             " + place(f)));
  }

  private String place(CellFinding finding) {
    StringBuilder line = new StringBuilder();
    line.append(
        finding.line() == 0
            ? new Text("toute la colonne", "the whole column").in(language)
            : new Text("ligne ", "line ").in(language) + finding.line());
    if (finding.value() != null) {
      line.append("  «").append(shorten(finding.value(), 40)).append('»');
    }
    Verdict verdict = finding.verdict();
    if (verdict.repair() != null && !verdict.repair().equals(finding.value())) {
      line.append(" → ").append(verdict.repair());
    }
    if (verdict.detail() != null) {
      line.append("  ").append(shorten(verdict.detail().in(language), 110));
    }
    return line.toString();
  }

  private String paint(String colour, String text) {
    return coloured ? colour + text + PLAIN : text;
  }
}
