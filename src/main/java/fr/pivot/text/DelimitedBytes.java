package fr.pivot.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A delimited text file as bytes, record by record, for programs that give it back as it was with
 * something added: nothing is decoded but the header and the fields asked for, and every byte of a
 * record can be copied. The encoding, the separator and the ends of lines are recognised as in
 * {@link Delimited}.
 *
 * <p>A record ends with a line that ends outside of quotes (RFC 4180). A quote that is never closed
 * is read as an ordinary character: then its record ends with its line, and no row is lost.
 */
public final class DelimitedBytes {

  /** The longest record, in bytes. */
  public static final int LONGEST_RECORD = 16 << 20;

  /** The longest record with a quote that is still open before that quote is taken for a letter. */
  private static final int LONGEST_QUOTED = 1 << 20;

  private static final int HEAD = 1 << 16;
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

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

  private final InputStream in;
  private final Charset charset;
  private final Charset inner;
  private final byte separator;
  private final int markLength;
  private final List<String> header;

  /** The bytes that end a field outside of quotes. */
  private final boolean[] plainStops = new boolean[256];

  private byte[] buffer = new byte[1 << 18];
  private int filled;
  private boolean drained;
  private int start;
  private int contentEnd;
  private int end;
  private long line;
  private long nextLine = 1;
  private int linesInQuotes;
  private int[] wanted = {};
  private int[] fieldStart = {};
  private int[] fieldEnd = {};
  private int fields;

  private DelimitedBytes(InputStream in, Charset charset, byte[] head, int markLength)
      throws IOException {
    this.charset = charset;
    this.inner = isWide(charset) ? StandardCharsets.UTF_8 : charset;
    this.markLength = markLength;
    InputStream whole =
        new SequenceInputStream(
            new ByteArrayInputStream(head, markLength, head.length - markLength), in);
    this.in = isWide(charset) ? new Narrow(whole, charset) : whole;
    fill();
    this.separator = detectSeparator();
    plainStops[separator & 0xFF] = true;
    plainStops['\n'] = true;
    plainStops['\r'] = true;
    this.header = readHeader();
  }

  /**
   * Opens a file and reads its header line; empty where there is none.
   *
   * @throws IOException when the bytes cannot be had
   */
  public static Optional<DelimitedBytes> open(InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    Charset charset;
    int mark;
    if (begins(head, 0xEF, 0xBB, 0xBF)) {
      charset = StandardCharsets.UTF_8;
      mark = 3;
    } else if (begins(head, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
      mark = 2;
    } else if (begins(head, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
      mark = 2;
    } else {
      charset = isUtf8(head) ? StandardCharsets.UTF_8 : WINDOWS_1252;
      mark = 0;
    }
    DelimitedBytes file = new DelimitedBytes(in, charset, head, mark);
    return file.header.isEmpty() ? Optional.empty() : Optional.of(file);
  }

  private static boolean begins(byte[] head, int... bytes) {
    if (head.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUtf8(byte[] head) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    // A character cut by the end of the head is no error: the decoder waits for the rest of it.
    CoderResult result =
        decoder.decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length), false);
    return !result.isError();
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
  }

  private void fill() throws IOException {
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count < 0) {
      drained = true;
    } else {
      filled += count;
    }
  }

  /** The separator that the first line has most of, outside of quotes. */
  private byte detectSeparator() throws IOException {
    while (!drained && filled < HEAD / 2) {
      fill();
    }
    int[] counts = new int[128];
    boolean quoted = false;
    for (int i = 0; i < filled; i++) {
      byte b = buffer[i];
      if (b == '"') {
        quoted = !quoted;
      } else if (!quoted && (b == '\n' || b == '\r')) {
        break;
      } else if (!quoted && b >= 0) {
        counts[b]++;
      }
    }
    byte best = ',';
    for (byte candidate : new byte[] {';', '\t', '|'}) {
      if (counts[candidate] > counts[best]) {
        best = candidate;
      }
    }
    return best;
  }

  private List<String> readHeader() throws IOException {
    List<String> names = new ArrayList<>();
    wanted = new int[4096];
    fieldStart = new int[wanted.length];
    fieldEnd = new int[wanted.length];
    Arrays.setAll(wanted, i -> i);
    if (next()) {
      for (int i = 0; i < Math.min(fields, wanted.length); i++) {
        names.add(field(i).strip());
      }
    }
    want();
    return List.copyOf(names);
  }

  /** Says which fields will be asked for, by their ranks in the header, ascending. */
  public void want(int... columns) {
    wanted = columns.clone();
    fieldStart = new int[columns.length];
    fieldEnd = new int[columns.length];
  }

  /** The names of the columns. */
  public List<String> header() {
    return header;
  }

  /** The rank of a column in the header, in upper or lower case. */
  public Optional<Integer> findColumn(String name) {
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).equalsIgnoreCase(name)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** The encoding of the file. */
  public Charset charset() {
    return charset;
  }

  /** What separates its fields. */
  public char separator() {
    return (char) separator;
  }

  /** The encoding of the bytes in {@link #buffer}: the file's, or UTF-8 for UTF-16. */
  public Charset bufferCharset() {
    return inner;
  }

  /** Bytes in the buffer's encoding as the file has them. */
  public byte[] toFile(byte[] bytes, int length) {
    return isWide(charset)
        ? new String(bytes, 0, length, inner).getBytes(charset)
        : Arrays.copyOf(bytes, length);
  }

  /** Whether the file begins with a byte order mark. */
  public boolean isMarked() {
    return markLength > 0;
  }

  /** Goes to the next record; the first is that of the header. False after the last one. */
  public boolean next() throws IOException {
    start = end;
    line = nextLine;
    while (true) {
      if (start == filled && drained) {
        return false;
      }
      if (scan(true)) {
        return true;
      }
      if (!drained && filled - start < LONGEST_QUOTED) {
        more();
      } else if (scan(false)) {
        return true;
      } else if (filled - start >= LONGEST_RECORD) {
        throw new RecordTooLongException(line);
      } else {
        more();
      }
    }
  }

  private void more() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      start = 0;
    }
    fill();
  }

  /** Finds the end of the record; false where it is not in the buffer. */
  private boolean scan(boolean quotes) {
    byte[] bytes = buffer;
    boolean[] stops = plainStops;
    int limit = filled;
    linesInQuotes = 0;
    int at = start;
    int begin = at;
    int field = 0;
    int want = 0;
    int wantedField = wanted.length > 0 ? wanted[0] : -1;
    while (true) {
      if (quotes && at < limit && bytes[at] == '"') {
        at = closingQuote(bytes, at, limit);
        if (at < 0) {
          return false;
        }
      }
      while (at < limit && !stops[bytes[at] & 0xFF]) {
        at++;
      }
      if (at == limit) {
        if (drained) {
          close(want, field, begin, limit, limit);
        }
        return drained;
      }
      byte stop = bytes[at];
      if (stop != separator) {
        if (stop == '\r' && at + 1 == limit && !drained) {
          return false;
        }
        boolean pair = stop == '\r' && at + 1 < limit && bytes[at + 1] == '\n';
        close(want, field, begin, at, pair ? at + 2 : at + 1);
        return true;
      }
      if (field == wantedField) {
        fieldStart[want] = begin;
        fieldEnd[want++] = at;
        wantedField = want < wanted.length ? wanted[want] : -1;
      }
      field++;
      begin = ++at;
    }
  }

  /** Where a quoted field's closing quote ends; negative where it is not in the buffer. */
  private int closingQuote(byte[] bytes, int opening, int limit) {
    int at = opening + 1;
    while (at < limit) {
      if (bytes[at] != '"') {
        if (bytes[at++] == '\n') {
          linesInQuotes++;
        }
      } else if (at + 1 == limit) {
        return drained ? limit : -1;
      } else if (bytes[at + 1] == '"') {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return -1;
  }

  private void close(int want, int field, int begin, int content, int after) {
    int next = want;
    if (next < wanted.length && wanted[next] == field) {
      fieldStart[next] = begin;
      fieldEnd[next++] = content;
    }
    for (; next < wanted.length; next++) {
      fieldStart[next] = -1;
      fieldEnd[next] = -1;
    }
    fields = field + 1;
    contentEnd = content;
    end = after;
    nextLine = line + 1 + linesInQuotes;
  }

  /** The line that the record begins on; the first is 1. */
  public long line() {
    return line;
  }

  /** Whether the record is an empty line. */
  public boolean isBlank() {
    return contentEnd == start;
  }

  /** The bytes that hold the record, valid until the next one. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the record begins in the buffer. */
  public int start() {
    return start;
  }

  /** Where its content ends and its end of line begins. */
  public int contentEnd() {
    return contentEnd;
  }

  /** Where the record ends, its end of line included. */
  public int end() {
    return end;
  }

  /**
   * Where a field asked for begins, in the order of {@link #want}; negative where it is missing.
   */
  public int fieldStart(int rank) {
    return fieldStart[rank];
  }

  /** Where a field asked for ends. */
  public int fieldEnd(int rank) {
    return fieldEnd[rank];
  }

  /** A field asked for, without its quotes; empty where it is missing. */
  public String field(int rank) {
    return fieldStart[rank] < 0 ? "" : text(fieldStart[rank], fieldEnd[rank]);
  }

  private String text(int from, int to) {
    String raw = new String(buffer, from, to - from, inner);
    if (raw.length() > 1 && raw.charAt(0) == '"' && raw.charAt(raw.length() - 1) == '"') {
      return raw.substring(1, raw.length() - 1).replace("\"\"", "\"");
    }
    return raw;
  }

  /** A text as a field of this file: in quotes where it needs them. */
  public String quote(String text) {
    return text.indexOf(separator) >= 0
            || text.indexOf('"') >= 0
            || text.indexOf('\n') >= 0
            || text.indexOf('\r') >= 0
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
