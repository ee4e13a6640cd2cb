package fr.pivot.crosswalk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by the bytes of a field, without making an object to ask. Fields of up to seven bytes, as
 * most codes are, are kept as one number each, side by side, so that finding one touches memory
 * once. When it is full it forgets everything and begins again.
 */
final class ByteTable<V> {

  private static final int SHORT = 7;

  private final int most;
  private long[] keys = new long[1 << 10];
  private Object[] values = new Object[1 << 10];
  private int size;
  private final Map<String, V> longer = new HashMap<>();

  ByteTable(int most) {
    this.most = most;
  }

  @SuppressWarnings("unchecked")
  @Nullable V get(byte[] bytes, int from, int to) {
    if (to - from > SHORT) {
      return longer.get(text(bytes, from, to));
    }
    long key = pack(bytes, from, to);
    int mask = keys.length - 1;
    for (int slot = slot(key) & mask; keys[slot] != 0; slot = slot + 1 & mask) {
      if (keys[slot] == key) {
        return (V) values[slot];
      }
    }
    return null;
  }

  /** Adds a value under bytes that are not there yet. */
  void put(byte[] bytes, int from, int to, V value) {
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
    if (++size * 2 > keys.length) {
      grow();
    }
    insert(pack(bytes, from, to), value);
  }

  private void insert(long key, Object value) {
    int mask = keys.length - 1;
    int slot = slot(key) & mask;
    while (keys[slot] != 0) {
      slot = slot + 1 & mask;
    }
    keys[slot] = key;
    values[slot] = value;
  }

  private void grow() {
    long[] oldKeys = keys;
    Object[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new Object[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        insert(oldKeys[i], oldValues[i]);
      }
    }
  }

  /** Up to seven bytes and how many they are, in one number that is never 0. */
  private static long pack(byte[] bytes, int from, int to) {
    long packed = to - from + 1;
    for (int at = from; at < to; at++) {
      packed = packed << 8 | bytes[at] & 0xFF;
    }
    return packed;
  }

  /** One character a byte: equal texts are equal bytes, whatever they mean. */
  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static int slot(long key) {
    return (int) (key * 0x9E3779B97F4A7C15L >>> 32);
  }
}
