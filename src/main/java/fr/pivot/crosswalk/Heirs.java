package fr.pivot.crosswalk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.pivot.catalog.Release;
import fr.pivot.registry.BriefCaches;
import fr.pivot.registry.Point;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What codes of other days and editions of a referential are at one point of it: the answers of the
 * crosswalks that lead there. Safe for many threads.
 */
public final class Heirs {

  /** Of how many days the ways are kept. */
  private static final int MOST_WAYS = 512;

  private final Point to;

  /** Where a code comes from: an edition, by its number, and a day. */
  private record From(long release, LocalDate day) {}

  private final Cache<From, Optional<Crosswalk>> ways =
      Caffeine.newBuilder()
          .maximumSize(MOST_WAYS)
          .executor(Runnable::run)
          .recordStats(BriefCaches.HEIR_WAYS::counter)
          .build();

  /** Looks for heirs at a point, where they must be in force. */
  public Heirs(Point to) {
    this.to = to;
  }

  /**
   * What a code is at the point; with the status {@link Status#UNKNOWN} where it was not in force
   * on its day, or where nothing leads from there to the point.
   *
   * @param release the edition that knows the code
   * @param day a day on which it was in force
   */
  public Translation find(String code, Release release, LocalDate day) {
    return ways.get(
            new From(release.id(), day), _ -> Crosswalks.make(to.in(release).withDate(day), to))
        .map(way -> way.translate(code))
        .orElseGet(() -> Translation.unknown(code));
  }
}
