package fr.pivot.text.bytes;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a delimited file into blocks of whole records. It looks at quotes and ends of lines only,
 * eight bytes at a time, so that one thread cuts for many that read the fields.
 *
 * <p>A record ends with a line that ends outside of quotes (RFC 4180): with LF, CR LF or CR. A
 * quote counts at the beginning of a field only. Where the end of the record is not found within
 * {@link #LONGEST_QUOTED} bytes that way, its quotes are letters and it ends with its first line.
 */
public final class RecordBlocks implements Closeable {

  /** The longest record with quotes before they are taken for letters, in bytes. */
  static final int LONGEST_QUOTED = 1 << 20;

  /** How long blocks become, in bytes. */
  static final int BLOCK = 1 << 18;

  /** How long the first block is: the first result should not wait for a large one. */
  private static final int FIRST_BLOCK = 1 << 16;

  private static final int STRIDE = 1 << 18;

  /** Longer than what is remembered of one reading: {@link #LONGEST_QUOTED} and a stride. */
  private static final int OPENINGS = 1 << 21;

  private static final int KEPT = 16;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long FEEDS = ONES * '\n';
  private static final long RETURNS = ONES * '\r';

  private final InputStream in;
  private final byte separator;
  private final int block;
  private final int longestQuoted;
  private final ArrayDeque<byte[]> spare = new ArrayDeque<>();
  private @Nullable RecordBlock pushedBack;

  private byte[] buffer;
  private int filled;
  private boolean drained;
  private boolean tooLong;
  private int target;

  /** The position in the file of the first byte of the buffer. */
  private long base;

  private int at;
  private int recordStart;

  /** Whether the record has a quoted field so far. */
  private boolean quoted;

  private boolean inQuotes;
  private boolean lettered;
  private int quotedLines;

  private long line = 1;
  private long record = 1;
  private long lines;
  private long records;
  private int[] letteredStarts = new int[4];
  private int letteredCount;

  // A reading that found no end is remembered, so that the next records do not repeat it: where it
  // opened quotes, how far it came, and in which state. Who opens a quote where it did goes on from
  // there. Otherwise a file of short lines with unclosed quotes would be read a million times.
  private final BitSet openings = new BitSet();
  private long lostUntil;
  private boolean lostInQuotes;
  private boolean joined;

  RecordBlocks(InputStream in, char separator) {
    this(in, separator, BLOCK, LONGEST_QUOTED);
  }

  /** For tests, which choose the lengths. */
  RecordBlocks(InputStream in, char separator, int block, int longestQuoted) {
    this.in = in;
    this.separator = (byte) separator;
    this.block = block;
    this.longestQuoted = longestQuoted;
    this.target = Math.min(FIRST_BLOCK, block);
    this.buffer = new byte[block];
  }

  /**
   * The next block; null after the last one. Blocks become longer from one to the next.
   *
   * @param hurry asked whether somebody waits for this block: then it is given as soon as the input
   *     has nothing more to read at once
   * @throws DelimitedBytes.RecordTooLongException at a record that is too long, once what comes
   *     before was given
   */
  public @Nullable RecordBlock next(BooleanSupplier hurry) throws IOException {
    if (pushedBack != null) {
      RecordBlock block = pushedBack;
      pushedBack = null;
      return block;
    }
    while (true) {
      scan();
      if (recordStart > 0
          && (drained
              || tooLong
              || filled >= target
              || hurry.getAsBoolean() && in.available() == 0)) {
        return cut();
      }
      if (tooLong || filled - recordStart > DelimitedBytes.LONGEST_RECORD + 2) {
        throw new DelimitedBytes.RecordTooLongException(line);
      }
      if (drained) {
        return null;
      }
      fill();
    }
  }

  /** Puts what is left of a block before all others. */
  void pushBack(RecordBlock block) {
    pushedBack = block;
  }

  /** Takes back the bytes of a block that is not needed any more. */
  public void giveBack(RecordBlock block) {
    synchronized (spare) {
      if (block.bytes.length == this.block && spare.size() < KEPT) {
        spare.push(block.bytes);
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private RecordBlock cut() {
    byte[] whole = buffer;
    int end = recordStart;
    int rest = filled - end;
    byte[] next = rest <= block ? take() : new byte[Integer.highestOneBit(rest) * 2];
    System.arraycopy(whole, end, next, 0, rest);
    RecordBlock cut =
        new RecordBlock(whole, 0, end, Arrays.copyOf(letteredStarts, letteredCount), line, record);
    buffer = next;
    base += end;
    filled = rest;
    at -= end;
    recordStart = 0;
    line += lines;
    record += records;
    lines = 0;
    records = 0;
    // The record that goes on in the next block may be one of those whose quotes are letters.
    letteredCount = 0;
    if (lettered) {
      letteredStarts[letteredCount++] = 0;
    }
    target = Math.min(target * 2, block);
    return cut;
  }

  private byte[] take() {
    synchronized (spare) {
      byte[] kept = spare.poll();
      return kept == null ? new byte[block] : kept;
    }
  }

  private void fill() throws IOException {
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int most = buffer.length - filled;
    int count = in.read(buffer, filled, filled < target ? Math.min(target - filled, most) : most);
    if (count < 0) {
      drained = true;
    } else {
      filled += count;
    }
  }

  private void scan() {
    boolean goesOn = true;
    while (goesOn && !tooLong) {
      while (goesOn && at < filled && !tooLong) {
        int limit = Math.min(filled, at + STRIDE);
        goesOn = inQuotes ? scanQuoted(limit) : scanPlain(limit);
        if (quoted && at - recordStart >= longestQuoted) {
          takeQuotesForLetters();
        }
      }
      goesOn = false;
      if (drained && recordStart < filled && !tooLong) {
        if (inQuotes) {
          takeQuotesForLetters();
          goesOn = true;
        } else {
          at = endRecord(filled, filled);
          goesOn = at < filled;
        }
      }
    }
  }

  /** Goes to the limit or into a quoted field; false where the next byte is needed first. */
  private boolean scanPlain(int limit) {
    byte[] bytes = buffer;
    int p = at;
    while (p < limit) {
      if (p + Long.BYTES <= limit) {
        long word = (long) WORDS.get(bytes, p);
        long hits = zeros(word ^ FEEDS) | zeros(word ^ RETURNS) | zeros(word ^ QUOTES);
        if (hits == 0) {
          p += Long.BYTES;
          continue;
        }
        p += Long.numberOfTrailingZeros(hits) >>> 3;
      }
      byte b = bytes[p];
      if (b == '\n') {
        p = endRecord(p, p + 1);
      } else if (b == '\r') {
        if (p + 1 == filled && !drained) {
          at = p;
          return false;
        }
        p = endRecord(p, p + 1 < filled && bytes[p + 1] == '\n' ? p + 2 : p + 1);
      } else if (b == '"' && !lettered && (p == recordStart || bytes[p - 1] == separator)) {
        at = p;
        openQuote();
        return true;
      } else {
        p++;
      }
      if (tooLong) {
        break;
      }
    }
    at = p;
    return true;
  }

  private void openQuote() {
    quoted = true;
    long position = base + at;
    if (position < lostUntil && openings.get((int) (position % OPENINGS))) {
      joined = true;
      inQuotes = lostInQuotes;
      at = (int) (lostUntil - base);
    } else {
      inQuotes = true;
      at++;
    }
  }

  /** Goes to the limit or out of a quoted field; false where the next byte is needed first. */
  private boolean scanQuoted(int limit) {
    byte[] bytes = buffer;
    int p = at;
    while (p < limit) {
      if (p + Long.BYTES <= limit) {
        long word = (long) WORDS.get(bytes, p);
        long hits = zeros(word ^ FEEDS) | zeros(word ^ QUOTES);
        if (hits == 0) {
          p += Long.BYTES;
          continue;
        }
        p += Long.numberOfTrailingZeros(hits) >>> 3;
      }
      byte b = bytes[p];
      if (b == '\n') {
        quotedLines++;
      } else if (b == '"') {
        if (p + 1 == filled && !drained) {
          at = p;
          return false;
        }
        if (p + 1 == filled || bytes[p + 1] != '"') {
          inQuotes = false;
          at = p + 1;
          return true;
        }
        p++;
      }
      p++;
    }
    at = p;
    return true;
  }

  /** A word whose lowest bit that is set tells the first byte that is 0. */
  private static long zeros(long word) {
    return word - ONES & ~word & HIGH;
  }

  /** Ends the record; answers where to go on. */
  private int endRecord(int content, int after) {
    if (quoted && content - recordStart >= longestQuoted) {
      at = content;
      takeQuotesForLetters();
      return at;
    }
    if (content - recordStart > DelimitedBytes.LONGEST_RECORD) {
      tooLong = true;
      return content;
    }
    if (joined) {
      quotedLines = linesInQuotes(recordStart, content);
    }
    records++;
    lines += 1 + quotedLines;
    recordStart = after;
    quoted = false;
    lettered = false;
    joined = false;
    quotedLines = 0;
    return after;
  }

  private void takeQuotesForLetters() {
    remember();
    if (letteredCount == letteredStarts.length) {
      letteredStarts = Arrays.copyOf(letteredStarts, letteredCount * 2);
    }
    letteredStarts[letteredCount++] = recordStart;
    lettered = true;
    quoted = false;
    inQuotes = false;
    joined = false;
    quotedLines = 0;
    at = recordStart;
  }

  /** Remembers the reading that came to nothing, or how much further it came than before. */
  private void remember() {
    int p = joined ? (int) (lostUntil - base) : recordStart;
    boolean inside = joined && lostInQuotes;
    for (; p < at; p++) {
      boolean opens = false;
      if (inside) {
        if (buffer[p] == '"') {
          if (p + 1 < at && buffer[p + 1] == '"') {
            openings.clear((int) ((base + p) % OPENINGS));
            p++;
          } else {
            inside = false;
          }
        }
      } else {
        opens = buffer[p] == '"' && (p == recordStart || buffer[p - 1] == separator);
        inside = opens;
      }
      openings.set((int) ((base + p) % OPENINGS), opens);
    }
    lostUntil = base + at;
    lostInQuotes = inQuotes;
  }

  private int linesInQuotes(int from, int to) {
    int count = 0;
    boolean inside = false;
    for (int p = from; p < to; p++) {
      byte b = buffer[p];
      if (!inside) {
        inside = b == '"' && (p == from || buffer[p - 1] == separator);
      } else if (b == '\n') {
        count++;
      } else if (b == '"') {
        if (p + 1 < to && buffer[p + 1] == '"') {
          p++;
        } else {
          inside = false;
        }
      }
    }
    return count;
  }
}
