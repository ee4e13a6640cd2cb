package fr.pivot.crosswalk.lineage;

import fr.pivot.referential.correspondence.Match;
import org.jspecify.annotations.Nullable;

/**
 * A code that a translation leads to.
 *
 * @param code the code
 * @param match what it is, seen from the source
 * @param share what part of the source goes to it; null where nothing is known to count by
 */
public record Arrival(String code, Match match, @Nullable Share share) {

  /** The same code reached by one more step before: matches compose, shares multiply. */
  public Arrival after(Arrival before) {
    return new Arrival(code, before.match.then(match), Share.product(before.share, share));
  }

  /** The same code reached in two ways. */
  public Arrival and(Arrival other) {
    return new Arrival(
        code, match == other.match ? match : Match.RELATED, Share.sum(share, other.share));
  }
}
