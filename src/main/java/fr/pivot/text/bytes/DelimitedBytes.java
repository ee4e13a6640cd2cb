package fr.pivot.text.bytes;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A delimited text file as bytes, for programs that give it back as it was with something added:
 * nothing is decoded but the header and the fields asked for, and every byte of a record can be
 * copied. The file is read in {@linkplain #blocks() blocks of whole records}, each by a {@link
 * RecordScanner}; {@link BlockPipeline} reads several at once.
 */
public final class DelimitedBytes implements Closeable {

  /** The longest record, in bytes, without its end of line. */
  public static final int LONGEST_RECORD = 16 << 20;

  /** The columns of the widest spreadsheet. */
  private static final int MOST_COLUMNS = 16_384;

  /** A record is longer than {@link #LONGEST_RECORD}. */
  public static final class RecordTooLongException extends IOException {
    private static final long serialVersionUID = 1;
    private final long line;

    RecordTooLongException(long line) {
      super("the record at line " + line + " is longer than " + LONGEST_RECORD + " bytes");
      this.line = line;
    }

    /** The line that it begins on. */
    public long line() {
      return line;
    }
  }

  private final Dialect dialect;
  private final Charset inner;
  private final RecordBlocks blocks;
  private final RecordBlock head;
  private final List<String> header;

  private DelimitedBytes(InputStream in, Dialect dialect) throws IOException {
    this.dialect = dialect;
    this.inner = innerOf(dialect.charset());
    this.blocks = new RecordBlocks(in, dialect.separator());
    RecordScanner scanner = scanner(IntStream.range(0, MOST_COLUMNS).toArray());
    this.head = dialect.headerLine() == 0 ? RecordBlock.empty() : readHead(scanner);
    if (dialect.headerLine() == 0) {
      RecordBlock first = blocks.next(() -> true);
      if (first != null) {
        scanner.read(first).next();
        blocks.pushBack(first);
      }
      this.header = IntStream.rangeClosed(1, scanner.fields()).mapToObj(i -> "#" + i).toList();
    } else {
      this.header =
          IntStream.range(0, Math.min(scanner.fields(), MOST_COLUMNS))
              .mapToObj(i -> scanner.field(i).strip())
              .toList();
    }
  }

  /** Reads the titles and the header; the scanner stops at the header, if there is one. */
  private RecordBlock readHead(RecordScanner scanner) throws IOException {
    byte[] bytes = {};
    int[] lettered = {};
    while (true) {
      RecordBlock block = blocks.next(() -> true);
      if (block == null) {
        scanner.read(RecordBlock.empty());
        return new RecordBlock(bytes, 0, bytes.length, lettered, 1, 1);
      }
      scanner.read(block);
      boolean found = false;
      while (!found && scanner.next()) {
        found = scanner.line() >= dialect.headerLine();
      }
      int end = found ? scanner.end() : block.end;
      int before = bytes.length;
      bytes = Arrays.copyOf(bytes, before + end - block.start);
      System.arraycopy(block.bytes, block.start, bytes, before, end - block.start);
      lettered =
          IntStream.concat(
                  IntStream.of(lettered),
                  IntStream.of(block.lettered)
                      .filter(i -> i >= block.start && i < end)
                      .map(i -> i - block.start + before))
              .toArray();
      if (found) {
        if (end < block.end) {
          blocks.pushBack(block.from(end, scanner.nextLine(), scanner.record() + 1));
        }
        return new RecordBlock(bytes, 0, bytes.length, lettered, 1, 1);
      }
    }
  }

  /**
   * Opens a file that is written in a dialect, and reads its header.
   *
   * @param in the file from its first byte on, its byte order mark included; closed with this
   * @throws IOException when the bytes cannot be had
   */
  public static DelimitedBytes open(InputStream in, Dialect dialect) throws IOException {
    in.skipNBytes(dialect.markLength());
    return new DelimitedBytes(narrow(in, dialect.charset()), dialect);
  }

  private static Charset innerOf(Charset charset) {
    return isWide(charset) ? StandardCharsets.UTF_8 : charset;
  }

  private static InputStream narrow(InputStream in, Charset charset) {
    return isWide(charset) ? new Narrow(in, charset) : in;
  }

  private static boolean isWide(Charset charset) {
    return charset == StandardCharsets.UTF_16BE || charset == StandardCharsets.UTF_16LE;
  }

  /** UTF-16 as UTF-8. */
  private static final class Narrow extends InputStream {
    private final Reader reader;
    private final char[] chars = new char[8192];
    private byte[] bytes = {};
    private int at;

    Narrow(InputStream in, Charset charset) {
      reader = new InputStreamReader(in, charset);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      while (at == bytes.length) {
        int count = reader.read(chars, 0, chars.length - 1);
        if (count < 0) {
          return -1;
        }
        if (count > 0 && Character.isHighSurrogate(chars[count - 1])) {
          int low = reader.read();
          if (low >= 0) {
            chars[count++] = (char) low;
          }
        }
        bytes = new String(chars, 0, count).getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      int count = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, to, offset, count);
      at += count;
      return count;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  /** The names of the columns; none where the file is empty. */
  public List<String> header() {
    return header;
  }

  /** The rank of a column by its name, in upper or lower case, or by its place: {@code #3}. */
  public Optional<Integer> findColumn(String name) {
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).equalsIgnoreCase(name)) {
        return Optional.of(i);
      }
    }
    return findRank(name);
  }

  /**
   * Columns without a name, or with one that another has, are called by their place: {@code #3}.
   */
  private Optional<Integer> findRank(String name) {
    if (!name.matches("#[1-9]\\d{0,4}")) {
      return Optional.empty();
    }
    int rank = Integer.parseInt(name.substring(1)) - 1;
    return rank < header.size() ? Optional.of(rank) : Optional.empty();
  }

  /** How the file is written. */
  public Dialect dialect() {
    return dialect;
  }

  /** The titles and the header, as they are; the header is the last record. */
  public RecordBlock head() {
    return head;
  }

  /** The records after the header. */
  public RecordBlocks blocks() {
    return blocks;
  }

  /**
   * A reader of the records of this file.
   *
   * @param columns the fields that will be asked for, by their ranks in the header, ascending
   */
  public RecordScanner scanner(int... columns) {
    return new RecordScanner(inner, dialect.separator(), columns);
  }

  /** What separates the fields. */
  public char separator() {
    return dialect.separator();
  }

  /** The encoding of the bytes of blocks: the file's, or UTF-8 for UTF-16. */
  public Charset bufferCharset() {
    return inner;
  }

  /** Bytes in the encoding of blocks as the file has them. */
  public byte[] toFile(byte[] bytes, int length) {
    return isWide(dialect.charset())
        ? new String(bytes, 0, length, inner).getBytes(dialect.charset())
        : Arrays.copyOf(bytes, length);
  }

  /** Whether the file begins with a byte order mark. */
  public boolean isMarked() {
    return dialect.markLength() > 0;
  }

  /** A text as a field of this file: in quotes where it needs them. */
  public String quote(String text) {
    return text.indexOf(dialect.separator()) >= 0
            || text.indexOf('"') >= 0
            || text.indexOf('\n') >= 0
            || text.indexOf('\r') >= 0
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}
