package fr.pivot.text.packed;

import fr.pivot.finding.Rule;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file that may have come compressed: by gzip, or as the only file of a zip archive.
 * Its first bytes tell, not its name. Spreadsheets are archives too and stay as they are. Nothing
 * is written to disk, and no more is held than {@link #HELD} bytes of an archive.
 *
 * <p>What is inflated is counted: it ends with a {@link RefusedFileException} where it passes the
 * limit, or where so much comes from so little that it can only be a bomb. So it does where the
 * file is truncated ({@link Rule#TRUNCATED_FILE}), damaged ({@link Rule#UNREADABLE_FILE}), or turns
 * out to hold further files ({@link Rule#SEVERAL_ENTRIES}): the table of contents of a zip archive
 * is at its end, and that of a long one is not waited for.
 *
 * @param stream the bytes, inflated as they are read; to be closed by the caller
 * @param compression how they came
 */
public record Unpacked(InputStream stream, Compression compression) {
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  /** The most bytes that are inflated where the caller says nothing else. */
  public static final long MAX_INFLATED = 4L << 30;

  /** How much of a zip archive is held to read its table of contents before its file. */
  static final int HELD = 16 << 20;

  /** What deflate makes of spaces at best is 1,032; of tables, seldom more than 100. */
  private static final long MAX_RATIO = 250;

  /** Where the ratio begins to count. */
  private static final long SMALL = 16L << 20;

  /** By these, archives that are spreadsheets begin. */
  private static final List<String> WORKBOOK_PARTS =
      List.of(
          "[Content_Types].xml",
          "_rels/",
          "docProps/",
          "xl/",
          "customXml/",
          "mimetype",
          "META-INF/",
          "content.xml",
          "Configurations2/");

  /** How a file came. */
  public enum Compression {
    /** As it is; or as a spreadsheet, which is an archive by nature. */
    NONE,
    /** By gzip (RFC 1952), in one or several members. */
    GZIP,
    /** As the only file of a zip archive. */
    ZIP
  }

  /**
   * Opens a file.
   *
   * @param in its bytes
   * @param most the most bytes that may be inflated
   * @throws RefusedFileException when it is already clear that it is not to be read
   * @throws IOException when the bytes cannot be had
   */
  public static Unpacked open(InputStream in, long most) throws IOException {
    Packed packed = new Packed(in);
    byte[] first = packed.readNBytes(4);
    InputStream whole = joined(first, packed);
    if (isGzip(first)) {
      InputStream inflated = inflate(packed, whole, most);
      byte[] inner = inflated.readNBytes(4);
      InputStream content = joined(inner, inflated);
      if (isGzip(inner)) {
        throw new RefusedFileException(Rule.NESTED_ARCHIVE, null);
      }
      return new Unpacked(
          isZip(inner) ? workbookOnly(packed, content, most) : content, Compression.GZIP);
    }
    if (isZip(first)) {
      return zip(packed, whole, most);
    }
    if (first.length == 4 && ZipContents.isEnd(first)) {
      throw new RefusedFileException(Rule.EMPTY_FILE, null);
    }
    return new Unpacked(whole, Compression.NONE);
  }

  /**
   * The bytes of a file that may be compressed by gzip, inflated as they are read. An archive is
   * left as it is.
   *
   * @throws IOException when the bytes cannot be had
   */
  public static InputStream gunzip(InputStream in) throws IOException {
    Packed packed = new Packed(in);
    byte[] first = packed.readNBytes(4);
    InputStream whole = joined(first, packed);
    return isGzip(first) ? inflate(packed, whole, Long.MAX_VALUE) : whole;
  }

  private static InputStream inflate(Packed packed, InputStream whole, long most)
      throws IOException {
    try {
      return new Inflated(
          packed,
          GzipCompressorInputStream.builder()
              .setInputStream(whole)
              .setDecompressConcatenated(true)
              .get(),
          most);
    } catch (IOException damaged) {
      throw packed.reason(damaged);
    }
  }

  private static Unpacked zip(Packed packed, InputStream whole, long most) throws IOException {
    byte[] held = whole.readNBytes(HELD);
    InputStream rest = joined(held, whole);
    if (held.length < HELD) {
      ZipContents contents = ZipContents.read(held);
      if (contents.isWorkbook()) {
        return new Unpacked(rest, Compression.NONE);
      }
      if (contents.files() > 1) {
        throw several(contents.names(), contents.files() > contents.names().size());
      }
    } else if (beginsWorkbook(held)) {
      return new Unpacked(rest, Compression.NONE);
    }
    OnlyEntry entry = new OnlyEntry(packed, rest, most);
    byte[] inner = entry.readNBytes(4);
    InputStream content = joined(inner, entry);
    if (isGzip(inner)) {
      throw new RefusedFileException(Rule.NESTED_ARCHIVE, entry.name);
    }
    return new Unpacked(
        isZip(inner) ? workbookOnly(packed, content, most) : content, Compression.ZIP);
  }

  /** An archive in another, which must be a spreadsheet. */
  private static InputStream workbookOnly(Packed packed, InputStream archive, long most)
      throws IOException {
    try {
      Unpacked inner = zip(packed, archive, most);
      if (inner.compression == Compression.NONE) {
        return inner.stream;
      }
    } catch (RefusedFileException refused) {
      if (refused.rule() != Rule.SEVERAL_ENTRIES && refused.rule() != Rule.NESTED_ARCHIVE) {
        throw refused;
      }
    }
    throw new RefusedFileException(Rule.NESTED_ARCHIVE, null);
  }

  private static InputStream joined(byte[] first, InputStream rest) {
    return new SequenceInputStream(new ByteArrayInputStream(first), rest);
  }

  private static boolean isGzip(byte[] first) {
    return first.length >= 2 && first[0] == 0x1F && first[1] == (byte) 0x8B;
  }

  /** Whether a file with these first four bytes is a zip archive, as xlsx and ods are. */
  public static boolean isZip(byte[] first) {
    return Arrays.equals(first, ZIP);
  }

  private static boolean beginsWorkbook(byte[] held) {
    String name = ZipContents.firstName(held);
    return WORKBOOK_PARTS.stream().anyMatch(name::startsWith);
  }

  private static RefusedFileException several(List<String> names, boolean more) {
    return new RefusedFileException(
        Rule.SEVERAL_ENTRIES, String.join(", ", names) + (more ? ", …" : ""));
  }

  /** The compressed bytes, counted. */
  private static final class Packed extends FilterInputStream {
    private long count;
    private boolean ended;
    private @Nullable IOException failure;

    Packed(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        int read = in.read(to, offset, length);
        count += Math.max(0, read);
        ended |= read < 0;
        return read;
      } catch (IOException lost) {
        failure = lost;
        throw lost;
      }
    }

    /** What to tell the reader when inflating failed. */
    IOException reason(IOException failed) {
      if (failure != null) {
        return failure;
      }
      if (failed instanceof RefusedFileException) {
        return failed;
      }
      return new RefusedFileException(
          failed instanceof EOFException || ended ? Rule.TRUNCATED_FILE : Rule.UNREADABLE_FILE,
          null);
    }
  }

  /** Inflated bytes, counted. */
  private static class Inflated extends InputStream {
    private final Packed packed;
    private final InputStream content;
    private final long most;
    private long count;

    Inflated(Packed packed, InputStream content, long most) {
      this.packed = packed;
      this.content = content;
      this.most = most;
    }

    @Override
    public final int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        int read = content.read(to, offset, length);
        count += Math.max(0, read);
        if (count > most || (count > SMALL && count / MAX_RATIO > packed.count)) {
          throw new RefusedFileException(Rule.OVERSIZED_FILE, null);
        }
        return read;
      } catch (IOException failed) {
        throw packed.reason(failed);
      } catch (RuntimeException damaged) {
        throw packed.reason(new IOException(damaged));
      }
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  /** The only file of an archive; that there is no other shows at its end. */
  private static final class OnlyEntry extends Inflated {
    private final ZipArchiveInputStream zip;
    private final CRC32 sum = new CRC32();
    private final ZipArchiveEntry entry;
    private final String name;
    private boolean ended;
    private int entries;

    OnlyEntry(Packed packed, InputStream archive, long most) throws IOException {
      this(
          packed,
          new ZipArchiveInputStream(archive, "UTF-8", true, false) {
            /** Its library is not here: no tool that people have makes archives of it. */
            @Override
            protected InputStream createZstdInputStream(InputStream in) throws IOException {
              throw new RefusedFileException(Rule.UNREADABLE_FILE, null);
            }
          },
          most);
    }

    private OnlyEntry(Packed packed, ZipArchiveInputStream zip, long most) throws IOException {
      super(packed, zip, most);
      this.zip = zip;
      @Nullable ZipArchiveEntry first = nextFile();
      if (first == null) {
        throw new RefusedFileException(Rule.EMPTY_FILE, null);
      }
      this.entry = first;
      this.name = first.getName();
      if (!zip.canReadEntryData(entry)) {
        throw new RefusedFileException(Rule.UNREADABLE_FILE, name);
      }
    }

    /** The next entry that is a file; the others before it are passed over, and counted. */
    private @Nullable ZipArchiveEntry nextFile() throws IOException {
      byte[] nowhere = new byte[1 << 13];
      try {
        while (true) {
          ZipArchiveEntry next = zip.getNextEntry();
          if (next != null && ++entries > ZipContents.MOST_ENTRIES) {
            throw new RefusedFileException(Rule.TOO_MANY_ENTRIES, null);
          }
          if (next == null || !ZipContents.isNoise(next.getName())) {
            return next;
          }
          boolean within = zip.canReadEntryData(next);
          while (within) {
            within = super.read(nowhere, 0, nowhere.length) >= 0;
          }
        }
      } catch (IOException failed) {
        throw super.packed.reason(failed);
      } catch (RuntimeException damaged) {
        throw super.packed.reason(new IOException(damaged));
      }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (ended) {
        return -1;
      }
      int read = super.read(to, offset, length);
      if (read > 0) {
        sum.update(to, offset, read);
      } else if (read < 0) {
        ended = true;
        // The sum may stand behind the content, and is known once that is passed.
        @Nullable ZipArchiveEntry other = nextFile();
        if (entry.getCrc() >= 0 && entry.getCrc() != sum.getValue()) {
          throw new RefusedFileException(Rule.UNREADABLE_FILE, name);
        }
        if (other != null) {
          throw several(List.of(name, other.getName()), true);
        }
      }
      return read;
    }
  }
}
