package fr.pivot.text.sheet;

import fr.pivot.finding.Rule;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.Dialect;
import fr.pivot.text.bytes.RecordBlock;
import fr.pivot.text.bytes.RecordScanner;
import fr.pivot.text.packed.RefusedFileException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a delimited text as an xlsx workbook of one sheet. Every cell is a text, so that codes
 * keep their zeros and nothing is taken for a formula, but for the numbers of the columns that hold
 * figures.
 */
public final class WorkbookWriter {

  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d{1,15})?");

  /** How many rows a worksheet can have. */
  private static final int MOST_ROWS = 1_048_576;

  /** How many columns a worksheet can have. */
  private static final int MOST_COLUMNS = 16_384;

  private final DelimitedBytes file;
  private final Worksheet worksheet;
  private final boolean[] figures;
  private RecordScanner scanner;
  private int rows;

  private WorkbookWriter(DelimitedBytes file, Worksheet worksheet, Predicate<String> figures) {
    this.file = file;
    this.worksheet = worksheet;
    this.figures = new boolean[file.header().size()];
    for (int i = 0; i < this.figures.length; i++) {
      this.figures[i] = figures.test(file.header().get(i));
    }
    this.scanner = scanner(this.figures.length);
  }

  private RecordScanner scanner(int columns) {
    return file.scanner(IntStream.range(0, columns).toArray());
  }

  /**
   * Writes the workbook.
   *
   * @param table the text
   * @param dialect how it is written
   * @param output the workbook, written whole
   * @param sheet the name of its sheet; empty for one of our own
   * @param figures which columns, by their names, hold figures
   * @throws RefusedFileException where there are more rows or columns than a worksheet can have
   */
  public static void write(
      InputStream table, Dialect dialect, Path output, String sheet, Predicate<String> figures)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(output));
        Workbook workbook = new Workbook(out, "Pivot", null);
        DelimitedBytes file = DelimitedBytes.open(table, dialect)) {
      Worksheet worksheet = workbook.newWorksheet(sheet.isEmpty() ? "Pivot" : sheet);
      WorkbookWriter writer = new WorkbookWriter(file, worksheet, figures);
      writer.add(file.head(), false);
      for (@Nullable RecordBlock block = file.blocks().next(() -> false);
          block != null;
          block = file.blocks().next(() -> false)) {
        writer.add(block, true);
        file.blocks().giveBack(block);
      }
    }
  }

  private void add(RecordBlock block, boolean hasFigures) throws IOException {
    scanner.read(block);
    while (scanner.next()) {
      int columns = scanner.fields();
      if (rows == MOST_ROWS) {
        throw new RefusedFileException(Rule.OVERSIZED_FILE, Integer.toString(MOST_ROWS));
      }
      if (columns > MOST_COLUMNS) {
        throw new RefusedFileException(Rule.TOO_MANY_COLUMNS, null);
      }
      if (columns > scanner.wanted()) {
        RecordBlock rest = block.from(scanner.start(), scanner.line(), scanner.record());
        scanner = scanner(columns).read(rest);
        scanner.next();
      }
      for (int i = 0; i < columns; i++) {
        write(worksheet, rows, i, scanner.field(i), hasFigures && i < figures.length && figures[i]);
      }
      rows++;
      if (rows % 1000 == 0) {
        worksheet.flush();
      }
    }
  }

  private static void write(Worksheet sheet, int row, int column, String text, boolean figure) {
    if (text.isEmpty()) {
      return;
    }
    if (figure && NUMBER.matcher(text).matches()) {
      sheet.value(row, column, new BigDecimal(text));
    } else {
      sheet.inlineString(row, column, text);
    }
  }
}
