package fr.pivot.crosswalk.changes;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.changes.Changes.Change;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.RegistryCache;
import fr.pivot.registry.RegistryCaches;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What changed between points, kept until the next publication: to work it out, all codes are
 * compared, and readers ask for the same few stretches again and again.
 */
@Singleton
public final class ChangeLists {

  /** How many changes are kept in all, at about 150 bytes each: 15 MB. */
  private static final long MOST = 100_000;

  private record Key(long from, LocalDate since, long to, LocalDate until) {}

  /** Of how many editions it is kept how many changes they brought. */
  private static final long MOST_EDITIONS = 2_000;

  private final RegistryCache<Key, List<Change>> lists;

  /** How many changes each edition brought, by the id of the edition. */
  private final RegistryCache<Long, Map<SuccessionKind, Integer>> counts;

  ChangeLists(RegistryCaches caches) {
    lists = caches.make("changes", MOST, (_, list) -> 10 + list.size());
    counts = caches.make("change-counts", MOST_EDITIONS, (_, _) -> 1);
  }

  /**
   * The changes from an earlier point to a later one, by date; those without a date come last.
   *
   * @throws fr.pivot.finding.ProblemException where the first is the later one
   */
  public List<Change> between(Point from, Point to) {
    Key key = new Key(from.release().id(), from.date(), to.release().id(), to.date());
    return lists.get(to.registry(), key, _ -> Changes.between(from, to));
  }

  /** What an edition changed since the one before it; nothing for the oldest. */
  public List<Change> of(Registry registry, Release release) {
    Optional<Release> before = registry.catalog().findBefore(release);
    return before.isEmpty()
        ? List.of()
        : between(Points.find(registry, before.get()), Points.find(registry, release));
  }

  /** How many changes of each kind an edition brought. */
  public Map<SuccessionKind, Integer> count(Registry registry, Release release) {
    return counts.get(registry, release.id(), _ -> count(of(registry, release)));
  }

  /** How many changes there are of each kind, those that there are. */
  public static Map<SuccessionKind, Integer> count(List<Change> changes) {
    Map<SuccessionKind, Integer> counts = new EnumMap<>(SuccessionKind.class);
    changes.forEach(c -> counts.merge(c.kind(), 1, Integer::sum));
    return Collections.unmodifiableMap(counts);
  }
}
