package fr.pivot.text.bytes;

import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Reads the records of a block, one after the other, without making an object for one. It belongs
 * to one thread, and takes one block after the other.
 */
public final class RecordScanner {

  private static final boolean[] FORMULA = new boolean[256];

  static {
    for (char c : "=+-@\t\r".toCharArray()) {
      FORMULA[c] = true;
    }
  }

  private final Charset charset;
  private final byte separator;

  /** The bytes that end a field outside of quotes. */
  private final boolean[] stops = new boolean[256];

  private final int[] wanted;
  private final int[] fieldStart;
  private final int[] fieldEnd;
  private boolean formulas;

  private byte[] bytes = {};
  private int limit;
  private int[] lettered = {};
  private int nextLettered;
  private int start;
  private int contentEnd;
  private int end;
  private long line;
  private long nextLine;
  private long record;
  private int linesInQuotes;
  private int fields;
  private boolean formula;

  /**
   * A scanner of files in an encoding.
   *
   * @param wanted the fields that will be asked for, by their ranks in the record, ascending
   */
  RecordScanner(Charset charset, char separator, int... wanted) {
    this.charset = charset;
    this.separator = (byte) separator;
    stops[separator] = true;
    stops['\n'] = true;
    stops['\r'] = true;
    this.wanted = wanted.clone();
    fieldStart = new int[wanted.length];
    fieldEnd = new int[wanted.length];
  }

  /** Makes {@link #hasFormula} answer. */
  public RecordScanner watchingFormulas() {
    formulas = true;
    return this;
  }

  /** Takes a block, before its first record. */
  public RecordScanner read(RecordBlock block) {
    bytes = block.bytes;
    limit = block.end;
    lettered = block.lettered;
    nextLettered = 0;
    start = block.start;
    contentEnd = block.start;
    end = block.start;
    fields = 0;
    nextLine = block.line();
    record = block.record() - 1;
    while (nextLettered < lettered.length && lettered[nextLettered] < end) {
      nextLettered++;
    }
    return this;
  }

  /** Goes to the next record; false after the last one. */
  public boolean next() {
    if (end == limit) {
      return false;
    }
    start = end;
    line = nextLine;
    record++;
    boolean quotes = true;
    if (nextLettered < lettered.length && lettered[nextLettered] == start) {
      nextLettered++;
      quotes = false;
    }
    scan(quotes);
    return true;
  }

  private void scan(boolean quotes) {
    byte[] buffer = bytes;
    boolean[] table = stops;
    int to = limit;
    linesInQuotes = 0;
    formula = false;
    int at = start;
    int begin = at;
    int field = 0;
    int want = 0;
    int wantedField = wanted.length > 0 ? wanted[0] : -1;
    while (true) {
      if (quotes && at < to && buffer[at] == '"') {
        at = closingQuote(buffer, at, to);
      }
      while (at < to && !table[buffer[at] & 0xFF]) {
        at++;
      }
      if (field == wantedField) {
        fieldStart[want] = begin;
        fieldEnd[want++] = at;
        wantedField = want < wanted.length ? wanted[want] : -1;
      }
      if (formulas && begin < at && !formula) {
        formula = beginsFormula(buffer, begin, at, quotes);
      }
      field++;
      if (at == to || buffer[at] != separator) {
        break;
      }
      begin = ++at;
    }
    Arrays.fill(fieldStart, want, wanted.length, -1);
    Arrays.fill(fieldEnd, want, wanted.length, -1);
    fields = field;
    contentEnd = at;
    boolean pair = at + 1 < to && buffer[at] == '\r' && buffer[at + 1] == '\n';
    end = pair ? at + 2 : Math.min(at + 1, to);
    nextLine = line + 1 + linesInQuotes;
  }

  private static boolean beginsFormula(byte[] buffer, int begin, int end, boolean quotes) {
    int first = buffer[begin] & 0xFF;
    return FORMULA[first]
        || quotes && first == '"' && begin + 1 < end && FORMULA[buffer[begin + 1] & 0xFF];
  }

  /** Where a quoted field's closing quote ends. */
  private int closingQuote(byte[] buffer, int opening, int to) {
    int at = opening + 1;
    while (at < to) {
      byte b = buffer[at++];
      if (b == '\n') {
        linesInQuotes++;
      } else if (b == '"') {
        if (at == to || buffer[at] != '"') {
          break;
        }
        at++;
      }
    }
    return at;
  }

  /** The line that the record begins on; the first of the file is 1. */
  public long line() {
    return line;
  }

  /** The line that the next record begins on. */
  long nextLine() {
    return nextLine;
  }

  /** The rank of the record in the file, from 1; titles, header and empty lines count. */
  public long record() {
    return record;
  }

  /** Whether the record is an empty line. */
  public boolean isBlank() {
    return contentEnd == start;
  }

  /** How many fields the record has; an empty line has one. */
  public int fields() {
    return fields;
  }

  /**
   * Whether a field of the record begins with what spreadsheets take for the beginning of a formula
   * ({@code = + - @}, TAB, CR), inside quotes too. Signed numbers begin so as well.
   */
  public boolean hasFormula() {
    return formula;
  }

  /** How many fields are asked for. */
  public int wanted() {
    return wanted.length;
  }

  /** The bytes that hold the record, in the encoding of {@link DelimitedBytes#bufferCharset}. */
  public byte[] buffer() {
    return bytes;
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
   * Where a field asked for begins, in the order they were asked in; negative where it is missing.
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
    if (fieldStart[rank] < 0) {
      return "";
    }
    String raw = new String(bytes, fieldStart[rank], fieldEnd[rank] - fieldStart[rank], charset);
    if (raw.length() > 1 && raw.charAt(0) == '"' && raw.charAt(raw.length() - 1) == '"') {
      return raw.substring(1, raw.length() - 1).replace("\"\"", "\"");
    }
    return raw;
  }
}
