package fr.pivot.text.detected;

import fr.pivot.finding.Finding;
import fr.pivot.text.packed.RefusedFileException;
import fr.pivot.text.packed.Unpacked;
import fr.pivot.text.sheet.Spreadsheet;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/**
 * A table that somebody hands in, whatever it is written in: delimited text or a sheet of a
 * spreadsheet (xlsx, xls, ods), perhaps compressed (gzip, zip). It is opened as one stream of
 * delimited text with its dialect, or refused with a reason. Its bytes tell what it is; its name is
 * not asked.
 *
 * <p>Of delimited text only the head is held. Spreadsheets are held as a whole, within the limits
 * of {@link Spreadsheet}.
 */
public sealed interface TabularFile {

  /**
   * A table, ready to be read. To be closed.
   *
   * @param file its name, as given
   * @param kind what it is written in
   * @param compression how it came
   * @param detected how {@code stream} is written: in a sheet, the header's line is its row
   * @param sheet the name of the sheet; empty for delimited text
   * @param sheets the names of the sheets that a person sees, in order; none for delimited text
   * @param figures the columns that a spreadsheet stores as numbers, as far as its first rows tell;
   *     none for delimited text, which does not say
   * @param findings what is to be known of the file as a whole
   * @param stream its bytes from the first, as {@code detected} says. Reading may still end in a
   *     {@link RefusedFileException}, where what comes is truncated or oversized
   */
  record Opened(
      String file,
      Spreadsheet.Kind kind,
      Unpacked.Compression compression,
      DetectedDialect detected,
      String sheet,
      List<String> sheets,
      Set<String> figures,
      List<Finding> findings,
      InputStream stream)
      implements TabularFile, Closeable {

    /** Keeps copies that nobody can change. */
    public Opened {
      sheets = List.copyOf(sheets);
      figures = Set.copyOf(figures);
      findings = List.copyOf(findings);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  /**
   * A file that is not read.
   *
   * @param reason why, with the names of entries or sheets where these are the matter
   */
  record Refused(Finding reason) implements TabularFile {}

  /**
   * Opens a file that may be inflated to {@link Unpacked#MAX_INFLATED}.
   *
   * @param file its name, for findings
   * @param in its bytes, closed with the answer
   * @throws IOException when the bytes cannot be had
   */
  static TabularFile open(String file, InputStream in, Overrides overrides) throws IOException {
    return open(file, in, overrides, Unpacked.MAX_INFLATED);
  }

  /**
   * Opens a file.
   *
   * @param file its name, for findings
   * @param in its bytes, closed with the answer
   * @param most the most bytes that may be inflated
   * @throws IOException when the bytes cannot be had
   */
  static TabularFile open(String file, InputStream in, Overrides overrides, long most)
      throws IOException {
    try {
      return new TabularFileReader(file, overrides).open(Unpacked.open(in, most));
    } catch (RefusedFileException refused) {
      in.close();
      return new Refused(refused.at(file));
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }
}
