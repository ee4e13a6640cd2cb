package fr.pivot.referential.correspondence;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a correspondence: a source code and a target code that have something in common
 * ({@code xkos:ConceptAssociation}).
 *
 * @param source the code in the source release
 * @param target the code in the target release
 * @param match what the target is, seen from the source
 * @param share what part of the source goes to the target, from 0 to 1; null where nobody says
 * @param basis what the share counts ({@code population}, {@code turnover}); null with the share
 * @param attributes what else the publisher says of the line, by name: {@code comment}
 */
public record Association(
    String source,
    String target,
    Match match,
    @Nullable BigDecimal share,
    @Nullable String basis,
    Map<String, String> attributes) {

  /** Keeps copies that nobody can change; refuses a share without a basis. */
  public Association {
    if ((share == null) != (basis == null)) {
      throw new IllegalArgumentException("a share and its basis go together");
    }
    attributes = Map.copyOf(attributes);
  }
}
