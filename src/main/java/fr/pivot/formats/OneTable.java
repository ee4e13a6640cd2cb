package fr.pivot.formats;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.text.sheet.Spreadsheet;
import fr.pivot.text.sheet.Table;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Opens files of which each holds one table. */
public final class OneTable {

  /** Reads an open table. */
  @FunctionalInterface
  public interface Reader {
    /** Reads it; the caller closes it. */
    void read(Table table) throws IOException;
  }

  private OneTable() {}

  /**
   * Reads the table of a file; reports a file that has none.
   *
   * @param isHeader whether names, in lower case and with single spaces, are those of the header
   * @throws IOException when the bytes cannot be had
   */
  public static void read(
      InputFile file, Predicate<List<String>> isHeader, Findings findings, Reader reader)
      throws IOException {
    Optional<Spreadsheet> open = Spreadsheet.open(file.name(), file.content()::open, findings);
    if (open.isEmpty()) {
      return;
    }
    try (Spreadsheet book = open.get()) {
      Optional<Table> found = Table.find(book, isHeader, findings);
      if (found.isEmpty()) {
        findings.add(Rule.UNRECOGNISED_FILE.at(Place.file(file.name())));
        return;
      }
      try (Table table = found.get()) {
        reader.read(table);
      }
    }
  }
}
