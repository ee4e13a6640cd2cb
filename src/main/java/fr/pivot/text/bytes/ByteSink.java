package fr.pivot.text.bytes;

import java.util.Arrays;

/** Growing bytes. Belongs to one thread. */
public final class ByteSink {

  private byte[] bytes = new byte[1 << 16];
  private int size;

  /** Adds bytes. */
  public void add(byte[] more) {
    add(more, 0, more.length);
  }

  /** Adds a part of some bytes. */
  public void add(byte[] from, int begin, int end) {
    ensure(end - begin);
    System.arraycopy(from, begin, bytes, size, end - begin);
    size += end - begin;
  }

  /** Adds a byte. */
  public void add(byte one) {
    ensure(1);
    bytes[size++] = one;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  /** The bytes, and whatever comes behind them: only the first {@link #size} count. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Begins anew. */
  public void clear() {
    size = 0;
  }
}
