package fr.pivot.text.packed;

import fr.pivot.finding.Rule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a zip archive holds, by the table of contents at its end (APPNOTE.TXT, 4.3). It is walked
 * through without keeping it, and no further than {@link #MOST_ENTRIES}: a few megabytes may name a
 * million entries.
 */
public final class ZipContents {

  /** How many files are named. */
  private static final int NAMED = 10;

  /** How many entries an archive has at most; workbooks have some dozens. */
  public static final int MOST_ENTRIES = 10_000;

  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_LENGTH = 46;
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LONG_END = 0x06064b50;
  private static final int LONG_END_LENGTH = 56;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int LOCAL_LENGTH = 30;

  private final List<String> names = new ArrayList<>();
  private int entries;
  private int files;
  private boolean workbook;
  private boolean content;
  private boolean mimetype;

  private ZipContents() {}

  /**
   * Reads the table of contents.
   *
   * @throws RefusedFileException when there is none at the end: the archive is truncated; when it
   *     has more than {@link #MOST_ENTRIES}
   */
  public static ZipContents read(byte[] archive) throws RefusedFileException {
    ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    int end = archive.length - END_LENGTH;
    int least = Math.max(0, end - 0xFFFF);
    while (end >= least && bytes.getInt(end) != END) {
      end--;
    }
    if (end < least) {
      throw new RefusedFileException(Rule.TRUNCATED_FILE, null);
    }
    ZipContents contents = new ZipContents();
    long at = first(bytes, end);
    while (at >= 0 && at <= end - CENTRAL_LENGTH && bytes.getInt((int) at) == CENTRAL) {
      int place = (int) at;
      int length = Short.toUnsignedInt(bytes.getShort(place + 28));
      int extra = Short.toUnsignedInt(bytes.getShort(place + 30));
      int comment = Short.toUnsignedInt(bytes.getShort(place + 32));
      if (contents.entries == MOST_ENTRIES) {
        throw new RefusedFileException(Rule.TOO_MANY_ENTRIES, null);
      }
      contents.add(name(archive, place + CENTRAL_LENGTH, length));
      at += (long) CENTRAL_LENGTH + length + extra + comment;
    }
    return contents;
  }

  /** Where the table begins, which a longer record before its end may say. */
  private static long first(ByteBuffer bytes, int end) {
    int locator = end - LOCATOR_LENGTH;
    if (locator >= 0 && bytes.getInt(locator) == LOCATOR) {
      long at = bytes.getLong(locator + 8);
      if (at >= 0 && at <= end - LONG_END_LENGTH && bytes.getInt((int) at) == LONG_END) {
        return bytes.getLong((int) at + 48);
      }
    }
    return Integer.toUnsignedLong(bytes.getInt(end + 16));
  }

  private static String name(byte[] archive, int at, int length) {
    return new String(archive, at, Math.min(length, archive.length - at), StandardCharsets.UTF_8);
  }

  private void add(String name) {
    entries++;
    if (!isNoise(name) && files++ < NAMED) {
      names.add(name);
    }
    workbook |= name.startsWith("xl/workbook.");
    content |= name.equals("content.xml");
    mimetype |= name.equals("mimetype");
  }

  /** Whether an archive that begins so is an empty one. */
  static boolean isEnd(byte[] first) {
    return ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getInt() == END;
  }

  /** The name of the first entry of an archive. */
  static String firstName(byte[] archive) {
    ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    return name(archive, LOCAL_LENGTH, Short.toUnsignedInt(bytes.getShort(26)));
  }

  /** Whether an entry is a folder, or what archivers of desktops add to the files of people. */
  static boolean isNoise(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return last.isEmpty()
        || name.startsWith("__MACOSX/")
        || last.equals(".DS_Store")
        || last.equalsIgnoreCase("Thumbs.db");
  }

  /** How many files there are. */
  int files() {
    return files;
  }

  /** The names of the first files. */
  List<String> names() {
    return names;
  }

  /** Whether the archive is a spreadsheet. */
  boolean isWorkbook() {
    return workbook || (content && mimetype);
  }
}
