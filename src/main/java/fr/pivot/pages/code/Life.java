package fr.pivot.pages.code;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.registry.Codes;
import fr.pivot.registry.EventsOfDay;
import fr.pivot.registry.EventsOfDay.Passage;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The life of a code: everything that happened to it, and the part of it that can be drawn. Who
 * lived before under another code is followed back, what became of it is followed on until a code
 * in force, and a chain within one day is followed to its end.
 *
 * @param story everything that happened, by day
 * @param lanes the codes to draw with all their states, the one that is told of first
 * @param own the codes that are the same unit as the one told of
 * @param ties which led to which
 * @param hidden how many codes there was no room for
 */
record Life(
    NavigableMap<LocalDate, List<EventsOfDay>> story,
    Map<Node, List<ConceptState>> lanes,
    Set<Node> own,
    List<Tie> ties,
    int hidden) {

  /** How many codes are drawn at most; a merger of more is told in words. */
  private static final int MOST_LANES = 24;

  /** How many codes are followed. */
  private static final int MOST_FOLLOWED = 40;

  /**
   * A code that led to another one.
   *
   * @param date the first day of the new state
   * @param derived whether that day was worked out by comparing editions
   */
  record Tie(LocalDate date, Node from, Node to, boolean derived) {}

  /** The life of a code, as an edition tells it. */
  static Life of(Registry registry, Node node, Release release) {
    return new Reader(registry, node, release).read();
  }

  /** Collects it. */
  private static final class Reader {

    private final Registry registry;
    private final Node node;
    private final Release release;
    private final NavigableMap<LocalDate, List<EventsOfDay>> story = new TreeMap<>();
    private final Set<Node> own = new LinkedHashSet<>();
    private final Set<Tie> ties = new LinkedHashSet<>();
    private final Deque<Heir> heirs = new ArrayDeque<>();
    private final Set<Heir> followed = new HashSet<>();

    /** A code to follow on from a day. */
    private record Heir(Node node, LocalDate since) {}

    Reader(Registry registry, Node node, Release release) {
      this.registry = registry;
      this.node = node;
      this.release = release;
    }

    Life read() {
      Deque<Node> same = new ArrayDeque<>(List.of(node));
      while (!same.isEmpty()) {
        Node unit = same.poll();
        if (own.add(unit) && own.size() <= MOST_FOLLOWED) {
          for (EventsOfDay happening : list(unit)) {
            tell(happening);
            tie(unit, happening);
            before(unit, happening).ifPresent(same::add);
          }
        }
      }
      LocalDate end = end();
      if (end != null) {
        ties.stream()
            .filter(t -> t.from().equals(node) && t.date().equals(end) && !t.to().equals(node))
            .forEach(t -> heirs.add(new Heir(t.to(), end)));
      }
      while (!heirs.isEmpty() && followed.size() < MOST_FOLLOWED) {
        follow(heirs.poll());
      }
      for (Tie tie : List.copyOf(ties)) {
        sameDay(tie);
      }
      return life();
    }

    private List<EventsOfDay> list(Node of) {
      return registry
          .catalog()
          .findBeside(release, of.referential())
          .map(beside -> EventsOfDay.list(registry, of, beside))
          .orElse(List.of());
    }

    private void tell(EventsOfDay happening) {
      List<EventsOfDay> day = story.computeIfAbsent(happening.date(), _ -> new ArrayList<>());
      if (!day.contains(happening)) {
        day.add(happening);
      }
    }

    /** The first day after the last state of the code; null where it goes on. */
    private @Nullable LocalDate end() {
      List<ConceptState> states = states(node);
      return states.isEmpty() ? null : states.getLast().validity().to();
    }

    /** The code that a unit had before it was recoded. */
    private Optional<Node> before(Node unit, EventsOfDay happening) {
      if (happening.kind() != SuccessionKind.RECODED
          || happening.before().size() != 1
          || happening.after().size() != 1
          || !happening.after().getFirst().node().equals(unit)) {
        return Optional.empty();
      }
      Node former = happening.before().getFirst().node();
      return former.referential().equals(unit.referential())
          ? Optional.of(former)
          : Optional.empty();
    }

    /**
     * Draws what happened: codes of other referentials only where the unit itself comes from there
     * or goes there, for a commune that becomes a commune déléguée is drawn as what it merged into.
     */
    private void tie(Node unit, EventsOfDay happening) {
      for (Passage passage : happening.passages()) {
        Node from = passage.before();
        Node to = passage.after();
        if (from == null || to == null) {
          continue;
        }
        boolean fromHere = from.referential().equals(node.referential());
        boolean toHere = to.referential().equals(node.referential());
        boolean leaves = from.equals(unit) && !toHere && !goesOnHere(unit, happening.date());
        boolean enters = to.equals(unit) && !fromHere && !comesFromHere(unit, happening.date());
        if ((fromHere && toHere) || leaves || enters) {
          ties.add(new Tie(happening.date(), from, to, happening.derived()));
        }
      }
    }

    private boolean goesOnHere(Node unit, LocalDate date) {
      return registry.listSuccessors(unit, release).stream()
          .map(Registry.Event::succession)
          .anyMatch(
              s ->
                  s.date().equals(date)
                      && s.codeAfter() != null
                      && s.referentialAfter().equals(node.referential()));
    }

    private boolean comesFromHere(Node unit, LocalDate date) {
      return registry.listPredecessors(unit, release).stream()
          .anyMatch(
              e ->
                  e.succession().date().equals(date)
                      && e.succession().code() != null
                      && e.referential().equals(node.referential()));
    }

    /** Goes on with what a ceased code became, from the day on which it did. */
    private void follow(Heir heir) {
      if (!followed.add(heir)) {
        return;
      }
      for (EventsOfDay happening : list(heir.node())) {
        boolean isBefore = happening.before().stream().anyMatch(p -> p.node().equals(heir.node()));
        boolean later = happening.date().isAfter(heir.since());
        if (!isBefore || (!later && !happening.date().equals(heir.since()))) {
          continue;
        }
        for (Passage passage : happening.passages()) {
          Node to = passage.after();
          if (heir.node().equals(passage.before())
              && to != null
              && to.referential().equals(node.referential())
              && (later || !to.equals(heir.node()))) {
            tell(happening);
            ties.add(new Tie(happening.date(), heir.node(), to, happening.derived()));
            heirs.add(new Heir(to, happening.date()));
          }
        }
      }
    }

    /** Goes back along a chain within one day: what a code had just become. */
    private void sameDay(Tie tie) {
      if (!states(tie.from()).isEmpty()) {
        return;
      }
      for (EventsOfDay happening : list(tie.from())) {
        for (Passage passage : happening.passages()) {
          Node from = passage.before();
          if (happening.date().equals(tie.date())
              && from != null
              && tie.from().equals(passage.after())
              && !from.equals(tie.from())) {
            ties.add(new Tie(tie.date(), from, tie.from(), happening.derived()));
          }
        }
      }
    }

    private List<ConceptState> states(Node of) {
      Codes codes = registry.findCodes(of.referential()).orElse(null);
      Release beside =
          of.referential().equals(node.referential())
              ? release
              : registry.catalog().findBeside(release, of.referential()).orElse(null);
      return codes == null || beside == null ? List.of() : codes.listStates(of.code(), beside);
    }

    private Life life() {
      Set<Node> nodes = new LinkedHashSet<>();
      nodes.add(node);
      nodes.addAll(own);
      List<Tie> ordered =
          ties.stream()
              .sorted(
                  Comparator.comparing(Tie::date)
                      .thenComparing(t -> t.from().code())
                      .thenComparing(t -> t.to().code()))
              .toList();
      // What it became is never left out for want of room.
      ordered.stream().filter(t -> nodes.contains(t.from())).forEach(t -> nodes.add(t.to()));
      followed.forEach(h -> nodes.add(h.node()));
      for (Tie tie : ordered) {
        nodes.add(tie.from());
        nodes.add(tie.to());
      }
      List<Node> met = new ArrayList<>();
      ordered.forEach(t -> met.addAll(List.of(t.from(), t.to())));
      Map<Node, List<ConceptState>> lanes = new LinkedHashMap<>();
      nodes.stream()
          .limit(MOST_LANES)
          .sorted(Comparator.comparing((Node n) -> !own.contains(n)).thenComparing(met::indexOf))
          .forEach(n -> lanes.put(n, states(n)));
      return new Life(
          story,
          lanes,
          own,
          ordered.stream()
              .filter(t -> lanes.containsKey(t.from()) && lanes.containsKey(t.to()))
              .toList(),
          Math.max(0, nodes.size() - MOST_LANES));
    }
  }
}
