package fr.pivot.pages.code;

import fr.pivot.pages.code.ConceptPage.Doubt;
import fr.pivot.pages.code.ConceptPage.Relative;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.CodeView.Linked;
import fr.pivot.registry.Registry.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names other codes on the page of a code, with links that keep the edition where one was named.
 *
 * @param view the code of the page
 */
record Relatives(CodeView view) {

  /** What stands above a code, the nearest first. */
  List<Relative> listAbove(CodeView of) {
    Map<Node, Doubt> doubts = doubts(of);
    return of.listAncestors().stream().map(above -> of(of, above, doubts.get(above))).toList();
  }

  /** The codes that a code leads to on its day although that is not known of it. */
  Map<Node, Doubt> doubts(CodeView of) {
    Map<Node, Doubt> doubts = new HashMap<>();
    for (Linked link : of.listLinks()) {
      Doubt doubt = Doubt.of(link.validity(), link.doubt());
      if (doubt != null) {
        doubts.put(link.node(), doubt);
      }
    }
    return doubts;
  }

  /** A referential as links name it: at the edition beside this one, where one was named. */
  private String reference(String id) {
    return view.point().resolved().pinned()
        ? view.point()
            .registry()
            .catalog()
            .findBeside(view.release(), id)
            .map(r -> id + '@' + r.edition())
            .orElse(id)
        : id;
  }

  /** A code as the edition and the day of the page know it. */
  Relative of(Node other) {
    return of(view, other, null);
  }

  /**
   * A code as the edition and the day of another know it.
   *
   * @param doubt what is not sure of where it stands; null where all is
   */
  Relative of(CodeView from, Node other, @Nullable Doubt doubt) {
    return new Relative(
        reference(other.referential()), from.kind(other), other.code(), from.label(other), doubt);
  }
}
