package fr.pivot.registry.memory;

import fr.pivot.referential.Validity;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Growing columns of what holds when, and in which editions. Days count from 1970-01-01; positions
 * are those of releases; both ranges are half-open. Rows share their spans: there are few different
 * ones, so that a row is one number.
 */
final class Spans {

  private static final int NO_BEGINNING = Integer.MIN_VALUE;
  private static final int NO_END = Integer.MAX_VALUE;

  /** Of each row, where its span begins among the cells. */
  private int[] rows = new int[64];

  private int size;

  /** Four numbers a span: the days and the positions. */
  private int[] cells = new int[64];

  private int filled;
  private final Map<Cells, Integer> known = new HashMap<>();

  /** The days of each span. */
  private Validity[] validities = {};

  private record Cells(int from, int to, int firstRelease, int endRelease) {}

  void add(
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable Integer firstRelease,
      @Nullable Integer endRelease) {
    Cells span =
        new Cells(
            from == null ? NO_BEGINNING : (int) from.toEpochDay(),
            to == null ? NO_END : (int) to.toEpochDay(),
            firstRelease == null ? NO_BEGINNING : firstRelease,
            endRelease == null ? NO_END : endRelease);
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, size + (size >> 1));
    }
    rows[size++] = known.computeIfAbsent(span, this::append);
  }

  private int append(Cells span) {
    if (filled == cells.length) {
      cells = Arrays.copyOf(cells, 2 * filled);
    }
    cells[filled] = span.from();
    cells[filled + 1] = span.to();
    cells[filled + 2] = span.firstRelease();
    cells[filled + 3] = span.endRelease();
    filled += 4;
    return filled - 4;
  }

  static Spans readFrom(ColumnReader columns) {
    Spans spans = new Spans();
    spans.rows = columns.ints();
    spans.size = spans.rows.length;
    spans.cells = columns.ints();
    spans.filled = spans.cells.length;
    spans.listValidities();
    return spans;
  }

  /** Writes the rows; they are trimmed. */
  void writeTo(ColumnWriter columns) {
    columns.ints(rows);
    columns.ints(cells);
  }

  /** Ends the growing. */
  void trim() {
    rows = Arrays.copyOf(rows, size);
    cells = Arrays.copyOf(cells, filled);
    known.clear();
    listValidities();
  }

  private void listValidities() {
    Map<Validity, Validity> distinct = new HashMap<>();
    validities = new Validity[filled / 4];
    for (int i = 0; i < validities.length; i++) {
      Validity validity =
          new Validity(day(cells[4 * i], NO_BEGINNING), day(cells[4 * i + 1], NO_END));
      validities[i] = distinct.computeIfAbsent(validity, v -> v);
    }
  }

  boolean isStatedBy(int row, int position) {
    int at = rows[row];
    return cells[at + 2] <= position && position < cells[at + 3];
  }

  boolean holdsOn(int row, int day) {
    int at = rows[row];
    return cells[at] <= day && day < cells[at + 1];
  }

  /** The first day of a row; the least number where it has none. */
  int firstDay(int row) {
    return cells[rows[row]];
  }

  Validity validity(int row) {
    return validities[rows[row] >> 2];
  }

  private static @Nullable LocalDate day(int value, int none) {
    return value == none ? null : LocalDate.ofEpochDay(value);
  }
}
