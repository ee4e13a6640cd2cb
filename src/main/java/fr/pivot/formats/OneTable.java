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

  /** Reads the file of an edition. */
  @FunctionalInterface
  public interface EditionReader {
    /** Reads it. */
    void read(InputFile file, Years edition) throws IOException;
  }

  /** Reads a file. */
  @FunctionalInterface
  public interface FileReader {
    /** Reads it. */
    void read(InputFile file) throws IOException;
  }

  private OneTable() {}

  /**
   * Reads the first of some files, and reports that the others are too many: one edition a reading,
   * since what it does not state comes from the one published before.
   *
   * @throws IOException when the bytes cannot be had
   */
  public static void readFirst(List<InputFile> files, Findings findings, FileReader reader)
      throws IOException {
    for (InputFile file : files) {
      if (file == files.getFirst()) {
        reader.read(file);
      } else {
        findings.add(Rule.DUPLICATE_FILE.at(Place.file(file.name()), files.getFirst().name()));
      }
    }
  }

  /**
   * Reads the first of some files, whose edition is told by an option or by its name, and reports
   * that the others are too many.
   *
   * @throws IOException when the bytes cannot be had
   */
  public static void readEdition(
      List<InputFile> files, ReadOptions options, Findings findings, EditionReader reader)
      throws IOException {
    readFirst(
        files,
        findings,
        file -> {
          Optional<Years> edition = Years.find(file.name(), options.edition());
          if (edition.isEmpty()) {
            findings.add(Rule.UNKNOWN_EDITION.at(Place.file(file.name()), file.name()));
          } else {
            reader.read(file, edition.get());
          }
        });
  }

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
