package fr.pivot.registry.memory;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The links of a codebook that lead to one referential with one meaning. */
final class LinkTable {

  private final Spans spans;
  private final int[] first;
  private String[] targets = new String[64];
  private int[] sources = new int[64];
  private final BitSet derived;
  private int size;
  private int[] byTarget = {};

  /** The first day of any link, by the position of the release that states it. */
  private final Map<Integer, Integer> firstDays = new ConcurrentHashMap<>();

  LinkTable(int codes) {
    spans = new Spans();
    first = new int[codes + 1];
    derived = new BitSet();
  }

  /** Reads a table that was sealed. */
  LinkTable(ColumnReader columns) {
    spans = Spans.readFrom(columns);
    first = columns.ints();
    targets = columns.texts();
    sources = columns.ints();
    derived = BitSet.valueOf(columns.longs());
    byTarget = columns.ints();
    size = targets.length;
  }

  /** Writes the table; it is sealed. */
  void writeTo(ColumnWriter columns) {
    spans.writeTo(columns);
    columns.ints(first);
    columns.texts(size, i -> targets[i]);
    columns.ints(sources);
    columns.longs(derived.toLongArray());
    columns.ints(byTarget);
  }

  /** Adds a link; links must come in the order of their source codes. */
  int add(int source, String target, boolean isDerived) {
    if (size == targets.length) {
      int length = size + (size >> 1);
      targets = Arrays.copyOf(targets, length);
      sources = Arrays.copyOf(sources, length);
    }
    targets[size] = target;
    sources[size] = source;
    derived.set(size, isDerived);
    first[source + 1] = size + 1;
    return size++;
  }

  Spans spans() {
    return spans;
  }

  /** Ends the building: rows by source become contiguous, rows by target are sorted. */
  void seal() {
    for (int code = 1; code < first.length; code++) {
      first[code] = Math.max(first[code], first[code - 1]);
    }
    targets = Arrays.copyOf(targets, size);
    sources = Arrays.copyOf(sources, size);
    spans.trim();
    byTarget = sortByTarget();
  }

  /**
   * The rows by target; those of one target stay in their order. Targets repeat: they are counted.
   */
  private int[] sortByTarget() {
    Map<String, Integer> ordinals = new HashMap<>();
    int[] ordinal = new int[size];
    for (int row = 0; row < size; row++) {
      Integer next = ordinals.size();
      Integer known = ordinals.putIfAbsent(targets[row], next);
      ordinal[row] = known == null ? next : known;
    }
    String[] sorted = new String[ordinals.size()];
    int[] rank = new int[ordinals.size()];
    ordinals.forEach((target, number) -> sorted[number] = target);
    Integer[] order = new Integer[sorted.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> sorted[a].compareTo(sorted[b]));
    for (int i = 0; i < order.length; i++) {
      rank[order[i]] = i;
    }
    int[] end = new int[sorted.length + 1];
    for (int row = 0; row < size; row++) {
      end[rank[ordinal[row]] + 1]++;
    }
    for (int i = 1; i < end.length; i++) {
      end[i] += end[i - 1];
    }
    int[] rows = new int[size];
    for (int row = 0; row < size; row++) {
      rows[end[rank[ordinal[row]]]++] = row;
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
    return targets[row];
  }

  int source(int row) {
    return sources[row];
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
              for (int row = 0; row < size; row++) {
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
    for (int row = 0; row < size; row++) {
      if (spans.isStatedBy(row, position) && spans.holdsOn(row, day)) {
        return true;
      }
    }
    return false;
  }

  /** The rows that lead to a target, by ascending source. */
  int[] rowsTo(String target) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (targets[byTarget[middle]].compareTo(target) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int end = low;
    while (end < size && targets[byTarget[end]].equals(target)) {
      end++;
    }
    return Arrays.copyOfRange(byTarget, low, end);
  }
}
