package fr.pivot.crosswalk;

import fr.pivot.catalog.Release;
import fr.pivot.codebook.Codebook;
import fr.pivot.codebook.Correspondence;
import fr.pivot.codebook.Registry;
import fr.pivot.referential.CorrespondenceHead.Side;
import fr.pivot.referential.Kind;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Relation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route between two places: the shortest one, over the graph whose nodes are places and
 * whose edges are successions, links and published tables (Dijkstra's algorithm; cycles end, as no
 * place is left twice).
 *
 * <p>A published table between the two places beats every composed route: publishers decide what
 * cannot be derived. Among routes of as many steps, tables come before links and links before the
 * mere staying of a code from one edition to another; then the names of the places decide, so that
 * the same question always takes the same route.
 */
final class Routes {

  private static final int TABLE = 90;
  private static final int SUCCESSIONS = 100;
  private static final int LINK = 101;
  private static final int LOOSE_LINK = 110;
  private static final int STAYING = 150;
  private static final int FARTHEST = 600;

  private final Registry registry;
  private final List<Moment> moments = new ArrayList<>();
  private final Map<String, Lineage> lineages = new ConcurrentHashMap<>();

  /** A day as the editions beside one edition tell it. */
  private record Moment(Release anchor, LocalDate date) {}

  /**
   * A place on the way.
   *
   * @param climbed whether the way here went up a hierarchy; going down again would lead to
   *     everything below
   */
  private record Node(Place place, boolean climbed) {
    String key() {
      return place + (climbed ? "^" : "");
    }
  }

  private record Reached(Node node, int cost, @Nullable Reached before, @Nullable Step step) {}

  Routes(Registry registry) {
    this.registry = registry;
  }

  /** The shortest route; empty where no way leads from one place to the other. */
  Optional<List<Step>> find(Place from, Place to) {
    if (from.toString().equals(to.toString())) {
      return Optional.of(List.of());
    }
    Optional<Step> published = findTable(from, to);
    if (published.isPresent()) {
      return Optional.of(List.of(published.get()));
    }
    moments.add(new Moment(from.release(), from.date()));
    moments.add(new Moment(to.release(), to.date()));
    for (Correspondence table : registry.listCorrespondences()) {
      for (Side side : List.of(table.head().source(), table.head().target())) {
        place(side).ifPresent(p -> moments.add(new Moment(p.release(), p.date())));
      }
    }
    return search(from, to);
  }

  private Optional<Step> findTable(Place from, Place to) {
    for (Correspondence table : registry.listCorrespondences()) {
      Side source = table.head().source();
      Side target = table.head().target();
      if (isSide(from, source) && isSide(to, target)) {
        return Optional.of(new Step.By(table, from, to, true));
      }
      if (isSide(from, target) && isSide(to, source)) {
        return Optional.of(new Step.By(table, from, to, false));
      }
    }
    return Optional.empty();
  }

  /** A nomenclature is the same on every day of its edition; territories change. */
  private static boolean isSide(Place place, Side side) {
    return place.referential().equals(side.referential())
        && place.release().edition().equals(side.edition())
        && (isNomenclature(place) || place.date().equals(place.release().head().referenceDate()));
  }

  private static boolean isNomenclature(Place place) {
    return place.codebook().referential().kind() == Kind.NOMENCLATURE;
  }

  private Optional<Place> place(Side side) {
    return registry
        .catalog()
        .findRelease(side.referential(), side.edition())
        .flatMap(r -> place(side.referential(), r, r.head().referenceDate()));
  }

  private Optional<Place> place(String referential, Release release, LocalDate date) {
    return registry.findCodebook(referential).map(book -> new Place(book, release, date));
  }

  private Optional<Place> place(String referential, Moment moment) {
    return (referential.equals(moment.anchor().head().referential())
            ? Optional.of(moment.anchor())
            : registry.catalog().findBeside(moment.anchor(), referential))
        .flatMap(release -> place(referential, release, moment.date()));
  }

  private Optional<List<Step>> search(Place from, Place to) {
    PriorityQueue<Reached> frontier =
        new PriorityQueue<>(
            Comparator.comparingInt(Reached::cost)
                .thenComparing(r -> r.node().key())
                .thenComparing(r -> r.before() == null ? "" : r.before().node().key()));
    Set<String> left = new HashSet<>();
    frontier.add(new Reached(new Node(from, false), 0, null, null));
    while (!frontier.isEmpty()) {
      Reached reached = frontier.poll();
      if (reached.node().place().toString().equals(to.toString())) {
        return Optional.of(steps(reached));
      }
      if (left.add(reached.node().key())) {
        leave(reached, frontier);
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

  private void leave(Reached reached, PriorityQueue<Reached> frontier) {
    Place place = reached.node().place();
    boolean climbed = reached.node().climbed();
    for (Correspondence table : registry.listCorrespondences()) {
      Side source = table.head().source();
      Side target = table.head().target();
      if (isSide(place, source)) {
        place(target)
            .ifPresent(
                to -> go(reached, frontier, new Step.By(table, place, to, true), climbed, TABLE));
      }
      if (isSide(place, target)) {
        place(source)
            .ifPresent(
                to -> go(reached, frontier, new Step.By(table, place, to, false), climbed, TABLE));
      }
    }
    for (Moment moment : new LinkedHashSet<>(moments)) {
      passTime(reached, frontier, moment);
      passParts(reached, frontier, moment);
    }
    for (Codebook book : registry.listCodebooks()) {
      passLinks(reached, frontier, book);
    }
  }

  private void go(
      Reached reached, PriorityQueue<Reached> frontier, Step step, boolean climbed, int cost) {
    if (reached.cost() + cost <= FARTHEST) {
      frontier.add(new Reached(new Node(step.to(), climbed), reached.cost() + cost, reached, step));
    }
  }

  /** From one day or edition of a referential to another. */
  private void passTime(Reached reached, PriorityQueue<Reached> frontier, Moment moment) {
    Place place = reached.node().place();
    Optional<Place> then = place(place.referential(), moment);
    if (then.isEmpty() || then.get().toString().equals(place.toString())) {
      return;
    }
    Place to = then.get();
    // The codes of a nomenclature mean something else in another edition, whatever they look like.
    if (isNomenclature(place) && place.release().id() != to.release().id()) {
      return;
    }
    boolean told = place.codebook().leadsTo(place.referential());
    go(
        reached,
        frontier,
        new Step.Through(place, to, lineage(younger(place, to)), this::lineage),
        reached.node().climbed(),
        told ? SUCCESSIONS : STAYING);
  }

  private static Place younger(Place a, Place b) {
    return a.release().position() > b.release().position() ? a : b;
  }

  private Lineage lineage(Place witness) {
    return lineages.computeIfAbsent(
        witness.referential() + '@' + witness.release().edition(),
        _ -> new Lineage(registry, witness.codebook(), witness.release()));
  }

  /** Between units and the parts that they go on in. */
  private void passParts(Reached reached, PriorityQueue<Reached> frontier, Moment moment) {
    Place place = reached.node().place();
    for (Codebook book : registry.listCodebooks()) {
      Optional<Place> then = place(book.referential().id(), moment);
      if (then.isEmpty() || book == place.codebook()) {
        continue;
      }
      Place to = then.get();
      if (to.codebook().leadsTo(place.referential())) {
        Lineage lineage = lineage(to);
        if (lineage.listParts().contains(place.referential())) {
          go(
              reached,
              frontier,
              new Step.Parts(place, to, lineage, true),
              reached.node().climbed(),
              SUCCESSIONS);
        }
      }
      if (place.codebook().leadsTo(to.referential())) {
        Lineage lineage = lineage(place);
        if (lineage.listParts().contains(to.referential()) && !reached.node().climbed()) {
          go(reached, frontier, new Step.Parts(place, to, lineage, false), false, SUCCESSIONS);
        }
      }
    }
  }

  /** Up, down or along the links of the day. */
  private void passLinks(Reached reached, PriorityQueue<Reached> frontier, Codebook book) {
    Place place = reached.node().place();
    String other = book.referential().id();
    if (other.equals(place.referential())) {
      return;
    }
    Optional<Place> beside = place(other, new Moment(place.release(), place.date()));
    if (beside.isEmpty()) {
      return;
    }
    Place to = beside.get();
    boolean climbed = reached.node().climbed();
    for (LinkType link : place.codebook().referential().links()) {
      if (link.referential().equals(other)) {
        boolean up = link.relation() == Relation.BROADER;
        go(
            reached,
            frontier,
            new Step.Along(place, to, link.relation(), true),
            climbed || up,
            up ? LINK : LOOSE_LINK);
      }
    }
    for (LinkType link : book.referential().links()) {
      boolean down = link.relation() == Relation.BROADER;
      if (link.referential().equals(place.referential()) && !(down && climbed)) {
        go(
            reached,
            frontier,
            new Step.Along(place, to, link.relation(), false),
            climbed,
            down ? LINK : LOOSE_LINK);
      }
    }
  }
}
