package fr.pivot.crosswalk.route;

import fr.pivot.crosswalk.route.Network.Edge;
import fr.pivot.crosswalk.route.Network.Moment;
import fr.pivot.referential.Kind;
import fr.pivot.registry.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ways between two points, for codes that the route does not carry: facts are stated of some
 * codes here and of others there, as La Poste states the postal codes of the arrondissements of
 * Paris and none of Paris.
 *
 * <p>A single code is held to more than a route is, because what it is led to by a far way would
 * pass for an answer about itself: each step must lead to what is meant ({@link Progress}), no
 * referential of territories is entered twice, and all takes place on the days and in the editions
 * of both ends.
 */
final class Detours {

  private static final int FARTHEST = 500;
  private static final int MOST = 40;

  private final Network network;
  private final Point start;
  private final Point end;
  private final Set<Moment> moments;

  /**
   * A way so far.
   *
   * @param steps its steps
   * @param cost how long they are
   * @param at where it ends
   * @param entered the referentials that it was in, and the points
   * @param progress what was done
   */
  private record Way(List<Step> steps, int cost, Point at, Set<String> entered, Progress progress) {

    private static final Comparator<Way> ORDER =
        Comparator.comparingInt(Way::cost).thenComparing(w -> Network.name(w.steps()));

    /** The same way, to go on from its end. */
    Way begin() {
      return new Way(List.of(), 0, at, entered, progress);
    }
  }

  Detours(Network network, Point start, Point end) {
    this.network = network;
    this.start = start;
    this.end = end;
    this.moments = new LinkedHashSet<>(List.of(new Moment(start), new Moment(end)));
  }

  Network network() {
    return network;
  }

  Point start() {
    return start;
  }

  Point end() {
    return end;
  }

  /**
   * The other ways from a point of a route to its end, the best first: those that begin with
   * another step than the route, since those that begin with the same one leave it later.
   *
   * @param route the route
   * @param taken how many of its steps were taken
   */
  List<Detour> find(List<Step> route, int taken) {
    Way way = beginning();
    for (Step step : route.subList(0, taken)) {
      way = take(way, new Edge(step, 0));
      if (way == null) {
        return List.of();
      }
    }
    String next = Network.name(route.get(taken));
    return list(way.begin()).stream()
        .filter(w -> !Network.name(w.steps().getFirst()).equals(next))
        .limit(MOST)
        .map(w -> new Detour(w.steps()))
        .toList();
  }

  /** The ways that are as short as a route, itself among them; empty for one that is none. */
  List<List<Step>> listAsShortAs(List<Step> route) {
    String name = Network.name(route);
    List<Way> all = list(beginning());
    return all.stream()
        .filter(w -> Network.name(w.steps()).equals(name))
        .findFirst()
        .map(w -> all.stream().filter(o -> o.cost() == w.cost()).map(Way::steps).toList())
        .orElse(List.of());
  }

  private Way beginning() {
    return new Way(
        List.of(), 0, start, Set.of(start.referential().id(), start.toString()), Progress.NONE);
  }

  private List<Way> list(Way way) {
    List<Way> found = new ArrayList<>();
    follow(way, found);
    found.sort(Way.ORDER);
    return found;
  }

  private void follow(Way way, List<Way> found) {
    if (way.at().toString().equals(end.toString())) {
      found.add(way);
      return;
    }
    for (Edge edge : network.leave(way.at(), moments)) {
      Way next = take(way, edge);
      if (next != null) {
        follow(next, found);
      }
    }
  }

  /** The way with one more step; null where that step may not be taken. */
  private static @Nullable Way take(Way way, Edge edge) {
    Step step = edge.step();
    Point to = step.to();
    Progress progress = way.progress();
    int cost = way.cost() + edge.cost() + (progress.passesTimeUntold(step) ? 1 : 0);
    boolean within = to.kind() == Kind.NOMENCLATURE || Progress.staysWithin(step);
    if (cost > FARTHEST
        || way.entered().contains(within ? to.toString() : to.referential().id())
        || !progress.allows(step)) {
      return null;
    }
    Set<String> entered = new HashSet<>(way.entered());
    entered.add(to.referential().id());
    entered.add(to.toString());
    List<Step> steps = new ArrayList<>(way.steps());
    steps.add(step);
    return new Way(List.copyOf(steps), cost, to, entered, progress.after(step));
  }
}
