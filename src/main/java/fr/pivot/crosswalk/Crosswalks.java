package fr.pivot.crosswalk;

import fr.pivot.catalog.Reference;
import fr.pivot.crosswalk.route.Routes;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.RegistryCache;
import fr.pivot.registry.RegistryCaches;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The crosswalks in use: finding a route costs more than following it, so that those asked for
 * lately are kept. A publication makes a new registry, and with it new crosswalks.
 */
@Singleton
public final class Crosswalks {

  private record Key(String from, String to) {}

  /** How many are kept. */
  private static final long MOST = 256;

  private final RegistryCache<Key, Optional<Crosswalk>> crosswalks;

  /** Keeps crosswalks among what is remembered. */
  public Crosswalks(RegistryCaches caches) {
    crosswalks = caches.make("crosswalks", MOST, (_, _) -> 1);
  }

  /**
   * The crosswalk between two references.
   *
   * @throws ProblemException where there is no such point, nothing is known of its day, or no route
   *     leads from one to the other
   */
  public Crosswalk get(Points points, Reference from, Reference to) {
    Point begin = Points.known(points.find(from));
    Point end = Points.known(points.find(to));
    if (begin.registry() != end.registry()) {
      // Something was published in between: both must be of one moment.
      return get(points, from, to);
    }
    return find(begin, end)
        .orElseThrow(
            () ->
                ProblemType.NO_ROUTE
                    .with("from", begin.notation())
                    .with("to", end.notation())
                    .exception());
  }

  /** The crosswalk between two points of one registry; empty where no route leads there. */
  public Optional<Crosswalk> find(Point from, Point to) {
    return crosswalks.get(
        from.registry(), new Key(from.notation(), to.notation()), _ -> make(from, to));
  }

  /** A crosswalk that is not kept; empty where no route leads there. */
  static Optional<Crosswalk> make(Point from, Point to) {
    return new Routes(from.registry()).find(from, to).map(route -> new Crosswalk(from, to, route));
  }
}
