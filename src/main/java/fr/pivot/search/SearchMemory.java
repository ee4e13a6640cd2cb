package fr.pivot.search;

import fr.pivot.registry.RegistryCache;
import fr.pivot.registry.RegistryCaches;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What is remembered from one search to the next. */
@Singleton
final class SearchMemory {

  /** Of how many points it is remembered what is there. */
  private static final long MOST_POINTS = 64;

  /** What an entry weighs beside its numbers, of four bytes each. */
  private static final int OVERHEAD = 40;

  /** How many numbers the heirs of ended rows are: 16 MB. */
  private static final long HEIRS = 4_000_000;

  /** How many ranks contexts are: 16 MB. */
  private static final long CONTEXTS = 4_000_000;

  private static final long MOST_TEXTS = 20_000;

  private final RegistryCache<At, CurrentCodes> points;
  private final RegistryCache<Ended, int[]> heirs;
  private final RegistryCache<Said, Optional<Constraint>> contexts;
  private final RegistryCache<Said, Optional<Context>> surroundings;

  /**
   * A point of a registry, by what tells it from others.
   *
   * @param release the id of its edition
   * @param day the number of its day
   */
  record At(long release, int day) {}

  /** A row that has ended, seen from a point. */
  record Ended(At at, int row) {}

  /** What is said beside a name at a point; where it is not said of what, the property is empty. */
  record Said(
      String referential, long release, LocalDate date, String property, List<String> values) {}

  SearchMemory(RegistryCaches caches) {
    points = caches.make("search-points", MOST_POINTS, (_, _) -> 1);
    heirs = caches.make("search-heirs", HEIRS, (_, ranks) -> OVERHEAD + ranks.length);
    contexts = caches.make("search-contexts", CONTEXTS, (_, known) -> OVERHEAD + size(known));
    surroundings = caches.make("search-surroundings", MOST_TEXTS, (_, _) -> 1);
  }

  private static int size(Optional<Constraint> constraint) {
    return constraint.orElse(null) instanceof Constraint.Codes codes
        ? codes.ever().length + codes.near().length
        : 0;
  }

  /** What is there at points. */
  RegistryCache<At, CurrentCodes> points() {
    return points;
  }

  /** What rows that have ended are at points. */
  RegistryCache<Ended, int[]> heirs() {
    return heirs;
  }

  /** What contexts mean at points. */
  RegistryCache<Said, Optional<Constraint>> contexts() {
    return contexts;
  }

  /** What texts beside names say. */
  RegistryCache<Said, Optional<Context>> surroundings() {
    return surroundings;
  }
}
