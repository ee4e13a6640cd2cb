package fr.pivot.lookup;

import fr.pivot.finding.Rule;
import fr.pivot.text.bytes.Dialect;
import fr.pivot.text.detected.DialectDetector;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.packed.RefusedFileException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * The beginning of a table in the body of a bulk request: what has come with its first line, and
 * how it is written as far as that tells. Nobody waits for more: who sends a code may want its
 * answer before sending the next.
 *
 * @param bytes the first bytes of the body
 */
record BulkHead(byte[] bytes, Dialect dialect) {

  private static final int PIECE = 16_384;

  /**
   * Reads the beginning of a table.
   *
   * @throws RefusedFileException when it is not a table
   */
  static BulkHead read(BulkBody body) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int least = 1;
    while (true) {
      boolean whole = fill(head, body, least);
      byte[] bytes = head.toByteArray();
      try {
        return new BulkHead(
            bytes, withHeader(DialectDetector.detect(bytes, whole, Overrides.NONE).dialect()));
      } catch (RefusedFileException refused) {
        if (whole
            || bytes.length == DialectDetector.HEAD
            || refused.rule() != Rule.OVERSIZED_LINE) {
          throw refused;
        }
        least = 2 * bytes.length;
      }
    }
  }

  /** Reads to the end of a line and what has come with it; tells whether the body ended. */
  private static boolean fill(ByteArrayOutputStream head, BulkBody body, int least)
      throws IOException {
    byte[] piece = new byte[PIECE];
    boolean line = false;
    while (head.size() < DialectDetector.HEAD
        && (!line || head.size() < least || body.isMoreAtHand())) {
      int count = body.read(piece, 0, Math.min(PIECE, DialectDetector.HEAD - head.size()));
      if (count < 0) {
        return true;
      }
      head.write(piece, 0, count);
      for (int i = 0; i < count && !line; i++) {
        line = piece[i] == '\n' || piece[i] == '\r';
      }
    }
    return false;
  }

  /** A header line is asked for: where none shows, it is the first. */
  private static Dialect withHeader(Dialect dialect) {
    return dialect.headerLine() > 0
        ? dialect
        : new Dialect(dialect.charset(), dialect.markLength(), dialect.separator(), 1);
  }

  /** The whole body again. */
  InputStream withRest(BulkBody body) {
    return new SequenceInputStream(new ByteArrayInputStream(bytes), body);
  }
}
