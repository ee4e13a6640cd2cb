package fr.pivot.registry;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Validity;
import fr.pivot.registry.Registry.Node;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands above and below concepts on a day without being known to: on a day between two lists,
 * what the earlier one says and the later one does not.
 *
 * @param release an edition of the concepts' referential; others are read beside it
 */
public record Standing(Registry registry, Release release, LocalDate day) {

  /** One step up or down, and the days of which it is known where that is not the day. */
  private record Rung(Node node, @Nullable Validity doubt) {}

  /**
   * What stands above a concept by no way that is known to hold on the day, with the days of which
   * it is known.
   */
  public Map<Node, Validity> listDoubtsAbove(Node start) {
    return mayDoubt() ? listDoubts(start, this::above) : Map.of();
  }

  /** The same of what stands below it. */
  public Map<Node, Validity> listDoubtsBelow(Node start) {
    return mayDoubt() ? listDoubts(start, this::below) : Map.of();
  }

  private boolean mayDoubt() {
    for (Codes codes : registry.listAll()) {
      Optional<Knowledge> knowledge = knowledge(codes.referential().id());
      if (knowledge.isPresent()
          && (knowledge.get().mayDoubt(ReleaseRows.CONCEPTS, day)
              || codes.referential().links().stream()
                  .map(LinkType::referential)
                  .anyMatch(linked -> knowledge.get().mayDoubt(linked, day)))) {
        return true;
      }
    }
    return false;
  }

  private Optional<Knowledge> knowledge(String referential) {
    return registry
        .findCodes(referential)
        .flatMap(c -> registry.catalog().findBeside(release, referential).map(c::knowledge));
  }

  private static Map<Node, Validity> listDoubts(Node start, Function<Node, List<Rung>> rungs) {
    Set<Node> sure = new HashSet<>(Set.of(start));
    Map<Node, Validity> doubts = new HashMap<>();
    climb(start, rungs, sure, doubts, false);
    climb(start, rungs, sure, doubts, true);
    return doubts;
  }

  /** Goes over all rungs, the nearest first: the sure ones only, or those that are not as well. */
  private static void climb(
      Node start,
      Function<Node, List<Rung>> rungs,
      Set<Node> sure,
      Map<Node, Validity> doubts,
      boolean doubtful) {
    Set<Node> seen = new HashSet<>(Set.of(start));
    Queue<Node> next = new ArrayDeque<>(List.of(start));
    for (Node at = next.poll(); at != null; at = next.poll()) {
      for (Rung rung : rungs.apply(at)) {
        if ((doubtful || rung.doubt() == null) && seen.add(rung.node())) {
          next.add(rung.node());
          if (!doubtful) {
            sure.add(rung.node());
          } else if (!sure.contains(rung.node())) {
            Validity doubt = rung.doubt() == null ? doubts.get(at) : rung.doubt();
            if (doubt != null) {
              doubts.put(rung.node(), doubt);
            }
          }
        }
      }
    }
  }

  private List<Rung> above(Node node) {
    Optional<Knowledge> knowledge = knowledge(node.referential());
    List<Rung> rungs = new ArrayList<>();
    if (knowledge.isPresent()) {
      for (Link link :
          knowledge.get().codes().listLinks(node.code(), knowledge.get().release(), day)) {
        if (link.relation() == Relation.BROADER) {
          Node above = new Node(link.referential(), link.target());
          rungs.add(new Rung(above, doubt(knowledge.get(), link, above)));
        }
      }
    }
    return rungs;
  }

  private List<Rung> below(Node node) {
    List<Rung> rungs = new ArrayList<>();
    for (Codes codes : registry.listAll()) {
      String referential = codes.referential().id();
      Optional<Knowledge> knowledge = knowledge(referential);
      if (knowledge.isEmpty()) {
        continue;
      }
      for (String code : registry.listLinked(Relation.BROADER, node, referential, release, day)) {
        Node below = new Node(referential, code);
        Validity doubt = null;
        for (Link link : codes.listLinks(code, knowledge.get().release(), day)) {
          if (link.relation() == Relation.BROADER
              && link.referential().equals(node.referential())
              && link.target().equals(node.code())) {
            doubt = doubt(knowledge.get(), link, below);
          }
        }
        rungs.add(new Rung(below, doubt));
      }
    }
    return rungs;
  }

  /** The days of which a link, or the concept that it leads to, is known; null where the day is. */
  private @Nullable Validity doubt(Knowledge bearer, Link link, Node reached) {
    Validity known = bearer.find(link);
    if (known == null || known.contains(day)) {
      known =
          knowledge(reached.referential())
              .map(
                  k -> {
                    ConceptState state = k.codes().findState(reached.code(), k.release(), day);
                    return state == null ? null : k.find(state);
                  })
              .orElse(null);
    }
    return known == null || known.contains(day) ? null : known;
  }
}
