package fr.pivot.text.sheet;

import fr.pivot.admission.Work;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.Rule;
import fr.pivot.text.packed.RefusedFileException;
import fr.pivot.text.packed.ZipContents;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * What xlsx and ods have in common: XML files in a ZIP archive. A few kilobytes of one may inflate
 * to gigabytes, so that it is inflated once to nowhere, and measured, before anything is kept.
 */
public final class ZippedWorkbook {

  /** The largest workbook that is read, in bytes as it comes. */
  public static final int MAX_BYTES = 256 << 20;

  private static final long MAX_INFLATED = 4L << 30;

  /** Texts shared by all sheets of an xlsx are kept in memory. */
  private static final long MAX_SHARED = 256L << 20;

  /** A row is held as a whole. All columns of a full one, each with a sentence, are below it. */
  private static final int MAX_ROW = 32 << 20;

  /** Spreadsheets full of repetitions come near 100; what deflate can do at most is 1,032. */
  private static final long MAX_RATIO = 250;

  /** Where the ratio begins to count. */
  private static final long SMALL = 16L << 20;

  /** What is kept of a workbook is taken from memory so many bytes at a time. */
  private static final long PIECE = 1 << 16;

  /** Shared texts take so many times their bytes in memory. */
  private static final long TIMES_KEPT = 3;

  private ZippedWorkbook() {}

  /**
   * Reads a workbook; empty, with a finding that says why, where it is none.
   *
   * @param bytes all of the file, or more than {@link #MAX_BYTES} of it
   * @throws ProblemException where there is not as much memory as its shared texts take
   */
  public static Optional<Spreadsheet> read(String file, byte[] bytes, Findings findings) {
    if (bytes.length > MAX_BYTES) {
      findings.add(Rule.OVERSIZED_FILE.at(Place.file(file)));
      return Optional.empty();
    }
    try {
      ZipContents.read(bytes);
    } catch (RefusedFileException refused) {
      findings.add(
          refused.rule() == Rule.TRUNCATED_FILE
              ? Rule.UNREADABLE_FILE.at(Place.file(file))
              : refused.at(file));
      return Optional.empty();
    }
    try (ZipFile zip =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)).get()) {
      if (isOversized(zip)) {
        findings.add(Rule.OVERSIZED_FILE.at(Place.file(file)));
        return Optional.empty();
      }
      if (zip.getEntry("xl/workbook.xml") != null) {
        return Optional.of(XlsxWorkbook.read(file, new ByteArrayInputStream(bytes), findings));
      }
      ZipArchiveEntry content = zip.getEntry("content.xml");
      if (content != null && zip.getEntry("mimetype") != null) {
        return Optional.of(OdsWorkbook.read(file, bytes, findings));
      }
    } catch (ProblemException noMemory) {
      throw noMemory;
    } catch (IOException | RuntimeException unreadable) {
      findings.add(Rule.UNREADABLE_FILE.at(Place.file(file)));
      return Optional.empty();
    }
    findings.add(Rule.UNRECOGNISED_FILE.at(Place.file(file)));
    return Optional.empty();
  }

  private static boolean isOversized(ZipFile zip) throws IOException {
    long all = 0;
    byte[] buffer = new byte[1 << 16];
    for (ZipArchiveEntry part : Collections.list(zip.getEntries())) {
      boolean sheet = part.getName().startsWith("xl/worksheets/");
      boolean kept = part.getName().startsWith("xl/") && !sheet;
      FarColumns columns = new FarColumns();
      LongRows rows = new LongRows();
      long inflated = 0;
      long held = 0;
      if (part.getMethod() != ZipEntry.STORED && part.getMethod() != ZipEntry.DEFLATED) {
        throw new IOException("a part of a workbook is stored or deflated");
      }
      try (InputStream in = zip.getInputStream(part)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          inflated += read;
          all += read;
          if (all > MAX_INFLATED
              || (kept && inflated > MAX_SHARED)
              || (inflated > SMALL && inflated / MAX_RATIO > part.getCompressedSize())
              || (sheet && columns.areIn(buffer, read))
              || (!kept && rows.areIn(buffer, read))) {
            return true;
          }
          if (kept && inflated > held) {
            Work.current().hold(TIMES_KEPT * PIECE);
            held += PIECE;
          }
        }
      } catch (EOFException truncated) {
        throw new IOException(truncated);
      }
    }
    return false;
  }

  /**
   * Looks for a row that is longer than {@link #MAX_ROW}: for as many bytes without the end of one,
   * which is {@code row>} under any prefix.
   */
  private static final class LongRows {
    private static final byte[] END = {'r', 'o', 'w', '>'};

    private int seen;
    private long length;

    boolean areIn(byte[] bytes, int count) {
      for (int i = 0; i < count; i++) {
        length++;
        seen = bytes[i] == END[seen] ? seen + 1 : bytes[i] == END[0] ? 1 : 0;
        if (seen == END.length) {
          seen = 0;
          length = 0;
        }
      }
      return length > MAX_ROW;
    }
  }

  /**
   * Looks for a cell whose column has more than three letters. There is none ({@code XFD} is the
   * last column), and room would be made for all columns before it.
   */
  private static final class FarColumns {
    /** How much of {@code r="} was seen: nothing, a space, r, =, a quote. */
    private int seen;

    private int letters;

    boolean areIn(byte[] bytes, int length) {
      for (int i = 0; i < length; i++) {
        byte b = bytes[i];
        boolean space = b == ' ' || b == '\n' || b == '\r' || b == '\t';
        if (seen == 4) {
          boolean letter = (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
          letters = letter ? letters + 1 : 0;
          seen = letter ? seen : 0;
          if (letters > 3) {
            return true;
          }
        } else if ((seen == 1 && b == 'r')
            || (seen == 2 && b == '=')
            || (seen == 3 && (b == '"' || b == '\''))) {
          seen++;
        } else if (!space || seen == 0) {
          seen = space ? 1 : 0;
        }
      }
      return false;
    }
  }
}
