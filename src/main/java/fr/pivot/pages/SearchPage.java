package fr.pivot.pages;

import fr.pivot.referential.Referential;
import fr.pivot.search.Hit;
import java.util.List;

/**
 * What the page of a search says.
 *
 * @param q what was asked; empty where nothing was
 * @param within the referential that is looked in; empty for all
 * @param referentials those that can be looked in
 * @param results what was found, the best first
 */
record SearchPage(
    Frame frame, String q, String within, List<Referential> referentials, List<Result> results) {

  /**
   * What was found.
   *
   * @param place what it is and where; empty where nothing says
   * @param folded others found for the same reason in the same referential, shown when asked for
   */
  record Result(Referential referential, String place, Hit hit, List<Result> folded) {}

  /** How many there are, those that are folded too. */
  int count() {
    return results.size() + results.stream().mapToInt(r -> r.folded().size()).sum();
  }
}
