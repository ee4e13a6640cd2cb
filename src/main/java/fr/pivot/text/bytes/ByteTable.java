package fr.pivot.text.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by the bytes of a field, without making an object to ask. Fields of up to fifteen bytes,
 * as codes are, are kept as two numbers each, side by side, so that finding one touches memory
 * once. When it is full it forgets everything and begins again. It belongs to one thread.
 *
 * @param <V> the values
 */
public final class ByteTable<V> {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SHORT = 15;

  private final int most;

  /** Two numbers a key; the second is never 0 where there is a key. */
  private long[] keys = new long[1 << 11];

  private Object[] values = new Object[1 << 10];
  private int size;
  private final Map<String, V> longer = new HashMap<>();

  /**
   * An empty table.
   *
   * @param most how many values it holds before it forgets them
   */
  public ByteTable(int most) {
    this.most = most;
  }

  /** The value of the bytes from one position to before another; null where there is none. */
  @SuppressWarnings("unchecked")
  public @Nullable V get(byte[] bytes, int from, int to) {
    if (to - from > SHORT) {
      return longer.get(text(bytes, from, to));
    }
    int slot = find(low(bytes, from, to), high(bytes, from, to));
    return (V) values[slot];
  }

  /** Adds a value under bytes that are not there yet. */
  public void put(byte[] bytes, int from, int to, V value) {
    if (size + longer.size() == most) {
      Arrays.fill(keys, 0);
      Arrays.fill(values, null);
      size = 0;
      longer.clear();
    }
    if (to - from > SHORT) {
      longer.put(text(bytes, from, to), value);
      return;
    }
    if (++size * 2 > values.length) {
      grow();
    }
    insert(low(bytes, from, to), high(bytes, from, to), value);
  }

  /** The slot of a key, or the free one where it would be. */
  private int find(long low, long high) {
    int mask = values.length - 1;
    int slot = slot(low, high) & mask;
    while (keys[2 * slot + 1] != 0 && (keys[2 * slot] != low || keys[2 * slot + 1] != high)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void insert(long low, long high, Object value) {
    int slot = find(low, high);
    keys[2 * slot] = low;
    keys[2 * slot + 1] = high;
    values[slot] = value;
  }

  private void grow() {
    long[] oldKeys = keys;
    Object[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new Object[oldValues.length * 2];
    for (int i = 0; i < oldValues.length; i++) {
      if (oldKeys[2 * i + 1] != 0) {
        insert(oldKeys[2 * i], oldKeys[2 * i + 1], oldValues[i]);
      }
    }
  }

  /** The first eight bytes. */
  private static long low(byte[] bytes, int from, int to) {
    return word(bytes, from, Math.min(to - from, Long.BYTES));
  }

  /** The bytes after the first eight, and how many bytes there are. */
  private static long high(byte[] bytes, int from, int to) {
    long length = (long) (to - from + 1) << 56;
    return to - from <= Long.BYTES
        ? length
        : length | word(bytes, from + Long.BYTES, to - from - Long.BYTES);
  }

  private static long word(byte[] bytes, int from, int length) {
    if (from + Long.BYTES <= bytes.length) {
      long word = (long) WORDS.get(bytes, from);
      return length == Long.BYTES ? word : word & (1L << 8 * length) - 1;
    }
    long word = 0;
    for (int i = length - 1; i >= 0; i--) {
      word = word << 8 | bytes[from + i] & 0xFF;
    }
    return word;
  }

  /** One character a byte: equal texts are equal bytes, whatever they mean. */
  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static int slot(long low, long high) {
    return (int) ((low ^ high * 0x9FB21C651E98DF25L) * 0x9E3779B97F4A7C15L >>> 32);
  }
}
