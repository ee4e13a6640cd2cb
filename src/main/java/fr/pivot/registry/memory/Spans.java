package fr.pivot.registry.memory;

import fr.pivot.referential.Validity;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Growing columns of what holds when, and in which editions: four integers a row. Days count from
 * 1970-01-01; positions are those of releases; both ranges are half-open.
 */
final class Spans {

  private static final int NO_BEGINNING = Integer.MIN_VALUE;
  private static final int NO_END = Integer.MAX_VALUE;

  private int[] cells = new int[256];
  private int size;

  void add(
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable Integer firstRelease,
      @Nullable Integer endRelease) {
    if (size + 4 > cells.length) {
      cells = Arrays.copyOf(cells, cells.length + (cells.length >> 1));
    }
    cells[size++] = from == null ? NO_BEGINNING : (int) from.toEpochDay();
    cells[size++] = to == null ? NO_END : (int) to.toEpochDay();
    cells[size++] = firstRelease == null ? NO_BEGINNING : firstRelease;
    cells[size++] = endRelease == null ? NO_END : endRelease;
  }

  static Spans readFrom(ColumnReader columns) {
    Spans spans = new Spans();
    spans.cells = columns.ints();
    spans.size = spans.cells.length;
    return spans;
  }

  /** Writes the rows; they are trimmed. */
  void writeTo(ColumnWriter columns) {
    columns.ints(cells);
  }

  void trim() {
    cells = Arrays.copyOf(cells, size);
  }

  boolean isStatedBy(int row, int position) {
    return cells[4 * row + 2] <= position && position < cells[4 * row + 3];
  }

  boolean holdsOn(int row, int day) {
    return cells[4 * row] <= day && day < cells[4 * row + 1];
  }

  /** The first day of a row; the least number where it has none. */
  int firstDay(int row) {
    return cells[4 * row];
  }

  Validity validity(int row) {
    return new Validity(day(cells[4 * row], NO_BEGINNING), day(cells[4 * row + 1], NO_END));
  }

  private static @Nullable LocalDate day(int value, int none) {
    return value == none ? null : LocalDate.ofEpochDay(value);
  }
}
