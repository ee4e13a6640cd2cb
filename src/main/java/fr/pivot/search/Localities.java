package fr.pivot.search;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
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

/**
 * Says where concepts are, so that those of one name can be told apart: by the codes of the
 * referential whose descriptor says so ({@link Referential.Usage#locates}), as people do by
 * départements.
 */
public final class Localities {

  /** How many members of a grouping say where it is. */
  private static final int MEMBERS = 40;

  private final CodeView view;
  private final String locating;

  private Localities(CodeView view, String locating) {
    this.view = view;
    this.locating = locating;
  }

  /** Where a concept is: its département, else what stands above it. */
  public static Optional<String> find(CodeView view) {
    String locating =
        view.point().registry().catalog().findLocating().map(Referential::id).orElse("");
    return new Localities(view, locating).find();
  }

  private Optional<String> find() {
    List<Linked> links = view.listLinks().stream().filter(Linked::isBroader).toList();
    for (Linked link : links) {
      if (link.node().referential().equals(locating)) {
        return name(link.node());
      }
    }
    if (view.referential().kind() == Kind.TERRITORY) {
      for (Node above : view.listAncestors()) {
        if (above.referential().equals(locating)) {
          return name(above);
        }
      }
      if (links.isEmpty()) {
        return whereMembersAre();
      }
    }
    return links.isEmpty() ? Optional.empty() : name(links.getFirst().node());
  }

  /** The département of most members; nothing for what départements are members of. */
  private Optional<String> whereMembersAre() {
    if (locating.isEmpty() || !view.listLinked(Relation.BROADER, locating).isEmpty()) {
      return Optional.empty();
    }
    Registry registry = view.point().registry();
    for (Referential members : registry.catalog().listReferentials()) {
      if (leads(members, view.referential().id()) && leads(members, locating)) {
        Optional<String> most = whereMostAre(registry, members.id());
        if (most.isPresent()) {
          return name(new Node(locating, most.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean leads(Referential members, String above) {
    return members.findLink(above).map(LinkType::relation).orElse(null) == Relation.BROADER;
  }

  /** The code in which most of the members are that a referential has in the grouping. */
  private Optional<String> whereMostAre(Registry registry, String members) {
    Codes codes = registry.findCodes(members).orElse(null);
    Release beside = registry.catalog().findBeside(view.release(), members).orElse(null);
    if (codes == null || beside == null) {
      return Optional.empty();
    }
    Map<String, Integer> counts = new TreeMap<>();
    view.listLinked(Relation.BROADER, members).stream()
        .limit(MEMBERS)
        .forEach(
            code ->
                codes.listLinks(code, beside, view.day()).stream()
                    .filter(l -> l.referential().equals(locating))
                    .forEach(l -> counts.merge(l.target(), 1, Integer::sum)));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  private Optional<String> name(Node node) {
    ConceptState state = view.find(node);
    if (state == null) {
      return Optional.of(node.code());
    }
    return Optional.of(
        node.referential().equals(locating)
            ? state.label() + " (" + node.code() + ')'
            : node.code() + ' ' + state.label());
  }
}
