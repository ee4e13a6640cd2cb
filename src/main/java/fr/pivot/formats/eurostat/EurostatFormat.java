package fr.pivot.formats.eurostat;

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
 * NACE, ISIC, CPA, CPC: their lists, and the tables between them and from NAICS, in the layouts of
 * Eurostat. The table from NAICS names all its national industries, and is the list of them.
 * Besides its CSV files it reads the outlines of NACE that python-stdnum makes from Eurostat's
 * files ({@code nace20.dat}, {@code nace21.dat}): those alone say which class of ISIC a code of
 * NACE belongs to, and give headings to rev. 2.1.
 *
 * <p>A file is recognised by its first two columns. Several files about one list complete each
 * other: one has the structure, another one the headings or the notes.
 *
 * @see <a href="https://ec.europa.eu/eurostat/web/nace">Eurostat, NACE</a>
 * @see <a href="https://unstats.un.org/unsd/classifications/Econ">United Nations, ISIC and CPC</a>
 */
public final class EurostatFormat implements ReleaseFormat {

  @Override
  public String id() {
    return "eurostat";
  }

  @Override
  public Text sign() {
    return new Text(
        "deux premières colonnes comme en donne Eurostat (NACE Rev. 2 et Name, CPA 2.1 et CPC 2.1…), ou le plan de NACE de python-stdnum",
        "two first columns as Eurostat gives them (NACE Rev. 2 and Name, CPA 2.1 and CPC 2.1…), or the outline of NACE of python-stdnum");
  }

  @Override
  public Optional<Recognised> recognise(FileHead head) {
    if (Outline.recognises(head)) {
      return Optional.of(Recognised.LIST);
    }
    return head.tables(names -> Layout.find(names).isPresent()).stream()
        .flatMap(table -> Layout.find(table.getFirst()).stream())
        .findFirst()
        .map(layout -> layout.target() == null ? Recognised.LIST : Recognised.TABLE);
  }

  @Override
  public void read(
      List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException {
    long errors = findings.count(Severity.ERROR);
    Reading reading = new Reading(options, findings);
    for (InputFile file : files) {
      if (Outline.recognises(file)) {
        reading.takeOutline(file);
        continue;
      }
      Optional<Spreadsheet> open = Spreadsheet.open(file.name(), file.content()::open, findings);
      if (open.isPresent()) {
        try (Spreadsheet book = open.get()) {
          read(file, book, reading, findings);
        }
      }
    }
    reading.requireHeadings();
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
      reading.take(file, Layout.find(table.header()).orElseThrow(), table);
    }
  }
}
