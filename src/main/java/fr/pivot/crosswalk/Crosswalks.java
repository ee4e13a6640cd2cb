package fr.pivot.crosswalk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.pivot.catalog.Reference;
import fr.pivot.crosswalk.route.Place;
import fr.pivot.crosswalk.route.Routes;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The crosswalks in use: finding a route costs more than following it, so that those asked for
 * lately are kept. A publication makes a new registry, and with it new crosswalks.
 */
@Singleton
public final class Crosswalks {

  private record Key(String from, String to) {}

  private record Kept(Registry registry, Cache<Key, Optional<Crosswalk>> crosswalks) {
    Kept(Registry registry) {
      this(registry, Caffeine.newBuilder().maximumSize(256).build());
    }
  }

  private volatile @Nullable Kept kept;

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
                    .with("from", notation(begin))
                    .with("to", notation(end))
                    .exception());
  }

  /** The crosswalk between two points of one registry; empty where no route leads there. */
  public Optional<Crosswalk> find(Point from, Point to) {
    Kept now = kept;
    if (now == null || now.registry() != from.registry()) {
      now = new Kept(from.registry());
      kept = now;
    }
    return now.crosswalks()
        .get(new Key(notation(from), notation(to)), _ -> make(from.registry(), from, to));
  }

  private static String notation(Point point) {
    return point.resolved().notation();
  }

  private static Optional<Crosswalk> make(Registry registry, Point from, Point to) {
    return find(registry, place(from), place(to));
  }

  private static Place place(Point point) {
    return new Place(point.codes(), point.release(), point.date());
  }

  /** The crosswalk between two places; empty where no route leads there. */
  static Optional<Crosswalk> find(Registry registry, Place from, Place to) {
    return new Routes(registry).find(from, to).map(r -> new Crosswalk(registry, from, to, r));
  }
}
