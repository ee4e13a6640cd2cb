package fr.pivot.crosswalk.changes;

import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.changes.Changes.Change;
import fr.pivot.lookup.CodeProblems;
import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether changes concern a territory: a code before or after is it, lies under it or is tied to
 * it, the one before on the eve of the change, the one after on its day. Where a link changed, what
 * it led to counts as well.
 */
public final class Territory {

  private final Registry registry;
  private final Release witness;
  private final LocalDate from;
  private final LocalDate to;
  private final List<Node> above;

  /**
   * A territory.
   *
   * @param above the concepts that changes must concern, all of them, with their own codes
   */
  public Territory(Point from, Point to, List<Node> above) {
    this.registry = to.registry();
    this.witness = Release.younger(from.release(), to.release());
    this.from = from.date();
    this.to = to.date();
    this.above = List.copyOf(above);
  }

  /**
   * Concepts as a request names them, with the codes as their publishers write them.
   *
   * @throws fr.pivot.finding.ProblemException where one was never a code
   */
  public static List<Node> canonical(Registry registry, List<Node> named, LocalDate today) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : named) {
      Point point = Points.find(registry, Reference.latest(node.referential()), today);
      String code =
          point
              .codes()
              .findCanonical(node.code())
              .orElseThrow(() -> CodeProblems.unknown(point, node.code()).exception());
      nodes.add(new Node(node.referential(), code));
    }
    return nodes;
  }

  /** Those of some changes that concern the territory; all of them where there is none. */
  public List<Change> filter(List<Change> changes) {
    return above.isEmpty() ? changes : changes.stream().filter(this::concerns).toList();
  }

  private boolean concerns(Change change) {
    LocalDate date = change.date();
    LocalDate eve = date == null ? from : date.minusDays(1);
    LocalDate day = date == null ? to : date;
    String own = witness.head().referential();
    for (Node territory : above) {
      boolean before =
          change.code() != null
              && (lies(new Node(own, change.code()), territory, eve)
                  || led(change.property(), change.before(), territory, eve));
      boolean after =
          change.codeAfter() != null
              && (lies(new Node(change.referentialAfter(), change.codeAfter()), territory, day)
                  || led(change.property(), change.after(), territory, day));
      if (!before && !after) {
        return false;
      }
    }
    return true;
  }

  /** Whether a link that changed led into the territory. */
  private boolean led(
      @Nullable String property, List<String> targets, Node territory, LocalDate day) {
    if (property == null) {
      return false;
    }
    return registry
        .catalog()
        .findReferential(witness.head().referential())
        .orElseThrow()
        .links()
        .stream()
        .filter(l -> l.property().equals(property))
        .anyMatch(
            l ->
                targets.stream().anyMatch(t -> lies(new Node(l.referential(), t), territory, day)));
  }

  /**
   * Whether a concept is the territory, lies under it or is tied to it. A link straight into the
   * referential of the territory decides, so that most are done in one step.
   */
  private boolean lies(Node start, Node territory, LocalDate day) {
    Set<Node> seen = new HashSet<>(Set.of(start));
    Deque<Node> next = new ArrayDeque<>(seen);
    while (!next.isEmpty()) {
      Node node = next.poll();
      if (node.equals(territory)) {
        return true;
      }
      boolean decided = false;
      List<Node> up = new ArrayList<>();
      for (Link link : links(node, day)) {
        Node target = new Node(link.referential(), link.target());
        if (target.equals(territory)) {
          return true;
        }
        if (link.relation() == Relation.BROADER) {
          decided |=
              link.referential().equals(territory.referential())
                  && !link.referential().equals(node.referential());
          up.add(target);
        }
      }
      if (!decided) {
        up.stream().filter(seen::add).forEach(next::add);
      }
    }
    return false;
  }

  private List<Link> links(Node node, LocalDate day) {
    Codes codes = registry.findCodes(node.referential()).orElse(null);
    return codes == null
        ? List.of()
        : registry
            .catalog()
            .findBeside(witness, node.referential())
            .map(beside -> codes.listLinks(node.code(), beside, day))
            .orElse(List.of());
  }
}
