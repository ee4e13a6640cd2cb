package fr.pivot.referential;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What part of a release its files state. The importer keeps the rest from the edition before, and
 * says so: INSEE's geographical code says nothing of EPCI, and nothing of the overseas
 * collectivities.
 *
 * @param snapshot whether the states are those of the reference day only: earlier states are then
 *     kept from the edition before, and those that are no longer listed end on the reference day
 * @param links the referentials that the links stated lead to; links to others are kept
 * @param linksAreSnapshot whether the links stated are those of the reference day only
 * @param measures whether figures are stated
 * @param successions whether successions are stated
 * @param uncoveredCodes a regular expression of the codes that the files never list, or null where
 *     they list all; such codes are kept whole, and those that a file beside them states after all
 *     are a snapshot of the reference day
 */
public record Coverage(
    boolean snapshot,
    Set<String> links,
    boolean linksAreSnapshot,
    boolean measures,
    boolean successions,
    @Nullable String uncoveredCodes) {

  /** Keeps copies that nobody can change. */
  public Coverage {
    links = Set.copyOf(links);
  }

  /** The files state nothing of it: all of it is kept. */
  public static Coverage nothing() {
    return new Coverage(false, Set.of(), false, false, false, "");
  }

  /** The files state everything, as a pack does. */
  public static Coverage whole(Set<String> links) {
    return new Coverage(false, links, false, true, true, null);
  }

  /** Whether the files state everything, so that nothing is kept from another edition. */
  public boolean isWhole() {
    return equals(whole(links));
  }

  /** Whether the files state nothing of it. */
  public boolean isNothing() {
    return equals(nothing());
  }

  /** Whether all that files of another coverage state is stated here as well. */
  public boolean states(Coverage other) {
    return (uncoveredCodes == null || uncoveredCodes.equals(other.uncoveredCodes))
        && (!snapshot || other.snapshot)
        && links.containsAll(other.links)
        && (!linksAreSnapshot || other.linksAreSnapshot || other.links.isEmpty())
        && (measures || !other.measures)
        && (successions || !other.successions);
  }
}
