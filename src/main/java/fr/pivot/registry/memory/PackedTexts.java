package fr.pivot.registry.memory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts one after the other in one array of bytes, in UTF-8: a text takes its letters and four
 * bytes, and is an object only where it is asked for. Immutable.
 */
final class PackedTexts {

  private final byte[] bytes;

  /** Where each text begins; after the last one, where it ends. */
  private final int[] start;

  private PackedTexts(byte[] bytes, int[] start) {
    this.bytes = bytes;
    this.start = start;
  }

  /** Texts that are being collected. */
  static final class Builder {
    private byte[] bytes = new byte[1024];
    private int[] start = new int[64];
    private int size;

    /** Adds a text. */
    void add(String text) {
      byte[] letters = text.getBytes(StandardCharsets.UTF_8);
      int from = start[size];
      int to = Math.addExact(from, letters.length);
      if (to > bytes.length) {
        bytes =
            Arrays.copyOf(bytes, Math.max(to, (int) Math.min(Integer.MAX_VALUE - 8, from * 2L)));
      }
      System.arraycopy(letters, 0, bytes, from, letters.length);
      if (size + 2 > start.length) {
        start = Arrays.copyOf(start, start.length * 2);
      }
      start[++size] = to;
    }

    /** All texts added so far, in their order. */
    PackedTexts build() {
      return new PackedTexts(Arrays.copyOf(bytes, start[size]), Arrays.copyOf(start, size + 1));
    }
  }

  static PackedTexts readFrom(ColumnReader columns) {
    return new PackedTexts(columns.bytes(), columns.ints());
  }

  void writeTo(ColumnWriter columns) {
    columns.bytes(bytes);
    columns.ints(start);
  }

  int size() {
    return start.length - 1;
  }

  /** A text as an object of its own. */
  String get(int number) {
    int from = start[number];
    return new String(bytes, from, start[number + 1] - from, StandardCharsets.UTF_8);
  }

  /** How long a text is, as {@link String#length} counts. */
  int length(int number) {
    int length = 0;
    for (int i = start[number]; i < start[number + 1]; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        // What takes four bytes here takes two letters there.
        length += (bytes[i] & 0xF8) == 0xF0 ? 2 : 1;
      }
    }
    return length;
  }

  /** Whether a text is equal to another. */
  boolean is(int number, String text) {
    int length = start[number + 1] - start[number];
    int same = same(number, text);
    return same < 0 ? get(number).equals(text) : same == text.length() && same == length;
  }

  /** Whether a text begins with another. */
  boolean beginsWith(int number, String text) {
    int same = same(number, text);
    return same < 0 ? get(number).startsWith(text) : same == text.length();
  }

  /**
   * How many letters at the beginning of a text are those of another; negative where one is beyond
   * ASCII, which takes several bytes.
   */
  private int same(int number, String text) {
    int from = start[number];
    int most = Math.min(start[number + 1] - from, text.length());
    for (int i = 0; i < most; i++) {
      char letter = text.charAt(i);
      if (letter >= 0x80) {
        return -1;
      }
      if (bytes[from + i] != letter) {
        return i;
      }
    }
    return most;
  }

  /** The number that {@link String#hashCode} gives for a text. */
  int hash(int number) {
    int hash = 0;
    for (int i = start[number]; i < start[number + 1]; i++) {
      if (bytes[i] < 0) {
        return get(number).hashCode();
      }
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** Whether a text has nothing but digits and the capital letters from A to Z. */
  boolean isPlain(int number) {
    for (int i = start[number]; i < start[number + 1]; i++) {
      byte letter = bytes[i];
      if (!(letter >= '0' && letter <= '9' || letter >= 'A' && letter <= 'Z')) {
        return false;
      }
    }
    return true;
  }

  /** Which of two texts comes first, in the order of code points. */
  int compare(int one, int other) {
    return Arrays.compareUnsigned(
        bytes, start[one], start[one + 1], bytes, start[other], start[other + 1]);
  }

  /**
   * The number of a text among texts that come in the order of code points; where it is not there,
   * {@code -(number of the first after it) - 1}.
   */
  int find(String text) {
    byte[] letters = text.getBytes(StandardCharsets.UTF_8);
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = low + high >>> 1;
      int order =
          Arrays.compareUnsigned(
              bytes, start[middle], start[middle + 1], letters, 0, letters.length);
      if (order == 0 && is(middle, text)) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return -low - 1;
  }
}
