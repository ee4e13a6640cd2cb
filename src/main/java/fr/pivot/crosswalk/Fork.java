package fr.pivot.crosswalk;

import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Doubt;
import fr.pivot.crosswalk.route.Detour;
import fr.pivot.crosswalk.route.Journey;
import fr.pivot.crosswalk.route.Route;
import fr.pivot.crosswalk.route.Step;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The translation of a code whose way forks, or ends before its target. What a step carries nowhere
 * goes on by the best other way from there that carries it, so that a département keeps the postal
 * codes of a commune that states none itself, but whose arrondissements do.
 */
final class Fork {

  private final Registry registry;
  private final Route route;
  private final String code;
  private final Journey journey;
  private final Map<String, Arrival> targets;

  /** The other ways that were taken, with the successions followed in each of their steps. */
  private final Map<List<Step>, List<Set<Event>>> detours = new LinkedHashMap<>();

  /** How many steps of the route itself lead to targets. */
  private int carrying;

  private @Nullable Doubt doubt;
  private @Nullable String likely;

  Fork(Registry registry, Route route, String code) {
    this.registry = registry;
    this.route = route;
    this.code = code;
    this.journey = new Journey(registry, route.steps(), code);
    this.targets = new TreeMap<>(route.held(journey));
    this.doubt = journey.doubt();
    this.likely = journey.likely();
  }

  Translation translate() {
    rescue();
    Status status =
        targets.isEmpty()
            ? journey.isSilent() ? Status.UNKNOWN : Status.NONE
            : targets.size() == 1 ? Status.SINGLE : doubt == null ? Status.SPLIT : Status.AMBIGUOUS;
    boolean doubtful = status == Status.AMBIGUOUS;
    List<Step> steps = route.steps();
    List<Step> taken = new ArrayList<>();
    List<List<Event>> events = new ArrayList<>();
    for (int i = 0; i < (detours.isEmpty() ? steps.size() : carrying); i++) {
      taken.add(steps.get(i));
      events.add(journey.events(i));
    }
    detours.forEach(
        (way, followed) -> {
          taken.addAll(way);
          followed.forEach(all -> events.add(Journey.sort(all)));
        });
    return new Translation(
        code,
        status,
        List.copyOf(targets.values()),
        List.of(),
        0,
        doubtful ? doubt : null,
        doubtful ? likely : null,
        detours.isEmpty() ? null : List.copyOf(taken),
        events);
  }

  /** Goes back over the steps from the last one on, and looks for other ways where they end. */
  private void rescue() {
    Set<String> alive = new TreeSet<>(targets.keySet());
    Set<String> ended = new TreeSet<>();
    for (int taken = route.steps().size() - 1; taken >= 0; taken--) {
      Set<String> aliveBefore = new TreeSet<>();
      Set<String> endedBefore = new TreeSet<>();
      for (Arrival before : journey.before(taken).values()) {
        List<String> next = journey.next(taken, before.code());
        if (next.stream().anyMatch(alive::contains)) {
          carrying = Math.max(carrying, taken + 1);
          aliveBefore.add(before.code());
        } else if (next.stream().anyMatch(ended::contains)
            || next.isEmpty() && route.endsAt(taken, before.code())) {
          endedBefore.add(before.code());
        } else if (goRound(taken, before)) {
          aliveBefore.add(before.code());
        }
      }
      alive = aliveBefore;
      ended = endedBefore;
    }
  }

  private boolean goRound(int taken, Arrival before) {
    Set<String> dead = new HashSet<>();
    for (Detour detour : route.detours(taken)) {
      if (detour.beginnings().stream().anyMatch(dead::contains)) {
        continue;
      }
      List<Step> way = detour.steps();
      Journey other = new Journey(registry, way, before.code());
      Map<String, Arrival> held = route.held(other);
      if (!held.isEmpty()) {
        if (targets.isEmpty()) {
          doubt = other.doubt();
          likely = other.likely();
        } else {
          doubt = doubt == null ? other.doubt() : doubt;
        }
        held.values().forEach(a -> targets.merge(a.code(), a.after(before), Arrival::and));
        List<Set<Event>> events = detours.computeIfAbsent(way, _ -> newEvents(way.size()));
        for (int i = 0; i < way.size(); i++) {
          events.get(i).addAll(other.events(i));
        }
        return true;
      }
      dead.add(detour.beginnings().get(Math.min(other.length(), way.size() - 1)));
    }
    return false;
  }

  private static List<Set<Event>> newEvents(int steps) {
    List<Set<Event>> events = new ArrayList<>(steps);
    for (int i = 0; i < steps; i++) {
      events.add(new LinkedHashSet<>());
    }
    return events;
  }
}
