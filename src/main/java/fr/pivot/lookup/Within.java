package fr.pivot.lookup;

import fr.pivot.http.RequestTarget;
import fr.pivot.referential.Text;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parameter {@code within}: the concepts under which answers must lie, all of them. */
public final class Within {

  private static final Pattern NOTATION =
      Pattern.compile("[a-z0-9][a-z0-9-]*:[^,]+(,[a-z0-9][a-z0-9-]*:[^,]+)*");
  private static final Text EXPECTED =
      new Text("un référentiel, « : » et un code", "a referential, \":\" and a code");

  private Within() {}

  /** The concepts that a request names, with their codes as they were written; none where none. */
  public static List<Node> list(RequestTarget target, Registry registry) {
    Optional<String> text = target.find("within", NOTATION, 300, EXPECTED);
    List<Node> nodes = new ArrayList<>();
    if (text.isPresent()) {
      for (String part : text.get().split(",", -1)) {
        int colon = part.indexOf(':');
        String id = part.substring(0, colon);
        if (registry.findCodes(id).isEmpty()) {
          throw Points.unknownReferential(registry, id);
        }
        nodes.add(new Node(id, part.substring(colon + 1)));
      }
    }
    return nodes;
  }
}
