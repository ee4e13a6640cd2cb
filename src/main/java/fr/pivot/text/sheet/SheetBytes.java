package fr.pivot.text.sheet;

import fr.pivot.admission.Work;
import fr.pivot.finding.Rule;
import fr.pivot.text.packed.RefusedFileException;
import fr.pivot.text.packed.Unpacked;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sheet as delimited text, for what reads delimited text: UTF-8, fields separated by commas, in
 * quotes where they need them, lines ended by LF. Line n is row n of the sheet: a row that says
 * nothing is an empty line, and a line break within a cell is a space. Rows are given as many
 * fields as the header has, because a sheet does not say where its rows end; further ones only
 * where they say something.
 *
 * <p>It is made while it is read, cell by cell. A sheet that turns out to be unreadable or
 * oversized ends with a {@link RefusedFileException}. Closing it closes the workbook.
 */
public final class SheetBytes extends InputStream {

  /** No spreadsheet has more rows. */
  public static final long MAX_ROWS = 1_048_576;

  /** How many cells a sheet has at most, those that say nothing included. */
  public static final long MOST_CELLS = 50_000_000;

  /** Cells and rows that are said to be repeated come to more than their file. */
  private static final long MAX_BYTES = Unpacked.MAX_INFLATED;

  private final Spreadsheet book;
  private final Spreadsheet.Rows rows;
  private final int width;
  private @Nullable Cells row;
  private int cell;
  private long line = 1;
  private byte[] pending = {};
  private int at;
  private long given;
  private long cells;
  private boolean ended;

  /**
   * Opens a sheet.
   *
   * @param width how many fields each row has at least
   * @throws IOException when the sheet cannot be opened
   */
  public SheetBytes(Spreadsheet book, String sheet, int width) throws IOException {
    this.book = book;
    this.width = width;
    this.rows = book.open(sheet);
  }

  /** The fields of a row: nothing is left of the empty cells at its end, nor of line breaks. */
  public static List<String> fields(Cells cells) {
    return cells.texts().subList(0, fieldCount(cells)).stream().map(SheetBytes::onOneLine).toList();
  }

  private static String onOneLine(String text) {
    return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
        ? text
        : text.replaceAll("\\s*[\\r\\n]\\s*", " ");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return Work.current().inTurn(() -> make(to, offset, length));
  }

  private int make(byte[] to, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      if (at == pending.length) {
        if (!fill()) {
          break;
        }
        continue;
      }
      int part = Math.min(length - count, pending.length - at);
      System.arraycopy(pending, at, to, offset + count, part);
      at += part;
      count += part;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  /** Makes the next piece; false where there is none. */
  private boolean fill() throws IOException {
    Cells current = row;
    if (current == null) {
      if (ended) {
        return false;
      }
      current = nextRow();
      if (current == null) {
        ended = true;
        return false;
      }
      row = current;
      cell = 0;
    }
    if (current.line() > line) {
      count(1);
      give("\n");
      line++;
      return true;
    }
    int count = Math.max(width, fieldCount(current));
    StringBuilder piece = new StringBuilder();
    int first = cell;
    while (cell < count && piece.length() < 1 << 13) {
      piece.append(cell > 0 ? "," : "").append(quoted(onOneLine(current.get(cell))));
      cell++;
    }
    count(cell - first);
    if (cell == count) {
      piece.append('\n');
      line++;
      row = null;
    }
    give(piece.toString());
    return true;
  }

  private void count(int more) throws RefusedFileException {
    cells += more;
    if (cells > MOST_CELLS) {
      throw new RefusedFileException(Rule.TOO_MANY_CELLS, null);
    }
  }

  private void give(String piece) throws IOException {
    pending = piece.getBytes(StandardCharsets.UTF_8);
    at = 0;
    given += pending.length;
    if (given > MAX_BYTES) {
      throw new RefusedFileException(Rule.OVERSIZED_FILE, null);
    }
  }

  private @Nullable Cells nextRow() throws IOException {
    long errors = book.findings.list().size();
    Optional<Cells> next = rows.next();
    if (next.isPresent()) {
      if (next.get().line() > MAX_ROWS) {
        throw new RefusedFileException(Rule.OVERSIZED_FILE, null);
      }
      return next.get();
    }
    if (book.findings.list().size() > errors) {
      throw new RefusedFileException(book.findings.list().getLast().rule(), null);
    }
    return null;
  }

  private static int fieldCount(Cells cells) {
    int count = cells.texts().size();
    while (count > 0 && cells.get(count - 1).isEmpty()) {
      count--;
    }
    return count;
  }

  private static String quoted(String text) {
    return text.indexOf(',') >= 0 || text.indexOf('"') >= 0
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  @Override
  public void close() throws IOException {
    try (book;
        rows) {
      ended = true;
      row = null;
    }
  }
}
