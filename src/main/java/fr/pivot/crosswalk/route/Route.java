package fr.pivot.crosswalk.route;

import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.registry.Point;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps from one point to another, and the other ways for codes that they do not carry. Safe
 * for many threads.
 */
public final class Route {

  /** Of how many codes it is asked which of several routes carries most. */
  private static final int SAMPLE = 200;

  private final List<Step> steps;
  private final Detours ways;
  private final boolean naming;
  private final Map<Integer, List<Detour>> detours = new ConcurrentHashMap<>();
  private final Map<Integer, Set<String>> levels = new ConcurrentHashMap<>();

  Route(List<Step> steps, Detours ways) {
    this.steps = List.copyOf(steps);
    this.ways = ways;
    this.naming = steps.stream().map(Move::of).allMatch(m -> m == Move.TIME || m == Move.NAME);
  }

  /** The steps, in order. */
  public List<Step> steps() {
    return steps;
  }

  /**
   * The other ways to the end for what a step does not carry, the best first. There are none for a
   * route that passes time and names only: who bears a SIREN that is no commune's is no commune.
   *
   * @param taken how many steps were taken before
   */
  public List<Detour> detours(int taken) {
    return naming
        ? List.of()
        : detours.computeIfAbsent(taken, already -> ways.find(steps, already));
  }

  /**
   * Whether it is the last word that a step leads nowhere from a code: a table between two editions
   * of a nomenclature, or to the nomenclature that is asked for, says what becomes of each code of
   * the levels that it lists, and what it leaves out becomes nothing.
   *
   * @param taken how many steps were taken before
   */
  public boolean endsAt(int taken, String code) {
    Step step = steps.get(taken);
    if (!(step instanceof Step.ByTable by)
        || Move.of(step) != Move.MEANING
        || taken + 1 < steps.size() && !by.from().isOf(by.to().referential().id())) {
      return false;
    }
    String level = by.from().level(code);
    return level != null && levels.computeIfAbsent(taken, _ -> levels(by)).contains(level);
  }

  private static Set<String> levels(Step.ByTable by) {
    Set<String> levels = new HashSet<>();
    for (Association line : by.table().listAssociations()) {
      String level = by.from().level(by.forth() ? line.source() : line.target());
      if (level != null) {
        levels.add(level);
      }
    }
    return levels;
  }

  /**
   * The route along the shortest steps; of several as short the one that carries most codes of a
   * sample; where none of these carries any code at all, the best other way that does.
   */
  static Route best(List<Step> shortest, Detours ways) {
    Route route = new Route(shortest, ways);
    if (route.naming) {
      return route;
    }
    List<List<Step>> equal = ways.listAsShortAs(shortest);
    if (equal.size() > 1) {
      List<String> sample = sample(ways.start());
      int most = -1;
      for (List<Step> steps : equal) {
        Route other = new Route(steps, ways);
        int carried = (int) sample.stream().filter(other::carries).count();
        if (carried > most) {
          most = carried;
          route = other;
        }
      }
    }
    return route.orOneThatCarries();
  }

  private static List<String> sample(Point start) {
    List<String> codes = start.codes().listInForce(start.release(), start.date());
    List<String> sample = new ArrayList<>();
    for (int i = 0; i < Math.min(SAMPLE, codes.size()); i++) {
      sample.add(codes.get((int) ((long) i * codes.size() / Math.min(SAMPLE, codes.size()))));
    }
    return sample;
  }

  private Route orOneThatCarries() {
    if (detours(0).isEmpty() || carriesAny()) {
      return this;
    }
    for (Detour detour : detours(0)) {
      Route other = new Route(detour.steps(), ways);
      if (other.carriesAny()) {
        return other;
      }
    }
    return this;
  }

  private boolean carriesAny() {
    Point start = ways.start();
    return start.codes().listInForce(start.release(), start.date()).stream()
        .anyMatch(this::carries);
  }

  private boolean carries(String code) {
    return carries(steps, code);
  }

  /** Whether some steps to the end carry a code there. */
  public boolean carries(List<Step> along, String code) {
    return !held(new Journey(ways.network().registry(), along, code)).isEmpty();
  }

  /** What a journey reaches: codes that the edition at the end does not know are no answer. */
  public Map<String, Arrival> held(Journey journey) {
    Map<String, Arrival> held = new TreeMap<>();
    journey
        .reached()
        .forEach(
            (code, arrival) -> {
              if (ways.end().holds(code)) {
                held.put(code, arrival);
              }
            });
    return held;
  }
}
