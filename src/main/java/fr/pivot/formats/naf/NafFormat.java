package fr.pivot.formats.naf;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.formats.FileHead;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.Recognised;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.referential.Text;
import fr.pivot.text.sheet.Spreadsheet;
import fr.pivot.text.sheet.Table;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * INSEE's lists of NAF (1993, rév. 1, rév. 2, 2025) and its tables from rév. 1 to rév. 2 and from
 * rév. 2 to 2025, as spreadsheets or delimited text.
 *
 * <p>A file is recognised by its header, whatever its name. A list yields the release {@code
 * naf@<edition>}, a table a correspondence between two of them; the codes and labels that a table
 * carries do not make a release, because it does not say what else there is: its two lists come
 * first, or along.
 *
 * @see <a href="https://www.insee.fr/fr/information/2406147">INSEE, NAF rév. 2</a>
 * @see <a href="https://www.insee.fr/fr/information/2579599">INSEE, older editions</a>
 * @see <a href="https://www.insee.fr/fr/information/8181066">INSEE, NAF 2025</a>
 */
public final class NafFormat implements ReleaseFormat {

  @Override
  public String id() {
    return "naf";
  }

  @Override
  public Text sign() {
    return new Text(
        "un en-tête d'une liste ou d'une table de la NAF, ou Code et Libellé au-dessus de codes comme 01.1A",
        "the header of a list or a table of NAF, or Code and Libellé above codes such as 01.1A");
  }

  @Override
  public Optional<Recognised> recognise(FileHead head) {
    return head.tables(names -> Layout.find(names).isPresent()).stream()
        .flatMap(table -> Layout.recognise(table).stream())
        .findFirst()
        .map(layout -> layout.isTable() ? Recognised.TABLE : Recognised.LIST);
  }

  @Override
  public void read(
      List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException {
    long errors = findings.count(Severity.ERROR);
    Reading reading = new Reading(options, findings);
    for (InputFile file : files) {
      Optional<Spreadsheet> open = Spreadsheet.open(file.name(), file.content()::open, findings);
      if (open.isPresent()) {
        try (Spreadsheet book = open.get()) {
          read(file, book, reading, findings);
        }
      }
    }
    if (findings.count(Severity.ERROR) == errors) {
      reading.give(target);
    }
  }

  private static void read(InputFile file, Spreadsheet book, Reading reading, Findings findings)
      throws IOException {
    Optional<Table> found = Table.find(book, n -> Layout.find(n).isPresent(), findings);
    if (found.isEmpty()) {
      findings.add(Rule.UNRECOGNISED_FILE.at(Place.file(file.name())));
      return;
    }
    try (Table table = found.get()) {
      Layout layout = Layout.find(table.header()).orElseThrow();
      if (layout.isIgnored()) {
        findings.add(Rule.IGNORED_FILE.at(Place.file(file.name())));
      } else {
        reading.take(file, layout, table);
      }
    }
  }
}
