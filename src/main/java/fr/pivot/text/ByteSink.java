package fr.pivot.validation;

import java.util.Arrays;

/** Growing bytes. */
final class ByteSink {

  private byte[] bytes = new byte[1 << 16];
  private int size;

  void add(byte[] more) {
    add(more, 0, more.length);
  }

  void add(byte[] from, int begin, int end) {
    ensure(end - begin);
    System.arraycopy(from, begin, bytes, size, end - begin);
    size += end - begin;
  }

  void add(byte one) {
    ensure(1);
    bytes[size++] = one;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }
}
