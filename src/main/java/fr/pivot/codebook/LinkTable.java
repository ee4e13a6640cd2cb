package fr.pivot.codebook;

import java.util.Arrays;

/** The links of a codebook that lead to one referential with one meaning. */
final class LinkTable {

  private final Spans spans = new Spans();
  private final int[] first;
  private String[] targets = new String[64];
  private int[] sources = new int[64];
  private boolean[] derived = new boolean[64];
  private int size;
  private int[] byTarget = {};

  LinkTable(int codes) {
    first = new int[codes + 1];
  }

  /** Adds a link; links must come in the order of their source codes. */
  int add(int source, String target, boolean isDerived) {
    if (size == targets.length) {
      int length = size + (size >> 1);
      targets = Arrays.copyOf(targets, length);
      sources = Arrays.copyOf(sources, length);
      derived = Arrays.copyOf(derived, length);
    }
    targets[size] = target;
    sources[size] = source;
    derived[size] = isDerived;
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
    derived = Arrays.copyOf(derived, size);
    spans.trim();
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> targets[a].compareTo(targets[b]));
    byTarget = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
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
    return derived[row];
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
