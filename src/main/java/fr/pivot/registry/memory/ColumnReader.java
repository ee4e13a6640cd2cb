package fr.pivot.registry.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the columns that a {@link ColumnWriter} wrote, in the same order; equal texts are one. */
public final class ColumnReader {

  private final ByteBuffer columns;
  private final String[] texts;

  /** Begins to read what begins at the buffer's position. */
  ColumnReader(ByteBuffer buffer) {
    columns = buffer.order(ByteOrder.LITTLE_ENDIAN);
    texts = new String[columns.getInt()];
    int letters = columns.getInt();
    int[] lengths = new int[texts.length];
    columns.asIntBuffer().get(lengths);
    int from = columns.position() + Integer.BYTES * lengths.length;
    columns.position(from + letters);
    byte[] bytes = columns.array();
    for (int i = 0; i < texts.length; i++) {
      texts[i] = new String(bytes, from, lengths[i], StandardCharsets.UTF_8);
      from += lengths[i];
    }
  }

  /** The next number. */
  public int number() {
    return columns.getInt();
  }

  /** The next column of numbers. */
  public int[] ints() {
    int[] values = new int[columns.getInt()];
    columns.asIntBuffer().get(values);
    columns.position(columns.position() + Integer.BYTES * values.length);
    return values;
  }

  /** The next column of letters. */
  public char[] letters() {
    char[] values = new char[columns.getInt()];
    columns.asCharBuffer().get(values);
    columns.position(columns.position() + Character.BYTES * values.length);
    return values;
  }

  long[] longs() {
    long[] values = new long[columns.getInt()];
    columns.asLongBuffer().get(values);
    columns.position(columns.position() + Long.BYTES * values.length);
    return values;
  }

  /** The next column of small numbers. */
  public byte[] bytes() {
    byte[] values = new byte[columns.getInt()];
    columns.get(values);
    return values;
  }

  /** The next text, which is not null. */
  String text() {
    return texts[columns.getInt()];
  }

  /** The next text, or null. */
  @Nullable String textOrNull() {
    int number = columns.getInt();
    return number < 0 ? null : texts[number];
  }

  /** The next column of texts, none of which is null. */
  public String[] texts() {
    int[] numbers = ints();
    String[] values = new String[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      values[i] = texts[numbers[i]];
    }
    return values;
  }

  /** The next column of texts. */
  @Nullable String[] textsOrNull() {
    int[] numbers = ints();
    @Nullable String[] values = new String[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      values[i] = numbers[i] < 0 ? null : texts[numbers[i]];
    }
    return values;
  }

  /** The next column of maps, null where there is none. */
  @SuppressWarnings("unchecked")
  @Nullable Map<String, String>[] maps() {
    Map<String, String>[] distinct = new Map[columns.getInt()];
    int[] cells = ints();
    int at = 0;
    for (int i = 0; i < distinct.length; i++) {
      Map.Entry<String, String>[] entries = new Map.Entry[cells[at++]];
      for (int e = 0; e < entries.length; e++) {
        entries[e] = Map.entry(texts[cells[at++]], texts[cells[at++]]);
      }
      distinct[i] = Map.ofEntries(entries);
    }
    int[] numbers = ints();
    @Nullable Map<String, String>[] maps = new Map[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      maps[i] = numbers[i] < 0 ? null : distinct[numbers[i]];
    }
    return maps;
  }
}
