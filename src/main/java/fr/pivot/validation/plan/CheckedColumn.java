package fr.pivot.validation.plan;

import fr.pivot.validation.detection.Detector.Candidate;
import fr.pivot.validation.value.CodeCheck;
import org.jspecify.annotations.Nullable;

/**
 * A column that is held against a referential.
 *
 * @param rank its place in the header, from 0
 * @param name its name, as the header writes it
 * @param check what judges its values
 * @param dateRank the place of the column with the day of each row; -1 where one day counts for all
 * @param required whether a cell that says nothing is an error
 * @param detected why it was taken for one that holds the referential; null where the caller says
 *     so
 * @param kinds the column that says of what each row's code is one; null where all are of one
 *     referential
 */
public record CheckedColumn(
    int rank,
    String name,
    CodeCheck check,
    int dateRank,
    boolean required,
    @Nullable Candidate detected,
    @Nullable Kinds kinds) {

  /** Whether it was found by its values alone, and may hold something else. */
  boolean isGuessed() {
    return detected != null && detected.guessed();
  }

  /** The place of the column that says of what each row's code is one; -1 where none does. */
  public int kindRank() {
    return kinds == null ? -1 : kinds.rank();
  }
}
