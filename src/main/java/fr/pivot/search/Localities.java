package fr.pivot.search;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry.Node;
import java.time.LocalDate;
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
  public static Optional<String> find(Point point, Found found) {
    LocalDate day = found.linkDate(point.date());
    List<Link> links =
        point.codes().listLinks(found.state().code(), found.release(), day).stream()
            .filter(l -> l.relation() == Relation.BROADER)
            .toList();
    for (Link link : links) {
      if (link.referential().equals(DEPARTEMENTS)) {
        return name(point, found.release(), new Node(DEPARTEMENTS, link.target()), day);
      }
    }
    if (point.referential().kind() == Kind.TERRITORY) {
      Node own = new Node(point.referential().id(), found.state().code());
      for (Node above : point.registry().listAncestors(own, found.release(), day)) {
        if (above.referential().equals(DEPARTEMENTS)) {
          return name(point, found.release(), above, day);
        }
      }
      if (links.isEmpty()) {
        return whereMembersAre(point, own, found.release(), day);
      }
    }
    return links.isEmpty()
        ? Optional.empty()
        : name(
            point,
            found.release(),
            new Node(links.getFirst().referential(), links.getFirst().target()),
            day);
  }

  /** The département of most members; nothing for what départements are members of. */
  private static Optional<String> whereMembersAre(
      Point point, Node grouping, Release release, LocalDate day) {
    Codes communes = point.registry().findCodes(COMMUNES).orElse(null);
    Release beside = point.registry().catalog().findBeside(release, COMMUNES).orElse(null);
    if (communes == null
        || beside == null
        || !point
            .registry()
            .listLinked(Relation.BROADER, grouping, DEPARTEMENTS, release, day)
            .isEmpty()) {
      return Optional.empty();
    }
    Map<String, Integer> counts = new TreeMap<>();
    point.registry().listLinked(Relation.BROADER, grouping, COMMUNES, release, day).stream()
        .limit(MEMBERS)
        .forEach(
            code ->
                communes.listLinks(code, beside, day).stream()
                    .filter(l -> l.referential().equals(DEPARTEMENTS))
                    .forEach(l -> counts.merge(l.target(), 1, Integer::sum)));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .flatMap(most -> name(point, release, new Node(DEPARTEMENTS, most.getKey()), day));
  }

  private static Optional<String> name(Point point, Release release, Node node, LocalDate day) {
    ConceptState state = Kin.state(point.registry(), release, node, day);
    if (state == null) {
      return Optional.of(node.code());
    }
    return Optional.of(
        node.referential().equals(DEPARTEMENTS)
            ? state.label() + " (" + node.code() + ')'
            : node.code() + ' ' + state.label());
  }
}
