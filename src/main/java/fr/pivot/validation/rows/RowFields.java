package fr.pivot.validation.rows;

import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.RecordBlock;
import fr.pivot.text.bytes.RecordScanner;

/** The fields of the row that is being read. Belongs to one thread. */
final class RowFields {

  private final DelimitedBytes file;
  private final RecordScanner scanner;
  private final boolean isSheet;

  /**
   * Prepares to read rows.
   *
   * @param ranks the columns that are asked for by their place in this list
   * @param isSheet whether rows, not lines, tell the place
   */
  RowFields(DelimitedBytes file, int[] ranks, boolean isSheet) {
    this.file = file;
    this.scanner = file.scanner(ranks).watchingFormulas();
    this.isSheet = isSheet;
  }

  /** Begins with the rows of a block. */
  void read(RecordBlock block) {
    scanner.read(block);
  }

  /** Goes on to the next row; false after the last one. */
  boolean next() {
    return scanner.next();
  }

  /** What reads the bytes of the row. */
  RecordScanner scanner() {
    return scanner;
  }

  /** Where the row stands: its line, or its number in a sheet. */
  long place() {
    return isSheet ? scanner.record() : scanner.line();
  }

  /** The text of an asked field; empty where the row has none. */
  String field(int field) {
    return scanner.field(field);
  }

  /** Whether there are only separators, quotes and blanks in the row. */
  boolean saysNothing() {
    byte[] bytes = scanner.buffer();
    for (int at = scanner.start(); at < scanner.contentEnd(); at++) {
      byte b = bytes[at];
      if (b != file.separator() && b != '"' && (b > ' ' || b < 0)) {
        return false;
      }
    }
    return true;
  }

  /** What stands between two places of a field. */
  String text(int from, int to) {
    byte[] bytes = scanner.buffer();
    String text = new String(bytes, from, to - from, file.bufferCharset());
    boolean isQuoted = from > scanner.start() && bytes[from - 1] == '"';
    return isQuoted ? text.replace("\"\"", "\"") : text;
  }

  /** Something that is asked of a field between two places of the buffer, without its quotes. */
  interface Test {
    boolean passes(int rank, int from, int to);
  }

  /** Whether a field of the row passes a test; the others after it are not tried. */
  boolean any(Test test) {
    byte[] bytes = scanner.buffer();
    int at = scanner.start();
    int end = scanner.contentEnd();
    for (int rank = 0; at <= end; rank++) {
      int closing = at < end && bytes[at] == '"' ? closingQuote(bytes, at + 1, end) : -1;
      int from = closing < 0 ? at : at + 1;
      int to = closing < 0 ? separator(bytes, at, end) : closing;
      if (test.passes(rank, from, to)) {
        return true;
      }
      at = separator(bytes, to, end) + 1;
    }
    return false;
  }

  private int separator(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != file.separator()) {
      at++;
    }
    return at;
  }

  /** Where a field that begins with a quote is closed; negative where it never is. */
  private static int closingQuote(byte[] bytes, int from, int end) {
    for (int at = from; at < end; at++) {
      if (bytes[at] == '"') {
        if (at + 1 == end || bytes[at + 1] != '"') {
          return at;
        }
        at++;
      }
    }
    return -1;
  }
}
