package fr.pivot.registry.memory;

import fr.pivot.referential.Link;
import fr.pivot.referential.Validity;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The links of a codebook that lead to one referential with one meaning. */
final class LinkTable {

  private static final int[] NO_ROWS = {};

  private final Spans spans;
  private final int[] first;

  /** The targets, their texts in order. */
  private final TextColumn targets;

  private final int[] sources;
  private final BitSet derived;

  /** The rows by target; those of one target by ascending source. */
  private final int[] byTarget;

  /** The first day of any link, by the position of the release that states it. */
  private final Map<Integer, Integer> firstDays = new ConcurrentHashMap<>();

  private LinkTable(Builder builder) {
    first = builder.first;
    for (int code = 1; code < first.length; code++) {
      first[code] = Math.max(first[code], first[code - 1]);
    }
    builder.spans.trim();
    spans = builder.spans;
    targets = builder.targets.buildSorted();
    sources = Arrays.copyOf(builder.sources, builder.size);
    derived = builder.derived;
    byTarget = sortByTarget();
  }

  private LinkTable(ColumnReader columns) {
    spans = Spans.readFrom(columns);
    first = columns.ints();
    targets = TextColumn.readFrom(columns);
    sources = columns.ints();
    derived = BitSet.valueOf(columns.longs());
    byTarget = columns.ints();
  }

  static LinkTable readFrom(ColumnReader columns) {
    return new LinkTable(columns);
  }

  void writeTo(ColumnWriter columns) {
    spans.writeTo(columns);
    columns.ints(first);
    targets.writeTo(columns);
    columns.ints(sources);
    columns.longs(derived.toLongArray());
    columns.ints(byTarget);
  }

  /** Targets repeat: they are counted. */
  private int[] sortByTarget() {
    int[] end = new int[targets.countTexts() + 1];
    for (int row = 0; row < sources.length; row++) {
      end[targets.number(row) + 1]++;
    }
    for (int i = 1; i < end.length; i++) {
      end[i] += end[i - 1];
    }
    int[] rows = new int[sources.length];
    for (int row = 0; row < rows.length; row++) {
      rows[end[targets.number(row)]++] = row;
    }
    return rows;
  }

  int first(int source) {
    return first[source];
  }

  int end(int source) {
    return first[source + 1];
  }

  String target(int row) {
    return targets.get(row);
  }

  int source(int row) {
    return sources[row];
  }

  boolean isStatedBy(int row, int position) {
    return spans.isStatedBy(row, position);
  }

  boolean holdsOn(int row, int day) {
    return spans.holdsOn(row, day);
  }

  Validity validity(int row) {
    return spans.validity(row);
  }

  boolean isDerived(int row) {
    return derived.get(row);
  }

  /**
   * The first day on which a release states any link; null where that is without limit, or it
   * states none.
   */
  @Nullable LocalDate firstDay(int position) {
    int first =
        firstDays.computeIfAbsent(
            position,
            _ -> {
              int earliest = Integer.MAX_VALUE;
              for (int row = 0; row < sources.length; row++) {
                if (spans.isStatedBy(row, position)) {
                  earliest = Math.min(earliest, spans.firstDay(row));
                }
              }
              return earliest;
            });
    return first == Integer.MIN_VALUE || first == Integer.MAX_VALUE
        ? null
        : LocalDate.ofEpochDay(first);
  }

  /** Whether a release states any link on a day. */
  boolean holdsAny(int position, int day) {
    for (int row = 0; row < sources.length; row++) {
      if (spans.isStatedBy(row, position) && spans.holdsOn(row, day)) {
        return true;
      }
    }
    return false;
  }

  /** The rows that lead to a target, by ascending source. */
  int[] rowsTo(String target) {
    int number = targets.find(target);
    if (number < 0) {
      return NO_ROWS;
    }
    int low = 0;
    int high = byTarget.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (targets.number(byTarget[middle]) < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int end = low;
    while (end < byTarget.length && targets.number(byTarget[end]) == number) {
      end++;
    }
    return Arrays.copyOfRange(byTarget, low, end);
  }

  /** Links that are being collected, in the order of their source codes. */
  static final class Builder {
    private final Spans spans = new Spans();
    private final int[] first;
    private final TextColumn.Builder targets = new TextColumn.Builder();
    private int[] sources = new int[64];
    private final BitSet derived = new BitSet();
    private int size;

    Builder(int codes) {
      first = new int[codes + 1];
    }

    void add(int source, Link link, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
      if (size == sources.length) {
        sources = Arrays.copyOf(sources, size + (size >> 1));
      }
      targets.add(link.target());
      sources[size] = source;
      derived.set(size, link.derived());
      spans.add(link.validity().from(), link.validity().to(), firstRelease, endRelease);
      size++;
      first[source + 1] = size;
    }

    LinkTable build() {
      return new LinkTable(this);
    }
  }
}
