package fr.pivot.registry.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The figures of one measure, by code, with the editions that state them. */
final class MeasureTable {

  private final Spans spans;
  private final int[] first;
  private final long[] values;

  private MeasureTable(Spans spans, int[] first, long[] values) {
    this.spans = spans;
    this.first = first;
    this.values = values;
  }

  static MeasureTable readFrom(ColumnReader columns) {
    return new MeasureTable(Spans.readFrom(columns), columns.ints(), columns.longs());
  }

  void writeTo(ColumnWriter columns) {
    spans.writeTo(columns);
    columns.ints(first);
    columns.longs(values);
  }

  int first(int rank) {
    return first[rank];
  }

  boolean isStatedBy(int row, int position) {
    return spans.isStatedBy(row, position);
  }

  long value(int row) {
    return values[row];
  }

  /** The last figure that any edition states of the code at a rank; 0 where none does. */
  long last(int rank) {
    return first[rank] == first[rank + 1] ? 0 : values[first[rank + 1] - 1];
  }

  /** Figures that are being collected, by code. */
  static final class Builder {
    private final Spans spans = new Spans();
    private final int[] first;
    private long[] values = new long[64];
    private int size;

    Builder(int codes) {
      first = new int[codes + 1];
    }

    void add(int rank, long value, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
      first[rank + 1] = size;
      spans.add(null, null, firstRelease, endRelease);
    }

    MeasureTable build() {
      for (int i = 1; i < first.length; i++) {
        first[i] = Math.max(first[i], first[i - 1]);
      }
      spans.trim();
      return new MeasureTable(spans, first, Arrays.copyOf(values, size));
    }
  }
}
