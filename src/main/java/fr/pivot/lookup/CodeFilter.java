package fr.pivot.lookup;

import fr.pivot.catalog.Release;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.RequestTarget;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Level;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Text;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry.Node;
import fr.pivot.registry.memory.Codebook;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Chooses the codes of a point that a list shows. */
final class CodeFilter {

  private static final Pattern LEVELS = Pattern.compile("[A-Za-z0-9_-]+(,[A-Za-z0-9_-]+)*");

  private final Point point;
  private final String status;
  private final @Nullable Set<String> levels;
  private final @Nullable Set<String> within;

  /** Reads the filter of a request. */
  CodeFilter(RequestTarget target, Point point) {
    this.point = point;
    status =
        target
            .findOneOf("status", List.of("in-force", "ceased", "future", "any"))
            .orElse("in-force");
    levels =
        target
            .find("level", LEVELS, 200, levelsExpected(point))
            .map(
                text -> {
                  Set<String> names = Set.of(text.split(",", -1).clone());
                  for (String name : names) {
                    if (point.referential().findLevel(name).isEmpty()) {
                      throw ProblemType.invalid("level", levelsExpected(point));
                    }
                  }
                  return names;
                })
            .orElse(null);
    List<Node> above = Within.list(target, point.registry());
    within = above.isEmpty() ? null : within(point, above);
  }

  private static Text levelsExpected(Point point) {
    String all = String.join(", ", point.referential().levels().stream().map(Level::id).toList());
    return new Text(all, all);
  }

  private static Set<String> within(Point point, List<Node> above) {
    Set<String> all = null;
    for (Node node : above) {
      String code =
          point
              .registry()
              .findCodebook(node.referential())
              .flatMap(codebook -> codebook.findCanonical(node.code()))
              .orElse(node.code());
      Set<String> codes = under(point, new Node(node.referential(), code));
      if (all == null) {
        all = codes;
      } else {
        all.retainAll(codes);
      }
    }
    return all == null ? Set.of() : all;
  }

  /** The codes under a concept, and those tied to it without a hierarchy. */
  private static Set<String> under(Point point, Node node) {
    String own = point.referential().id();
    Release release =
        point
            .registry()
            .catalog()
            .findBeside(point.release(), node.referential())
            .orElse(point.release());
    Set<String> codes = new HashSet<>();
    for (Node below : point.registry().listDescendants(node, release, point.date())) {
      if (below.referential().equals(own)) {
        codes.add(below.code());
      }
    }
    codes.addAll(
        point
            .codebook()
            .listCodesLinkedTo(
                Relation.RELATED, node.referential(), node.code(), point.release(), point.date()));
    return codes;
  }

  /** The codes that pass, in order. */
  List<Found> list() {
    List<Found> list = new ArrayList<>();
    Codebook codebook = point.codebook();
    for (int rank = 0; rank < codebook.size(); rank++) {
      if (within != null && !within.contains(codebook.code(rank))) {
        continue;
      }
      Found found = state(rank);
      if (found != null && (levels == null || levels.contains(found.state().level()))) {
        list.add(found);
      }
    }
    return list;
  }

  private @Nullable Found state(int rank) {
    ConceptState now = point.codebook().stateAt(rank, point.release(), point.date());
    if (now != null) {
      return status.equals("in-force") || status.equals("any")
          ? new Found(point.release(), now, Status.IN_FORCE)
          : null;
    }
    if (status.equals("in-force")) {
      return null;
    }
    List<ConceptState> states =
        point.codebook().listStates(point.codebook().code(rank), point.release());
    if (states.isEmpty()) {
      return null;
    }
    Found nearest = CodeAnswer.lastKnown(point.release(), states, point.date());
    return status.equals("any") || nearest.status().id().equals(status) ? nearest : null;
  }

  /** What is wanted of the names that begin a list. */
  NamesOfCodes.Wanted wanted(String text, int limit) {
    return new NamesOfCodes.Wanted(
        text, levels == null ? Set.of() : levels, within, !status.equals("in-force"), limit);
  }

  /** The code of that name, if it passes. */
  @Nullable Found find(String code) {
    int rank = point.codebook().rank(code);
    return rank < 0 ? null : state(rank);
  }
}
