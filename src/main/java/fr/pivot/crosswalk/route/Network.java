package fr.pivot.crosswalk.route;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.lineage.Lineage;
import fr.pivot.referential.Kind;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Relation;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The points of a registry and the steps between them: published tables, successions, parts, links.
 * The same registry gives the same steps in the same order.
 */
public final class Network {

  private static final int TABLE = 90;
  private static final int SUCCESSIONS = 100;
  private static final int LINK = 101;
  private static final int LOOSE_LINK = 110;
  private static final int STAYING = 150;

  private final Registry registry;
  private final Map<String, Lineage> lineages = new ConcurrentHashMap<>();

  /** A day as the editions beside one edition tell it. */
  record Moment(Release anchor, LocalDate date) {

    Moment(Point point) {
      this(point.release(), point.date());
    }
  }

  /**
   * A step that can be taken.
   *
   * @param cost how long it is; whatever carries codes farther costs about as much
   */
  record Edge(Step step, int cost) {}

  Network(Registry registry) {
    this.registry = registry;
  }

  Registry registry() {
    return registry;
  }

  /** The table that was published between two points, read in either direction. */
  Optional<Step> findTable(Point from, Point to) {
    for (Correspondence table : registry.listCorrespondences()) {
      Side source = table.head().source();
      Side target = table.head().target();
      if (isSide(from, source) && isSide(to, target)) {
        return Optional.of(new Step.ByTable(table, from, to, true));
      }
      if (isSide(from, target) && isSide(to, source)) {
        return Optional.of(new Step.ByTable(table, from, to, false));
      }
    }
    return Optional.empty();
  }

  /** A nomenclature is the same on every day of its edition; territories change. */
  private static boolean isSide(Point point, Side side) {
    return point.isOf(side.referential())
        && point.release().edition().equals(side.edition())
        && (point.kind() == Kind.NOMENCLATURE
            || point.date().equals(point.release().head().referenceDate()));
  }

  private Optional<Point> point(Side side) {
    return registry
        .catalog()
        .findRelease(side.referential(), side.edition())
        .flatMap(r -> point(side.referential(), r, r.head().referenceDate()));
  }

  private Optional<Point> point(String referential, Release release, LocalDate date) {
    return registry.findCodes(referential).map(book -> new Point(registry, book, release, date));
  }

  private Optional<Point> point(String referential, Moment moment) {
    return (referential.equals(moment.anchor().head().referential())
            ? Optional.of(moment.anchor())
            : registry.catalog().findBeside(moment.anchor(), referential))
        .flatMap(release -> point(referential, release, moment.date()));
  }

  /** The moments of the sides of all published tables. */
  List<Moment> listMomentsOfTables() {
    List<Moment> moments = new ArrayList<>();
    for (Correspondence table : registry.listCorrespondences()) {
      point(table.head().source()).ifPresent(p -> moments.add(new Moment(p)));
      point(table.head().target()).ifPresent(p -> moments.add(new Moment(p)));
    }
    return moments;
  }

  /** The steps that leave a point and end at one of these moments, or stay on its day. */
  List<Edge> leave(Point point, Collection<Moment> moments) {
    List<Edge> edges = new ArrayList<>();
    Consumer<Edge> into = edges::add;
    passTables(point, into);
    for (Moment moment : moments) {
      passTime(point, moment, into);
      passParts(point, moment, into);
    }
    for (Codes book : registry.listAll()) {
      passLinks(point, book, into);
    }
    return edges;
  }

  private void passTables(Point point, Consumer<Edge> edges) {
    for (Correspondence table : registry.listCorrespondences()) {
      Side source = table.head().source();
      Side target = table.head().target();
      if (isSide(point, source)) {
        point(target)
            .ifPresent(
                to -> edges.accept(new Edge(new Step.ByTable(table, point, to, true), TABLE)));
      }
      if (isSide(point, target)) {
        point(source)
            .ifPresent(
                to -> edges.accept(new Edge(new Step.ByTable(table, point, to, false), TABLE)));
      }
    }
  }

  /** From one day or edition of a referential to another. */
  private void passTime(Point point, Moment moment, Consumer<Edge> edges) {
    Optional<Point> then = point(point.referential().id(), moment);
    if (then.isEmpty() || then.get().toString().equals(point.toString())) {
      return;
    }
    Point to = then.get();
    // The codes of a nomenclature mean something else in another edition, whatever they look like.
    if (point.kind() == Kind.NOMENCLATURE && point.release().id() != to.release().id()) {
      return;
    }
    boolean told = point.codes().leadsTo(point.referential().id());
    edges.accept(
        new Edge(
            new Step.ThroughTime(point, to, lineage(younger(point, to)), this::lineage),
            told ? SUCCESSIONS : STAYING));
  }

  private static Point younger(Point a, Point b) {
    return a.release().position() > b.release().position() ? a : b;
  }

  private Lineage lineage(Point witness) {
    return lineages.computeIfAbsent(
        witness.referential().id() + '@' + witness.release().edition(),
        _ -> new Lineage(registry, witness.codes(), witness.release()));
  }

  /** Between units and the parts that they go on in. */
  private void passParts(Point point, Moment moment, Consumer<Edge> edges) {
    for (Codes book : registry.listAll()) {
      Optional<Point> then = point(book.referential().id(), moment);
      if (then.isEmpty() || book == point.codes()) {
        continue;
      }
      Point to = then.get();
      if (to.codes().leadsTo(point.referential().id())) {
        Lineage lineage = lineage(to);
        if (lineage.listParts().contains(point.referential().id())) {
          edges.accept(new Edge(new Step.Parts(point, to, lineage, true), SUCCESSIONS));
        }
      }
      if (point.codes().leadsTo(to.referential().id())) {
        Lineage lineage = lineage(point);
        if (lineage.listParts().contains(to.referential().id())) {
          edges.accept(new Edge(new Step.Parts(point, to, lineage, false), SUCCESSIONS));
        }
      }
    }
  }

  /** Up, down or along the links of the day. */
  private void passLinks(Point point, Codes book, Consumer<Edge> edges) {
    String other = book.referential().id();
    if (other.equals(point.referential().id())) {
      return;
    }
    Optional<Point> beside = point(other, new Moment(point));
    if (beside.isEmpty()) {
      return;
    }
    Point to = beside.get();
    for (LinkType link : point.codes().referential().links()) {
      if (link.referential().equals(other) && isStated(point, link)) {
        edges.accept(
            new Edge(new Step.AlongLinks(point, to, link.relation(), true), cost(link.relation())));
      }
    }
    for (LinkType link : book.referential().links()) {
      if (link.referential().equals(point.referential().id()) && isStated(to, link)) {
        edges.accept(
            new Edge(
                new Step.AlongLinks(point, to, link.relation(), false), cost(link.relation())));
      }
    }
  }

  private static int cost(Relation relation) {
    return relation == Relation.BROADER ? LINK : LOOSE_LINK;
  }

  private static boolean isStated(Point point, LinkType link) {
    return point
        .codes()
        .statesLinks(link.relation(), link.referential(), point.release(), point.date());
  }

  /**
   * A step in words that no other one of the registry has: the last resort where two routes are
   * equally good. What a code says itself comes before what others say of it.
   */
  public static String name(Step step) {
    String what =
        switch (step) {
          case Step.ByTable by ->
              "table " + by.table().head().id() + (by.forth() ? " forth" : " turned");
          case Step.ThroughTime _ -> "successions";
          case Step.Parts parts -> parts.out() ? "parts left" : "parts taken";
          case Step.AlongLinks along ->
              "links " + along.relation().id() + (along.up() ? " of its own" : " of the other");
        };
    return what + " from " + step.from() + " to " + step.to();
  }

  /** The names of the steps of a route, in order. */
  public static String name(Collection<Step> steps) {
    StringBuilder name = new StringBuilder();
    steps.forEach(step -> name.append(name(step)).append('\n'));
    return name.toString();
  }
}
