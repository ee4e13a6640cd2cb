package fr.pivot.referential;

/**
 * Takes the content of a release, row by row, so that no reader has to hold it whole. Rows of
 * different kinds may come in any order.
 */
public interface ReleaseRows {

  /** Takes a state of a concept. */
  void concept(ConceptState state);

  /** Takes a link. */
  void link(Link link);

  /** Takes a succession. */
  void succession(Succession succession);

  /** Takes a figure. */
  void measure(Measure measure);
}
