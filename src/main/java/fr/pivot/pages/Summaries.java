package fr.pivot.pages;

import fr.pivot.catalog.Release;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is counted over a whole edition, kept until the next publication: a page must not read all
 * codes again for each reader.
 */
@Singleton
public final class Summaries {

  private record Kept(Registry registry, Map<Long, Map<String, Integer>> levels) {}

  private volatile @Nullable Kept kept;

  /** How many codes are in force on the reference day of an edition, by level. */
  public Map<String, Integer> countLevels(Point point) {
    Kept now = kept;
    if (now == null || now.registry() != point.registry()) {
      now = new Kept(point.registry(), new ConcurrentHashMap<>());
      kept = now;
    }
    return now.levels().computeIfAbsent(point.release().id(), _ -> count(point));
  }

  private static Map<String, Integer> count(Point point) {
    Release release = point.release();
    LocalDate day = release.head().referenceDate();
    Map<String, Integer> levels = new HashMap<>();
    point
        .codes()
        .forEachState(
            release,
            state -> {
              if (state.validity().contains(day)) {
                levels.merge(state.level(), 1, Integer::sum);
              }
            });
    return Map.copyOf(levels);
  }
}
