package fr.pivot.pages;

import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Release;
import fr.pivot.codebook.Registry;
import fr.pivot.crosswalk.Changes;
import fr.pivot.crosswalk.Changes.Change;
import fr.pivot.lookup.Point;
import fr.pivot.lookup.Points;
import fr.pivot.referential.SuccessionKind;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is counted over a whole edition, kept until the next publication: a page must not read all
 * codes again for each reader.
 */
@Singleton
final class Summaries {

  /** How many changes are told one by one. */
  private static final int MOST_TOLD = 40;

  /**
   * What is counted of an edition.
   *
   * @param levels how many codes are in force on the reference day, by level
   * @param before the edition before; null for the oldest
   * @param counts how many changes there were since, by kind
   * @param changes the first of them, those of codes before those of what they belong to
   */
  record Summary(
      Map<String, Integer> levels,
      @Nullable Release before,
      Map<SuccessionKind, Integer> counts,
      List<Change> changes) {

    /** How many changes there were. */
    int total() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  private record Kept(Registry registry, Map<Long, Summary> summaries) {}

  private volatile @Nullable Kept kept;

  /** What is counted of the edition of a point. */
  Summary of(Point point) {
    Kept now = kept;
    if (now == null || now.registry() != point.registry()) {
      now = new Kept(point.registry(), new ConcurrentHashMap<>());
      kept = now;
    }
    return now.summaries().computeIfAbsent(point.release().id(), _ -> count(point));
  }

  private static Summary count(Point point) {
    Release release = point.release();
    LocalDate day = release.head().referenceDate();
    Map<String, Integer> levels = new HashMap<>();
    point
        .codebook()
        .forEachState(
            release,
            state -> {
              if (state.validity().contains(day)) {
                levels.merge(state.level(), 1, Integer::sum);
              }
            });
    List<Release> releases = point.registry().catalog().listReleases(point.referential().id());
    int place = releases.indexOf(release);
    if (place < 1) {
      return new Summary(levels, null, Map.of(), List.of());
    }
    Release before = releases.get(place - 1);
    List<Change> changes = Changes.between(at(point, before), at(point, release));
    Map<SuccessionKind, Integer> counts = new EnumMap<>(SuccessionKind.class);
    changes.forEach(c -> counts.merge(c.kind(), 1, Integer::sum));
    List<Change> told = new ArrayList<>(changes);
    told.sort(Comparator.comparing((Change c) -> c.kind() == SuccessionKind.MOVED));
    return new Summary(
        levels, before, counts, List.copyOf(told.subList(0, Math.min(MOST_TOLD, told.size()))));
  }

  private static Point at(Point point, Release release) {
    return Points.find(
        point.registry(),
        new Reference(point.referential().id(), release.edition(), null),
        release.head().referenceDate());
  }
}
