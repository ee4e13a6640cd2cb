package fr.pivot.validation.detection;

import fr.pivot.text.Discretion;
import fr.pivot.validation.value.CodeForm;
import fr.pivot.validation.value.Reading;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The different values of a column and how often each came, as far as a file was read. Not safe for
 * several threads.
 */
public final class ColumnSample {

  /** How many different values are remembered; what comes later is counted with the rest. */
  public static final int MOST_VALUES = 1 << 17;

  private final String name;
  private final int rank;
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private long rows;
  private long empty;

  /** An empty sample of a column. */
  public ColumnSample(String name, int rank) {
    this.name = name;
    this.rank = rank;
  }

  /** Adds a value of the column. */
  public void add(String value) {
    rows++;
    if (Reading.isBlank(value)) {
      empty++;
    } else if (value.length() <= CodeForm.LONGEST
        && (counts.size() < MOST_VALUES || counts.containsKey(value))) {
      counts.merge(value, 1, Integer::sum);
    }
  }

  /** Takes back a value that was no data. */
  void remove(String value) {
    rows--;
    if (Reading.isBlank(value)) {
      empty--;
    } else {
      counts.computeIfPresent(value, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Begins anew. */
  public void forget() {
    counts.clear();
    rows = 0;
    empty = 0;
  }

  /** The column's name, as its header writes it. */
  public String name() {
    return name;
  }

  /** Its name, or its number where what stands in the place of its name looks personal. */
  public String toldName() {
    return Discretion.name(name, rank);
  }

  /** Its place in the header, from 0. */
  public int rank() {
    return rank;
  }

  /** The different values with their counts, in the order in which they came. */
  public Map<String, Integer> counts() {
    return counts;
  }

  /** How many rows were read. */
  public long rows() {
    return rows;
  }

  /** How many of them say nothing in this column. */
  public long empty() {
    return empty;
  }
}
