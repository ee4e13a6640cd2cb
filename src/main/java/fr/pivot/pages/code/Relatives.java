package fr.pivot.pages.code;

import fr.pivot.catalog.Release;
import fr.pivot.pages.code.ConceptPage.Doubt;
import fr.pivot.pages.code.ConceptPage.Relative;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names other codes on the page of a code, with links that keep the edition where one was named.
 */
final class Relatives {

  private final Point point;
  private final Found found;
  private final Registry registry;
  private final LocalDate day;

  Relatives(Point point, Found found) {
    this.point = point;
    this.found = found;
    this.registry = point.registry();
    this.day = found.linkDate(point.date());
  }

  /** What stands above a code, the nearest first. */
  List<Relative> listAbove(Node of, Release release, LocalDate on) {
    Map<Node, Doubt> doubts = doubts(of, release, on);
    return registry.listAncestors(of, release, on).stream()
        .map(above -> of(above, release, on, doubts.get(above)))
        .toList();
  }

  /** The codes that a code leads to on a day although that is not known of it. */
  Map<Node, Doubt> doubts(Node of, Release release, LocalDate on) {
    Map<Node, Doubt> doubts = new HashMap<>();
    Codes codes = point.codes();
    for (Link link : codes.listLinks(of.code(), release, on)) {
      Doubt doubt = Doubt.of(link.validity(), codes.knowledge(release).find(link), on);
      if (doubt != null) {
        doubts.put(new Node(link.referential(), link.target()), doubt);
      }
    }
    return doubts;
  }

  /** A referential as links name it: at the edition beside this one, where one was named. */
  private String reference(String id) {
    return point.resolved().pinned()
        ? registry
            .catalog()
            .findBeside(found.release(), id)
            .map(r -> id + '@' + r.edition())
            .orElse(id)
        : id;
  }

  /** A code as the edition and the day of the page know it. */
  Relative of(Node other) {
    return of(other, found.release(), day);
  }

  /** A code as an edition knows it on a day. */
  Relative of(Node other, Release release, LocalDate on) {
    return of(other, release, on, null);
  }

  /** The same, with what is not sure of where it stands. */
  Relative of(Node other, Release release, LocalDate on, @Nullable Doubt doubt) {
    ConceptState state = Kin.state(registry, release, other, on);
    return new Relative(
        reference(other.referential()),
        Kin.kind(registry, release, other, on),
        other.code(),
        state == null ? null : state.label(),
        doubt);
  }
}
