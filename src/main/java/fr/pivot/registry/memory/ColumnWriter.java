package fr.pivot.registry.memory;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes columns one after the other, to be read back by {@link ColumnReader} in the same order. A
 * text is written once, however often it comes.
 */
public final class ColumnWriter {

  private static final int NONE = -1;

  private final ByteArrayOutputStream columns;
  private final Map<String, Integer> texts = new HashMap<>();
  private final List<byte[]> written = new ArrayList<>();

  /** Writes in memory. */
  public ColumnWriter() {
    this(new ByteArrayOutputStream(1 << 20));
  }

  private ColumnWriter(ByteArrayOutputStream columns) {
    this.columns = columns;
  }

  /** Writes nowhere, to tell how long it would be. */
  static ColumnWriter counting() {
    return new ColumnWriter(
        new ByteArrayOutputStream(0) {
          @Override
          public void writeBytes(byte[] bytes) {
            count += bytes.length;
          }
        });
  }

  /** How many bytes all that was written takes. */
  int length() {
    int letters = written.stream().mapToInt(text -> text.length).sum();
    return Integer.BYTES * (2 + written.size()) + letters + columns.size();
  }

  /** Writes a number. */
  public void number(int value) {
    columns.writeBytes(buffer(Integer.BYTES).putInt(value).array());
  }

  /** Writes a column of numbers. */
  public void ints(int[] values) {
    number(values.length);
    ByteBuffer bytes = buffer(Integer.BYTES * values.length);
    bytes.asIntBuffer().put(values);
    columns.writeBytes(bytes.array());
  }

  /** Writes a column of letters. */
  public void letters(char[] values) {
    number(values.length);
    ByteBuffer bytes = buffer(Character.BYTES * values.length);
    bytes.asCharBuffer().put(values);
    columns.writeBytes(bytes.array());
  }

  void longs(long[] values) {
    number(values.length);
    ByteBuffer bytes = buffer(Long.BYTES * values.length);
    bytes.asLongBuffer().put(values);
    columns.writeBytes(bytes.array());
  }

  /** Writes a column of small numbers. */
  public void bytes(byte[] values) {
    number(values.length);
    columns.writeBytes(values);
  }

  void text(@Nullable String value) {
    number(numberOf(value));
  }

  /** Writes a column of texts. */
  public void texts(String[] values) {
    texts(values.length, i -> values[i]);
  }

  void texts(int size, IntFunction<@Nullable String> value) {
    int[] numbers = new int[size];
    Arrays.setAll(numbers, i -> numberOf(value.apply(i)));
    ints(numbers);
  }

  void maps(@Nullable Map<String, String>[] maps) {
    Map<Map<String, String>, Integer> distinct = new HashMap<>();
    List<Integer> cells = new ArrayList<>();
    int[] numbers = new int[maps.length];
    for (int i = 0; i < maps.length; i++) {
      Map<String, String> map = maps[i];
      Integer known = map == null ? Integer.valueOf(NONE) : distinct.get(map);
      if (known == null) {
        known = distinct.size();
        distinct.put(map, known);
        cells.add(map.size());
        new TreeMap<>(map)
            .forEach(
                (name, value) -> {
                  cells.add(numberOf(name));
                  cells.add(numberOf(value));
                });
      }
      numbers[i] = known;
    }
    number(distinct.size());
    ints(cells.stream().mapToInt(Integer::intValue).toArray());
    ints(numbers);
  }

  private int numberOf(@Nullable String value) {
    if (value == null) {
      return NONE;
    }
    Integer next = written.size();
    Integer known = texts.putIfAbsent(value, next);
    if (known != null) {
      return known;
    }
    written.add(value.getBytes(StandardCharsets.UTF_8));
    return next;
  }

  /** All that was written, the texts first. */
  byte[] toBytes() {
    int letters = written.stream().mapToInt(text -> text.length).sum();
    ByteBuffer bytes = buffer(length()).putInt(written.size()).putInt(letters);
    written.forEach(text -> bytes.putInt(text.length));
    written.forEach(bytes::put);
    return bytes.put(columns.toByteArray()).array();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
