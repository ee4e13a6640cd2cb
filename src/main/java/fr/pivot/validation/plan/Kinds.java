package fr.pivot.validation.plan;

import fr.pivot.referential.Referential;
import fr.pivot.text.Words;
import fr.pivot.validation.detection.ColumnNames;
import fr.pivot.validation.detection.ColumnSample;
import fr.pivot.validation.detection.Detector;
import fr.pivot.validation.value.CodeCheck;
import fr.pivot.validation.value.CodeForm;
import fr.pivot.validation.value.Reading;
import fr.pivot.validation.value.Yardstick;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column that says for each row of what the code beside it is one, as {@code
 * lieuExecution.typeCode} does: "Code postal", "Code commune". Its words are read as names of
 * columns, which descriptors list. Safe for many threads.
 */
public final class Kinds {

  /** The share of the cells that must name codes. */
  private static final double MOSTLY = 0.9;

  /** More different cells are no kinds. */
  private static final int MOST_KINDS = 50;

  private final int rank;
  private final Detector detector;
  private final Function<Referential, Yardstick> yardsticks;
  private final Map<String, List<CodeCheck>> checks = new ConcurrentHashMap<>();

  /**
   * A column of kinds.
   *
   * @param rank its place in the header
   * @param yardsticks what codes of a referential are held against
   */
  Kinds(int rank, Detector detector, Function<Referential, Yardstick> yardsticks) {
    this.rank = rank;
    this.detector = detector;
    this.yardsticks = yardsticks;
  }

  /** Whether the values of a column are kinds of codes. */
  static boolean areIn(ColumnSample column, Detector detector) {
    if (column.counts().size() > MOST_KINDS) {
      return false;
    }
    long all = 0;
    long kinds = 0;
    for (Map.Entry<String, Integer> cell : column.counts().entrySet()) {
      all += cell.getValue();
      boolean isKind =
          ColumnNames.isCode(cell.getKey()) && !detector.listCalled(cell.getKey()).isEmpty();
      kinds += isKind ? cell.getValue() : 0;
    }
    return kinds > 0 && kinds >= MOSTLY * all;
  }

  int rank() {
    return rank;
  }

  /**
   * What judges a value of a kind; null where the kind says nothing of it.
   *
   * @param kind what the column says in the row of the value
   */
  public @Nullable CodeCheck find(String kind, String value) {
    List<CodeCheck> likely =
        kind.length() > CodeForm.LONGEST
            ? List.of()
            : checks.size() < MOST_KINDS
                ? checks.computeIfAbsent(Words.fold(kind), this::list)
                : checks.getOrDefault(Words.fold(kind), List.of());
    String text = Reading.listPlain(value).getLast().text();
    return likely.stream()
        .filter(check -> CodeForm.hasForm(check.yardstick().referential(), text))
        .findFirst()
        .orElse(likely.isEmpty() ? null : likely.getFirst());
  }

  private List<CodeCheck> list(String kind) {
    return !ColumnNames.isCode(kind)
        ? List.of()
        : detector.listCalled(kind).stream().map(yardsticks).map(detector::check).toList();
  }
}
