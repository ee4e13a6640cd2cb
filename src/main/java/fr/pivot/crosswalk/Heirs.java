package fr.pivot.crosswalk;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.route.Place;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What codes of other days and editions of a referential are at one point of it: the answers of the
 * crosswalks that lead there. Safe for many threads.
 */
public final class Heirs {

  /** Of how many days the ways are kept. */
  private static final int MOST_WAYS = 512;

  private final Registry registry;
  private final Place to;
  private final Map<Place, Optional<Crosswalk>> ways = new ConcurrentHashMap<>();

  /**
   * Looks for heirs at a point.
   *
   * @param book the codes of the referential
   * @param release the edition in which they are looked for
   * @param date the day on which they must be in force
   */
  public Heirs(Registry registry, Codes book, Release release, LocalDate date) {
    this.registry = registry;
    this.to = new Place(book, release, date);
  }

  /**
   * What a code is at the point; with the status {@link Status#UNKNOWN} where it was not in force
   * on its day, or where nothing leads from there to the point.
   *
   * @param release the edition that knows the code
   * @param day a day on which it was in force
   */
  public Translation find(String code, Release release, LocalDate day) {
    Place from = new Place(to.codes(), release, day);
    if (ways.size() >= MOST_WAYS) {
      ways.clear();
    }
    return ways.computeIfAbsent(from, place -> Crosswalks.find(registry, place, to))
        .map(way -> way.translate(code))
        .orElseGet(() -> Translation.unknown(code));
  }
}
