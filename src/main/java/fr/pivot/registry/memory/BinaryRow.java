package fr.pivot.registry.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row as PostgreSQL sends it in COPY's binary format ("COPY", "Binary Format" in its manual), its
 * fields read in their order. Equal texts come out as one string: codes and labels repeat a lot.
 */
final class BinaryRow {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };
  private static final int END = -1;

  private String[] texts = new String[1 << 17];
  private byte[][] written = new byte[1 << 17][];
  private int count;
  private ByteBuffer fields = ByteBuffer.allocate(0);
  private boolean begun;
  private boolean atFirst;
  private byte @Nullable [] lastWritten;
  private String lastText = "";

  /** Begins the rows of another statement. */
  void begin() {
    begun = false;
  }

  /** Takes the next message; false where it ends the rows. */
  boolean take(byte[] message) {
    fields = ByteBuffer.wrap(message);
    atFirst = true;
    if (!begun) {
      begun = true;
      if (!Arrays.equals(message, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
        throw new IllegalStateException("not the binary format of COPY");
      }
      int extension = fields.getInt(SIGNATURE.length + 4);
      fields.position(SIGNATURE.length + 8 + extension);
    }
    return fields.hasRemaining() && fields.getShort() != END;
  }

  /** The next field, an {@code integer}, or null. */
  @Nullable Integer integer() {
    return fields.getInt() < 0 ? null : Integer.valueOf(fields.getInt());
  }

  /** The next field, the days of a date from 1970-01-01, which is not null. */
  int date() {
    fields.getInt();
    return fields.getInt();
  }

  /** The next field, a {@code bigint} that is not null. */
  long number() {
    fields.getInt();
    return fields.getLong();
  }

  /** The next field, a {@code boolean} that is not null. */
  boolean truth() {
    fields.getInt();
    return fields.get() != 0;
  }

  /** The next field, a {@code text} that is not null. */
  String text() {
    String text = textOrNull();
    if (text == null) {
      throw new IllegalStateException("a field is null");
    }
    return text;
  }

  /** The next field, a {@code text}, or null. */
  @Nullable String textOrNull() {
    int length = fields.getInt();
    if (length < 0) {
      return null;
    }
    int from = fields.position();
    fields.position(from + length);
    return share(fields.array(), from, from + length);
  }

  private String share(byte[] bytes, int from, int to) {
    // Rows come by code: the first text is mostly that of the row before.
    byte[] last = lastWritten;
    if (last != null && Arrays.equals(last, 0, last.length, bytes, from, to)) {
      return lastText;
    }
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int mask = texts.length - 1;
    int slot = (hash * 0x9E3779B9 >>> 7) & mask;
    while (written[slot] != null) {
      byte[] known = written[slot];
      if (Arrays.equals(known, 0, known.length, bytes, from, to)) {
        return remember(known, texts[slot]);
      }
      slot = (slot + 1) & mask;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    byte[] copy = Arrays.copyOfRange(bytes, from, to);
    written[slot] = copy;
    texts[slot] = text;
    if (++count > texts.length / 2) {
      grow();
    }
    return remember(copy, text);
  }

  private String remember(byte[] bytes, String text) {
    if (atFirst) {
      atFirst = false;
      lastWritten = bytes;
      lastText = text;
    }
    return text;
  }

  private void grow() {
    String[] oldTexts = texts;
    byte[][] oldWritten = written;
    texts = new String[oldTexts.length * 2];
    written = new byte[oldTexts.length * 2][];
    int mask = texts.length - 1;
    for (int i = 0; i < oldTexts.length; i++) {
      byte[] bytes = oldWritten[i];
      if (bytes != null) {
        int slot = (Arrays.hashCode(bytes) * 0x9E3779B9 >>> 7) & mask;
        while (written[slot] != null) {
          slot = (slot + 1) & mask;
        }
        texts[slot] = oldTexts[i];
        written[slot] = bytes;
      }
    }
  }
}
