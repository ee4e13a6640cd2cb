package fr.pivot.registry.memory;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The successions of a codebook, by date, with the editions that state them; found by the code that
 * they begin with and by the code that they lead to.
 */
final class SuccessionTable {

  private final List<Stated> all;
  private final Map<String, int[]> from = new HashMap<>();
  private final Map<String, Map<String, int[]>> to = new HashMap<>();

  private record Stated(Succession succession, int firstRelease, int endRelease) {
    boolean isStatedBy(Release release) {
      return firstRelease <= release.position() && release.position() < endRelease;
    }
  }

  private SuccessionTable(List<Stated> all) {
    this.all = all;
    Map<String, List<Integer>> rowsFrom = new HashMap<>();
    Map<String, Map<String, List<Integer>>> rowsTo = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      Succession succession = all.get(i).succession();
      if (succession.code() != null) {
        rowsFrom.computeIfAbsent(succession.code(), _ -> new ArrayList<>(1)).add(i);
      }
      if (succession.codeAfter() != null) {
        rowsTo
            .computeIfAbsent(succession.referentialAfter(), _ -> new HashMap<>())
            .computeIfAbsent(succession.codeAfter(), _ -> new ArrayList<>(1))
            .add(i);
      }
    }
    rowsFrom.forEach((code, rows) -> from.put(code, ints(rows)));
    rowsTo.forEach(
        (target, byCode) -> {
          Map<String, int[]> index = new HashMap<>();
          byCode.forEach((code, rows) -> index.put(code, ints(rows)));
          to.put(target, index);
        });
  }

  private static int[] ints(Collection<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  static SuccessionTable readFrom(ColumnReader columns) {
    @Nullable String[] before = columns.textsOrNull();
    String[] referentials = columns.texts();
    @Nullable String[] after = columns.textsOrNull();
    String[] kinds = columns.texts();
    @Nullable String[] types = columns.textsOrNull();
    int[] numbers = columns.ints();
    Stated[] list = new Stated[before.length];
    for (int i = 0; i < list.length; i++) {
      Succession succession =
          new Succession(
              LocalDate.ofEpochDay(numbers[4 * i]),
              before[i],
              referentials[i],
              after[i],
              SuccessionKind.valueOf(kinds[i]),
              types[i],
              numbers[4 * i + 3] == 1);
      list[i] = new Stated(succession, numbers[4 * i + 1], numbers[4 * i + 2]);
    }
    return new SuccessionTable(List.of(list));
  }

  void writeTo(ColumnWriter columns) {
    int size = all.size();
    columns.texts(size, i -> all.get(i).succession().code());
    columns.texts(size, i -> all.get(i).succession().referentialAfter());
    columns.texts(size, i -> all.get(i).succession().codeAfter());
    columns.texts(size, i -> all.get(i).succession().kind().name());
    columns.texts(size, i -> all.get(i).succession().type());
    int[] numbers = new int[4 * size];
    for (int i = 0; i < size; i++) {
      Stated stated = all.get(i);
      numbers[4 * i] = (int) stated.succession().date().toEpochDay();
      numbers[4 * i + 1] = stated.firstRelease();
      numbers[4 * i + 2] = stated.endRelease();
      numbers[4 * i + 3] = stated.succession().derived() ? 1 : 0;
    }
    columns.ints(numbers);
  }

  /** The referentials that they lead to. */
  Set<String> listTargets() {
    return to.keySet();
  }

  boolean leadsTo(String referentialAfter) {
    return to.containsKey(referentialAfter);
  }

  List<Succession> listFrom(String code, Release release) {
    return stated(from.get(code), release);
  }

  List<Succession> listTo(String referentialAfter, String codeAfter, Release release) {
    Map<String, int[]> index = to.get(referentialAfter);
    return index == null ? List.of() : stated(index.get(codeAfter), release);
  }

  private List<Succession> stated(int @Nullable [] rows, Release release) {
    if (rows == null) {
      return List.of();
    }
    List<Succession> list = new ArrayList<>(rows.length);
    for (int row : rows) {
      if (all.get(row).isStatedBy(release)) {
        list.add(all.get(row).succession());
      }
    }
    return list;
  }

  List<Succession> list(Release release) {
    return all.stream().filter(s -> s.isStatedBy(release)).map(Stated::succession).toList();
  }

  /** Successions that are being collected, by date. */
  static final class Builder {
    private final List<Stated> all = new ArrayList<>();

    void add(Succession succession, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
      all.add(
          new Stated(
              succession,
              firstRelease == null ? Integer.MIN_VALUE : firstRelease,
              endRelease == null ? Integer.MAX_VALUE : endRelease));
    }

    SuccessionTable build() {
      return new SuccessionTable(List.copyOf(all));
    }
  }
}
