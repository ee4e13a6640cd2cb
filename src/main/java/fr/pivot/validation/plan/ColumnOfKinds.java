package fr.pivot.validation.plan;

import fr.pivot.validation.detection.ColumnNames;
import fr.pivot.validation.detection.ColumnSample;
import fr.pivot.validation.detection.Detector.Candidate;
import fr.pivot.validation.detection.Detector.Content;
import fr.pivot.validation.detection.Sample;
import fr.pivot.validation.value.CodeCheck;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Reading;
import fr.pivot.validation.value.Verdict;
import fr.pivot.validation.value.Yardstick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A column whose codes are of the kinds that another column says row by row.
 *
 * @param column the column of the codes
 * @param kind the kind that most of its values have
 * @param share which part of its values have the form of their kind
 * @param words how many words the names of both columns begin with
 * @param distance how many columns the one is from the other
 */
public record ColumnOfKinds(
    ColumnSample column, Yardstick kind, double share, int words, int distance) {

  /** The share of values that must have the form of the kind that their rows say. */
  private static final double OF_KINDS = 2.0 / 3;

  private static final Comparator<ColumnOfKinds> ORDER =
      Comparator.comparingInt(ColumnOfKinds::words)
          .thenComparingInt(of -> -of.distance())
          .thenComparingDouble(ColumnOfKinds::share);

  /**
   * The column that a column of kinds speaks of; empty where there is none.
   *
   * @param saying the column that says the kinds
   * @param bound the columns that hold something else
   */
  static Optional<ColumnOfKinds> find(
      Sample sample, ColumnSample saying, Kinds kinds, Set<Integer> bound) {
    List<ColumnOfKinds> likely = new ArrayList<>();
    for (ColumnSample column : sample.columns()) {
      int distance = Math.abs(column.rank() - saying.rank());
      int words = ColumnNames.sharedWords(column.name(), saying.name());
      boolean isNear = words > 0 || distance == 1 && ColumnNames.isCode(column.name());
      if (distance > 0 && isNear && !bound.contains(column.rank())) {
        weigh(sample, column, kinds, words, distance).ifPresent(likely::add);
      }
    }
    return likely.stream().max(ORDER);
  }

  private static Optional<ColumnOfKinds> weigh(
      Sample sample, ColumnSample column, Kinds kinds, int words, int distance) {
    int compared = 0;
    int formed = 0;
    Map<Yardstick, Integer> counts = new LinkedHashMap<>();
    for (String[] row : sample.rows()) {
      String value = row[column.rank()];
      CodeCheck check = Reading.isBlank(value) ? null : kinds.find(row[kinds.rank()], value);
      if (check != null) {
        compared++;
        Verdict verdict = check.check(value);
        formed += verdict.outcome() == Outcome.MALFORMED ? 0 : 1;
        counts.merge(check.yardstick(), 1, Integer::sum);
      }
    }
    if (compared == 0 || formed < OF_KINDS * compared) {
      return Optional.empty();
    }
    Yardstick most = Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    return Optional.of(
        new ColumnOfKinds(column, most, (double) formed / compared, words, distance));
  }

  /** What was found of the column, as detection tells it. */
  Candidate candidate() {
    return new Candidate(kind.referential(), Content.CODES, share, 0, share, share, false);
  }
}
