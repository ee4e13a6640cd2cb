package fr.pivot.registry;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.github.benmanes.caffeine.cache.stats.ConcurrentStatsCounter;
import com.github.benmanes.caffeine.cache.stats.StatsCounter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is remembered within something that is itself kept for a while only: a cache of each, told
 * together.
 */
public enum BriefCaches {
  /** How many codes a list has, in each referential. */
  LIST_TOTALS,
  /** Which codes lead to one, in each crosswalk. */
  CROSSWALK_SOURCES,
  /** The crosswalks that lead to a point. */
  HEIR_WAYS;

  private final ConcurrentStatsCounter counts = new ConcurrentStatsCounter();

  /** Counts what caches of the kind do. */
  public StatsCounter counter() {
    return counts;
  }

  /** How all of them do; what they hold is not known. */
  public static List<CacheFigures> list() {
    return Arrays.stream(values())
        .map(
            kind -> {
              CacheStats stats = kind.counts.snapshot();
              return new CacheFigures(
                  kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                  0,
                  0,
                  0,
                  stats.hitCount(),
                  stats.missCount(),
                  stats.evictionCount());
            })
        .toList();
  }
}
