package fr.pivot.table;

import fr.pivot.text.bytes.Dialect;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.text.packed.RefusedFileException;
import fr.pivot.text.sheet.Spreadsheet;
import fr.pivot.text.sheet.WorkbookWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A table that was handed in and goes back with what was worked out beside it, as delimited text or
 * as a workbook, while it is read. To be closed.
 */
public final class AnnotatedTable implements Closeable {

  private final TabularFile.Opened source;
  private final InputStream rows;
  private final Dialect dialect;
  private final Set<String> texts;
  private final Set<String> figures;
  private final Supplier<Map<String, Long>> counts;

  /**
   * What goes back.
   *
   * @param source the table that was handed in, closed with this
   * @param rows what goes back, as delimited text
   * @param dialect how that is written
   * @param texts the columns that hold codes and words, which are none to calculate with
   * @param figures the columns that were worked out and hold numbers
   * @param counts how many rows had each outcome, once the rows are read
   */
  public AnnotatedTable(
      TabularFile.Opened source,
      InputStream rows,
      Dialect dialect,
      Set<String> texts,
      Set<String> figures,
      Supplier<Map<String, Long>> counts) {
    this.source = source;
    this.rows = rows;
    this.dialect = dialect;
    this.texts = Set.copyOf(texts);
    this.figures = Set.copyOf(figures);
    this.counts = counts;
  }

  /** Whether a spreadsheet was handed in. */
  public boolean isSpreadsheet() {
    return source.kind() != Spreadsheet.Kind.DELIMITED;
  }

  /** What goes back, as delimited text. */
  public InputStream stream() {
    return rows;
  }

  /** The media type of {@link #stream}, with its encoding. */
  public String type() {
    return HandedTable.textType(dialect.charset());
  }

  /** How many rows had each outcome, once the stream is read. */
  public Map<String, Long> counts() {
    return counts.get();
  }

  /** Writes what goes back as an xlsx workbook; reads it to its end. */
  public void writeWorkbook(Path output) throws IOException {
    try {
      WorkbookWriter.write(rows, dialect, output, source.sheet(), this::isFigure);
    } catch (RefusedFileException e) {
      throw HandedTable.problem(e);
    }
  }

  /** Delimited text does not say what its columns are: what looks like a number is one there. */
  private boolean isFigure(String column) {
    return figures.contains(column)
        || !texts.contains(column) && (!isSpreadsheet() || source.figures().contains(column));
  }

  /** The same, as a stream of the workbook. Closes this. */
  public InputStream workbook() throws IOException {
    return HandedTable.beside(this, this::writeWorkbook);
  }

  @Override
  public void close() throws IOException {
    rows.close();
    source.close();
  }
}
