package fr.pivot.search;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Relation;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.CodeView.Linked;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says where concepts are, so that those of one name can be told apart. */
public final class Localities {

  /** People say where a place is by its département. */
  private static final String DEPARTEMENTS = "departements";

  /** What says where a grouping is, where nothing stands above it. */
  private static final String COMMUNES = "communes";

  private static final int MEMBERS = 40;

  private Localities() {}

  /** Where a concept is: its département, else what stands above it. */
  public static Optional<String> find(CodeView view) {
    List<Linked> links = view.listLinks().stream().filter(Linked::isBroader).toList();
    for (Linked link : links) {
      if (link.node().referential().equals(DEPARTEMENTS)) {
        return name(view, link.node());
      }
    }
    if (view.referential().kind() == Kind.TERRITORY) {
      for (Node above : view.listAncestors()) {
        if (above.referential().equals(DEPARTEMENTS)) {
          return name(view, above);
        }
      }
      if (links.isEmpty()) {
        return whereMembersAre(view);
      }
    }
    return links.isEmpty() ? Optional.empty() : name(view, links.getFirst().node());
  }

  /** The département of most members; nothing for what départements are members of. */
  private static Optional<String> whereMembersAre(CodeView grouping) {
    Registry registry = grouping.point().registry();
    Codes communes = registry.findCodes(COMMUNES).orElse(null);
    Release beside = registry.catalog().findBeside(grouping.release(), COMMUNES).orElse(null);
    if (communes == null
        || beside == null
        || !grouping.listLinked(Relation.BROADER, DEPARTEMENTS).isEmpty()) {
      return Optional.empty();
    }
    Map<String, Integer> counts = new TreeMap<>();
    grouping.listLinked(Relation.BROADER, COMMUNES).stream()
        .limit(MEMBERS)
        .forEach(
            code ->
                communes.listLinks(code, beside, grouping.day()).stream()
                    .filter(l -> l.referential().equals(DEPARTEMENTS))
                    .forEach(l -> counts.merge(l.target(), 1, Integer::sum)));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .flatMap(most -> name(grouping, new Node(DEPARTEMENTS, most.getKey())));
  }

  private static Optional<String> name(CodeView view, Node node) {
    ConceptState state = view.find(node);
    if (state == null) {
      return Optional.of(node.code());
    }
    return Optional.of(
        node.referential().equals(DEPARTEMENTS)
            ? state.label() + " (" + node.code() + ')'
            : node.code() + ' ' + state.label());
  }
}
