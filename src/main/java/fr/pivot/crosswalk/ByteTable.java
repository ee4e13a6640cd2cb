package fr.pivot.crosswalk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values by the bytes of a field, without making an object to ask. When it is full it forgets
 * everything and begins again.
 */
final class ByteTable<V> {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int most;
  private byte[][] keys = new byte[1 << 10][];
  private Object[] values = new Object[1 << 10];
  private int size;

  ByteTable(int most) {
    this.most = most;
  }

  @SuppressWarnings("unchecked")
  @Nullable V get(byte[] bytes, int from, int to) {
    int mask = keys.length - 1;
    for (int slot = hash(bytes, from, to) & mask; keys[slot] != null; slot = slot + 1 & mask) {
      byte[] key = keys[slot];
      if (key.length == to - from && Arrays.equals(key, 0, key.length, bytes, from, to)) {
        return (V) values[slot];
      }
    }
    return null;
  }

  /** Adds a value under bytes that are not there yet. */
  void put(byte[] bytes, int from, int to, V value) {
    if (size == most) {
      Arrays.fill(keys, null);
      Arrays.fill(values, null);
      size = 0;
    } else if (size * 2 > keys.length) {
      grow();
    }
    size++;
    insert(Arrays.copyOfRange(bytes, from, to), value);
  }

  private void insert(byte[] key, Object value) {
    int mask = keys.length - 1;
    int slot = hash(key, 0, key.length) & mask;
    while (keys[slot] != null) {
      slot = slot + 1 & mask;
    }
    keys[slot] = key;
    values[slot] = value;
  }

  private void grow() {
    byte[][] oldKeys = keys;
    Object[] oldValues = values;
    keys = new byte[oldKeys.length * 2][];
    values = new Object[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) {
        insert(oldKeys[i], oldValues[i]);
      }
    }
  }

  private static int hash(byte[] bytes, int from, int to) {
    long hash = to - from;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (int shift = 0; at < to; at++, shift += 8) {
      rest |= (bytes[at] & 0xFFL) << shift;
    }
    return (int) (mix(hash ^ rest) >>> 32);
  }

  private static long mix(long word) {
    return (word ^ word >>> 29) * 0x9E3779B97F4A7C15L;
  }
}
