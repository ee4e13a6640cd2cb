package fr.pivot.registry.memory;

import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Validity;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The states of the codes of a codebook: a row each, those of a code side by side, by date, of all
 * editions together. A row is some numbers; texts are made where they are asked for.
 */
final class StateTable {

  private final Referential referential;

  /** The first row of each rank; after the last one, how many rows there are. */
  private final int[] first;

  private final Spans spans;
  private final byte[] levels;
  private final TextColumn labels;

  /** What codes are called in other languages, by language, in alphabetical order. */
  private final Map<String, TextColumn> otherLabels;

  /** The attributes of each row, null where it has none; rows share theirs. */
  private final @Nullable Map<String, String>[] attributes;

  private final BitSet derived;

  private StateTable(Builder builder) {
    int size = builder.size;
    referential = builder.referential;
    first = Arrays.copyOf(builder.first, builder.ranks + 1);
    first[builder.ranks] = size;
    first[builder.ranks] = size;
    builder.spans.trim();
    spans = builder.spans;
    levels = Arrays.copyOf(builder.levels, size);
    labels = builder.labels.build();
    otherLabels = new TreeMap<>();
    builder.otherLabels.forEach(
        (language, column) -> {
          column.fill(size);
          otherLabels.put(language, column.build());
        });
    attributes = Arrays.copyOf(builder.attributes, size);
    derived = builder.derived;
  }

  private StateTable(Referential referential, ColumnReader columns) {
    this.referential = referential;
    first = columns.ints();
    spans = Spans.readFrom(columns);
    levels = columns.bytes();
    labels = TextColumn.readFrom(columns);
    otherLabels = new TreeMap<>();
    for (int left = columns.number(); left > 0; left--) {
      otherLabels.put(columns.text(), TextColumn.readFrom(columns));
    }
    attributes = columns.maps();
    derived = BitSet.valueOf(columns.longs());
  }

  static StateTable readFrom(Referential referential, ColumnReader columns) {
    return new StateTable(referential, columns);
  }

  void writeTo(ColumnWriter columns) {
    columns.ints(first);
    spans.writeTo(columns);
    columns.bytes(levels);
    labels.writeTo(columns);
    columns.number(otherLabels.size());
    otherLabels.forEach(
        (language, column) -> {
          columns.text(language);
          column.writeTo(columns);
        });
    columns.maps(attributes);
    columns.longs(derived.toLongArray());
  }

  /** The first row of the code at a rank; they end where those of the next rank begin. */
  int first(int rank) {
    return first[rank];
  }

  /** The row of the state in force at a rank; negative where there is none on that day. */
  int find(int rank, int position, int day) {
    for (int row = first[rank]; row < first[rank + 1]; row++) {
      if (spans.isStatedBy(row, position) && spans.holdsOn(row, day)) {
        return row;
      }
    }
    return -1;
  }

  boolean isStatedBy(int row, int position) {
    return spans.isStatedBy(row, position);
  }

  boolean holdsOn(int row, int day) {
    return spans.holdsOn(row, day);
  }

  int firstDay(int row) {
    return spans.firstDay(row);
  }

  Validity validity(int row) {
    return spans.validity(row);
  }

  String label(int row) {
    return labels.get(row);
  }

  int labelLength(int row) {
    return labels.length(row);
  }

  /** What a row calls its code in another language; null where it does not say. */
  @Nullable String label(int row, String language) {
    TextColumn column = otherLabels.get(language);
    return column == null ? null : column.getOrNull(row);
  }

  /** What a row calls its code in other languages, by language. */
  Map<String, String> otherLabels(int row) {
    if (otherLabels.isEmpty()) {
      return Map.of();
    }
    Map<String, String> said = new LinkedHashMap<>();
    otherLabels.forEach(
        (language, column) -> {
          String label = column.getOrNull(row);
          if (label != null) {
            said.put(language, label);
          }
        });
    return Collections.unmodifiableMap(said);
  }

  Map<String, String> attributes(int row) {
    Map<String, String> stated = attributes[row];
    return stated == null ? Map.of() : stated;
  }

  /** The rank of the level of a row, the highest level first. */
  int level(int row) {
    return levels[row];
  }

  /** The state that a row gives a code, which is its own. */
  ConceptState state(String code, int row) {
    return new ConceptState(
        code,
        spans.validity(row),
        referential.levels().get(levels[row]).id(),
        labels.get(row),
        otherLabels(row),
        attributes(row),
        derived.get(row));
  }

  /** States that are being collected, by code and then by date. */
  static final class Builder {

    private final Referential referential;
    private int[] first = new int[256];
    private int ranks;
    private int size;
    private final Spans spans = new Spans();
    private byte[] levels = new byte[256];
    private final TextColumn.Builder labels = new TextColumn.Builder();
    private final Map<String, TextColumn.Builder> otherLabels = new HashMap<>();

    @SuppressWarnings("unchecked")
    private @Nullable Map<String, String>[] attributes = new Map[256];

    private final Map<Map<String, String>, Map<String, String>> known = new HashMap<>();
    private final BitSet derived = new BitSet();

    Builder(Referential referential) {
      this.referential = referential;
    }

    /** Begins the rows of the next rank. */
    void beginCode() {
      if (ranks + 2 > first.length) {
        first = Arrays.copyOf(first, first.length * 2);
      }
      first[ranks++] = size;
    }

    void add(ConceptState state, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
      if (size == levels.length) {
        levels = Arrays.copyOf(levels, size * 2);
        attributes = Arrays.copyOf(attributes, size * 2);
      }
      levels[size] = (byte) levelRank(state.level());
      labels.add(state.label());
      state
          .labels()
          .forEach(
              (language, label) -> {
                TextColumn.Builder column =
                    otherLabels.computeIfAbsent(language, _ -> new TextColumn.Builder());
                column.fill(size);
                column.add(label);
              });
      attributes[size] =
          state.attributes().isEmpty()
              ? null
              : known.computeIfAbsent(state.attributes(), stated -> stated);
      derived.set(size, state.derived());
      spans.add(state.validity().from(), state.validity().to(), firstRelease, endRelease);
      size++;
    }

    private int levelRank(String level) {
      for (int i = 0; i < referential.levels().size(); i++) {
        if (referential.levels().get(i).id().equals(level)) {
          return i;
        }
      }
      throw new IllegalArgumentException("no level " + level + " in " + referential.id());
    }

    StateTable build() {
      return new StateTable(this);
    }
  }
}
