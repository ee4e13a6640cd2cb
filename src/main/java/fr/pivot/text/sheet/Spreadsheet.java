package fr.pivot.text.sheet;

import fr.pivot.admission.Work;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.text.packed.Unpacked;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file of rows and cells, whatever it is written in: delimited text, the xlsx of today's
 * spreadsheets, their old xls, or the ods of LibreOffice. Its first bytes tell which; its name is
 * not asked.
 *
 * <p>Every cell is given as text, as a person reads it: dates in ISO 8601, numbers without the
 * noise of binary fractions and with the zeros that the cell's format puts before them. Whether the
 * spreadsheet stores a number can be asked of the row, because a code that was stored as one may
 * have lost zeros.
 *
 * <p>Files that would not fit into memory once inflated are refused ({@link Rule#OVERSIZED_FILE}),
 * and what cannot be read is a finding, not an exception.
 */
public abstract class Spreadsheet implements Closeable {

  private static final int PIECE = 1 << 16;

  private static final byte[] OLE2 = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

  /** The columns of the largest sheets. */
  public static final int MAX_COLUMNS = 16_384;

  /** How many cells the rows that a sheet says are repeated have at most. */
  public static final int MOST_REPEATED = 2_000_000;

  /** What a file is written in. */
  public enum Kind {
    /** Delimited text, such as CSV. */
    DELIMITED,
    /** Office Open XML (ISO/IEC 29500). */
    XLSX,
    /** The binary format of Excel 97 to 2003. */
    XLS,
    /** OpenDocument (ISO/IEC 26300). */
    ODS
  }

  /** The rows of a sheet, in order; those without any text are passed over. */
  public interface Rows extends Closeable {
    /**
     * The next row; nothing after the last one, and after one that cannot be read, which is
     * reported.
     *
     * @throws IOException when the bytes cannot be had
     */
    Optional<Cells> next() throws IOException;

    @Override
    void close() throws IOException;
  }

  private final String file;
  private final Kind kind;
  final Findings findings;

  Spreadsheet(String file, Kind kind, Findings findings) {
    this.file = file;
    this.kind = kind;
    this.findings = findings;
  }

  /**
   * Opens a file. Answers nothing, and says why in the findings, where it cannot be read.
   *
   * @param file the name to give in findings
   * @throws IOException when the bytes cannot be had
   */
  public static Optional<Spreadsheet> open(String file, Delimited.Source source, Findings findings)
      throws IOException {
    byte[] first;
    try (InputStream in = source.open()) {
      first = in.readNBytes(4);
    }
    if (Unpacked.isZip(first)) {
      return ZippedWorkbook.read(file, bytes(source, ZippedWorkbook.MAX_BYTES), findings);
    }
    if (isOle2(first)) {
      return XlsWorkbook.read(file, bytes(source, XlsWorkbook.MAX_BYTES), findings);
    }
    return Optional.of(new DelimitedSheet(file, source, findings));
  }

  /** All bytes of a file, or one more than the limit. */
  private static byte[] bytes(Delimited.Source source, int limit) throws IOException {
    try (InputStream in = source.open()) {
      return in.readNBytes(limit + 1);
    }
  }

  /**
   * All bytes of a workbook, which are held in memory, or one more than the limit.
   *
   * @param limit how many it may have
   * @param times how many times as many bytes it takes once it is read
   * @throws fr.pivot.finding.ProblemException where there is not as much memory
   */
  public static byte[] hold(InputStream in, int limit, int times) throws IOException {
    ByteArrayOutputStream held = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    while (held.size() <= limit) {
      int count = in.readNBytes(piece, 0, Math.min(PIECE, limit + 1 - held.size()));
      if (count == 0) {
        break;
      }
      Work.current().hold((long) count * times);
      held.write(piece, 0, count);
    }
    return held.toByteArray();
  }

  /** Whether a file with these first four bytes is a compound file, as xls are. */
  public static boolean isOle2(byte[] first) {
    return Arrays.equals(first, OLE2);
  }

  /** The file's name, as findings give it. */
  public final String file() {
    return file;
  }

  /** What it is written in. */
  public final Kind kind() {
    return kind;
  }

  /** The names of the sheets that a person sees, in order; delimited text is one, without name. */
  public abstract List<String> sheets();

  /**
   * Opens a sheet.
   *
   * @throws IOException when the bytes cannot be had
   */
  public abstract Rows open(String sheet) throws IOException;

  final void reportUnreadable(long line) {
    findings.add(Rule.UNREADABLE_FILE.at(new Place(file, line, null)));
  }
}
