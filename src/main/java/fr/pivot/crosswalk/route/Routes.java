package fr.pivot.crosswalk.route;

import fr.pivot.crosswalk.route.Network.Edge;
import fr.pivot.crosswalk.route.Network.Moment;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route between two points: the shortest one, over the graph whose nodes are points and
 * whose edges are successions, links and published tables (Dijkstra's algorithm; cycles end, as no
 * point is left twice).
 *
 * <p>A published table between the two points beats every composed route: publishers decide what
 * cannot be derived. A route that makes a <em>detour</em> is only taken where there is none
 * without: one that leads to something else than what is meant ({@link Progress}), or that passes
 * through the parts of units on its way, since most units have none. Among routes of as many steps,
 * tables come before links and links before the mere staying of a code from one edition to another,
 * and time is passed where most is told of it; of equally good ones the one that carries most codes
 * is taken; then the names of the steps decide, so that the same question always takes the same
 * route. Where a route carries no code at all, the best other one is taken that does.
 */
public final class Routes {

  private static final int FARTHEST = 600;

  private final Network network;

  /** A point on the way, and what was done until there. */
  private record Node(Point point, Progress progress) {
    String key() {
      return point + " " + progress;
    }
  }

  private record Reached(
      Node node,
      int detours,
      int cost,
      String name,
      @Nullable Reached before,
      @Nullable Step step) {

    private static final Comparator<Reached> ORDER =
        Comparator.comparingInt(Reached::detours)
            .thenComparingInt(Reached::cost)
            .thenComparing(Reached::name);
  }

  /** Finds routes in a registry; what was found is remembered. */
  public Routes(Registry registry) {
    this.network = new Network(registry);
  }

  /** The route; empty where no way leads from one point to the other. */
  public Optional<Route> find(Point from, Point to) {
    Detours ways = new Detours(network, from, to);
    if (from.toString().equals(to.toString())) {
      return Optional.of(new Route(List.of(), ways));
    }
    return network
        .findTable(from, to)
        .map(List::of)
        .or(() -> search(from, to))
        .map(steps -> Route.best(steps, ways));
  }

  private Optional<List<Step>> search(Point from, Point to) {
    Set<Moment> moments = new LinkedHashSet<>(List.of(new Moment(from), new Moment(to)));
    moments.addAll(network.listMomentsOfTables());
    PriorityQueue<Reached> frontier = new PriorityQueue<>(Reached.ORDER);
    Set<String> left = new HashSet<>();
    frontier.add(new Reached(new Node(from, Progress.NONE), 0, 0, "", null, null));
    while (!frontier.isEmpty()) {
      Reached reached = frontier.poll();
      if (reached.node().point().toString().equals(to.toString())) {
        return Optional.of(steps(reached));
      }
      if (left.add(reached.node().key())) {
        for (Edge edge : network.leave(reached.node().point(), moments)) {
          Reached next = take(reached, edge, to.referential().id());
          if (next != null) {
            frontier.add(next);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<Step> steps(Reached last) {
    List<Step> steps = new ArrayList<>();
    for (Reached at = last; at != null && at.step() != null; at = at.before()) {
      steps.addFirst(at.step());
    }
    return List.copyOf(steps);
  }

  private static @Nullable Reached take(Reached reached, Edge edge, String target) {
    Step step = edge.step();
    Progress progress = reached.node().progress();
    Move move = Move.of(step);
    int cost = reached.cost() + edge.cost() + (progress.passesTimeUntold(step) ? 1 : 0);
    if (cost > FARTHEST || progress.climbed() && (move == Move.DOWN || move == Move.PARTS)) {
      return null;
    }
    boolean throughParts = move == Move.PARTS && !step.to().isOf(target);
    return new Reached(
        new Node(step.to(), progress.after(step)),
        reached.detours() + (progress.allows(step) ? 0 : 1) + (throughParts ? 1 : 0),
        cost,
        reached.name() + Network.name(step) + '\n',
        reached,
        step);
  }
}
