package fr.pivot.formats.categories;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.formats.CodeCells;
import fr.pivot.formats.FileHead;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.Recognised;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.formats.Years;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.text.sheet.Cells;
import fr.pivot.text.sheet.Spreadsheet;
import fr.pivot.text.sheet.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * INSEE's legal categories: its spreadsheet with one sheet a level, or a list of the third level
 * alone. A code tells its level by its length: 5, 57, 5710. Where only the third level is given,
 * the others stay those of the edition before.
 *
 * <p>The edition is the month that a title names ({@code Dernière mise à jour le 1er juillet 2018})
 * or that the file's name tells.
 *
 * @see <a href="https://www.insee.fr/fr/information/2028129">INSEE, catégories juridiques</a>
 */
public final class CategoriesFormat implements ReleaseFormat {

  private static final String ID = "categories-juridiques";
  private static final Pattern CODE = Pattern.compile("\\d{1,2}|\\d{4}");
  private static final String UPPER_LEVELS = "^\\d{1,2}$";
  private static final List<String> MONTHS =
      List.of(
          "janvier",
          "février",
          "mars",
          "avril",
          "mai",
          "juin",
          "juillet",
          "août",
          "septembre",
          "octobre",
          "novembre",
          "décembre");

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Text sign() {
    return new Text(
        "Code et Libellé au-dessus de « Entrepreneur individuel »",
        "Code and Libellé above “Entrepreneur individuel”");
  }

  @Override
  public Optional<Recognised> recognise(FileHead head) {
    // Other lists have a code and a label, too; each level of this one begins with the same form.
    return head.tables(CategoriesFormat::isHeader).stream()
            .flatMap(List::stream)
            .anyMatch(row -> row.size() == 2 && row.get(1).equals("entrepreneur individuel"))
        ? Optional.of(Recognised.LIST)
        : Optional.empty();
  }

  @Override
  public void read(
      List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException {
    long errors = findings.count(Severity.ERROR);
    Map<String, String> labels = new TreeMap<>();
    List<SourceFile> sources = new ArrayList<>();
    Optional<Years> edition = Optional.empty();
    CodeCells cells = new CodeCells(findings, options.repairLeadingZeros());
    for (InputFile file : files) {
      sources.add(file.toSourceFile());
      Optional<Spreadsheet> open = Spreadsheet.open(file.name(), file.content()::open, findings);
      if (open.isPresent()) {
        try (Spreadsheet book = open.get()) {
          Optional<Years> told = read(book, options, findings, cells, labels);
          edition = edition.or(() -> told);
        }
      }
    }
    if (findings.count(Severity.ERROR) > errors) {
      return;
    }
    if (edition.isEmpty()) {
      findings.add(
          Rule.UNKNOWN_EDITION.at(Place.file(files.getFirst().name()), files.getFirst().name()));
      return;
    }
    give(edition.get(), labels, sources, target);
  }

  private static Optional<Years> read(
      Spreadsheet book,
      ReadOptions options,
      Findings findings,
      CodeCells cells,
      Map<String, String> labels)
      throws IOException {
    Optional<Years> edition = Years.find(dated(book.file()), options.edition());
    boolean found = false;
    for (String sheet : book.sheets()) {
      Optional<Table> open = Table.find(book, sheet, CategoriesFormat::isHeader, findings);
      if (open.isEmpty()) {
        continue;
      }
      found = true;
      try (Table table = open.get()) {
        String title =
            table.titles().stream()
                .map(Cells::texts)
                .flatMap(List::stream)
                .collect(Collectors.joining(" "));
        edition = edition.or(() -> Years.find(dated(title), options.edition()));
        table.forEach(
            row -> {
              String code = cells.require(row, "code", CODE);
              String label = cells.text(row, "libellé");
              if (!code.isEmpty() && cells.isNew(row, code, row.fields())) {
                labels.put(code, label);
              }
            });
      }
    }
    if (!found) {
      findings.add(Rule.UNRECOGNISED_FILE.at(Place.file(book.file())));
    }
    return edition;
  }

  private static boolean isHeader(List<String> names) {
    return names.equals(List.of("code", "libellé"));
  }

  /** The text with months as numbers: {@code 1er juillet 2018} has 2018-07. */
  private static String dated(String text) {
    String plain = Table.normalise(text);
    for (int i = 0; i < MONTHS.size(); i++) {
      plain = plain.replaceAll(MONTHS.get(i) + "[ _-](\\d{4})", String.format("$1-%02d", i + 1));
    }
    return plain;
  }

  private static void give(
      Years edition, Map<String, String> labels, List<SourceFile> sources, ReleaseTarget target) {
    boolean upper = labels.keySet().stream().anyMatch(code -> code.length() < 4);
    Validity validity = Validity.since(edition.day());
    ReleaseRows rows =
        target.open(
            new ReleaseHead(ID, edition.edition(), edition.day(), null, sources),
            new Coverage(true, Set.of(ID), true, true, true, upper ? null : UPPER_LEVELS));
    labels.forEach(
        (code, label) -> {
          int level = code.length() == 4 ? 3 : code.length();
          rows.concept(
              new ConceptState(
                  code, validity, "niveau-" + level, label, Map.of(), Map.of(), false));
          if (level > 1 && (level == 2 || upper)) {
            rows.link(
                new Link(
                    code, Relation.BROADER, ID, code.substring(0, level - 1), validity, false));
          }
        });
  }
}
