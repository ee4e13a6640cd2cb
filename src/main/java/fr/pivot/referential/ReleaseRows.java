package fr.pivot.referential;

import java.time.LocalDate;
import java.util.Collection;

/**
 * Takes the content of a release, row by row, so that no reader has to hold it whole. Rows of
 * different kinds may come in any order.
 */
public interface ReleaseRows {

  /** What {@link #observed} calls the states of concepts. */
  String CONCEPTS = "concepts";

  /** What {@link #observed} calls the figures. */
  String MEASURES = "measures";

  /** Takes a state of a concept. */
  void concept(ConceptState state);

  /** Takes a link. */
  void link(Link link);

  /** Takes a succession. */
  void succession(Succession succession);

  /** Takes a figure. */
  void measure(Measure measure);

  /**
   * Takes the days on which lists showed a part of the release. A date of that part that was worked
   * out and is such a day truly lies after the one before it, and not after the day itself. A part
   * whose dates are all stated has none.
   *
   * @param part {@link #CONCEPTS}, {@link #MEASURES}, or the referential that links lead to
   */
  default void observed(String part, Collection<LocalDate> days) {}
}
