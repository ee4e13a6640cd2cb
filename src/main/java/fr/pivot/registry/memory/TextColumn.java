package fr.pivot.registry.memory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts that repeat: of each row a number, and each text once. A row may have none.
 * What it answers does not change; safe for any number of threads.
 */
final class TextColumn {

  private static final int NONE = -1;

  /** As many texts are kept as objects, once they were asked for: they come again and again. */
  private static final int FEW = 4_096;

  private final int[] numbers;
  private final PackedTexts texts;

  /** The texts that were asked for, by number, where there are few; else empty. */
  private final @Nullable String[] made;

  private TextColumn(int[] numbers, PackedTexts texts) {
    this.numbers = numbers;
    this.texts = texts;
    this.made = new String[texts.size() <= FEW ? texts.size() : 0];
  }

  /** A column that is being collected. */
  static final class Builder {
    private final Map<String, Integer> known = new HashMap<>();
    private final PackedTexts.Builder texts = new PackedTexts.Builder();
    private int[] numbers = new int[64];
    private int size;

    /** Adds a row. */
    void add(@Nullable String text) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, size + (size >> 1));
      }
      numbers[size++] = text == null ? NONE : number(text);
    }

    private int number(String text) {
      Integer next = known.size();
      Integer before = known.putIfAbsent(text, next);
      if (before != null) {
        return before;
      }
      texts.add(text);
      return next;
    }

    /** Adds rows that have none until there are as many. */
    void fill(int rows) {
      while (size < rows) {
        add(null);
      }
    }

    /** The column, its texts in the order in which they came. */
    TextColumn build() {
      return new TextColumn(Arrays.copyOf(numbers, size), texts.build());
    }

    /** The column, its texts in the order of code points. */
    TextColumn buildSorted() {
      PackedTexts unsorted = texts.build();
      Integer[] order = new Integer[unsorted.size()];
      Arrays.setAll(order, number -> number);
      Arrays.sort(order, unsorted::compare);
      int[] sorted = new int[order.length];
      PackedTexts.Builder inOrder = new PackedTexts.Builder();
      for (int i = 0; i < order.length; i++) {
        sorted[order[i]] = i;
        inOrder.add(unsorted.get(order[i]));
      }
      int[] renumbered = new int[size];
      Arrays.setAll(renumbered, row -> numbers[row] == NONE ? NONE : sorted[numbers[row]]);
      return new TextColumn(renumbered, inOrder.build());
    }
  }

  static TextColumn readFrom(ColumnReader columns) {
    return new TextColumn(columns.ints(), PackedTexts.readFrom(columns));
  }

  void writeTo(ColumnWriter columns) {
    columns.ints(numbers);
    texts.writeTo(columns);
  }

  /** How many rows there are. */
  int size() {
    return numbers.length;
  }

  /** The text of a row that has one. */
  String get(int row) {
    int number = numbers[row];
    if (made.length == 0) {
      return texts.get(number);
    }
    String text = made[number];
    if (text == null) {
      text = texts.get(number);
      made[number] = text;
    }
    return text;
  }

  /** The text of a row; null where it has none. */
  @Nullable String getOrNull(int row) {
    return numbers[row] == NONE ? null : get(row);
  }

  /** How long the text of a row is, as {@link String#length} counts. */
  int length(int row) {
    return texts.length(numbers[row]);
  }

  /** The number of the text of a row; negative where it has none. */
  int number(int row) {
    return numbers[row];
  }

  /** How many texts there are. */
  int countTexts() {
    return texts.size();
  }

  /** The number of a text, where texts are sorted; negative where no row has it. */
  int find(String text) {
    return texts.find(text);
  }
}
