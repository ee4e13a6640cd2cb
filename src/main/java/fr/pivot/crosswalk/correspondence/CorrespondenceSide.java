package fr.pivot.crosswalk.correspondence;

import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Level;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import fr.pivot.registry.Answer;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A side of a correspondence as the registry knows it now: what its codes are called, and which of
 * them a table passes over.
 */
final class CorrespondenceSide {

  private final @Nullable Point point;

  CorrespondenceSide(Registry registry, Side side) {
    point =
        registry
            .catalog()
            .findRelease(side.referential(), side.edition())
            .map(release -> Points.find(registry, release))
            .orElse(null);
  }

  /**
   * What a code is called on the reference day of the edition, or was called last; null where the
   * edition does not know it.
   */
  @Nullable String label(String code) {
    if (point == null) {
      return null;
    }
    return switch (point.codes().find(code, point.release(), point.date())) {
      case Answer.InForce(ConceptState state) -> state.label();
      case Answer.NotInForce(List<ConceptState> states) -> states.getLast().label();
      case Answer.Unknown _ -> null;
    };
  }

  /** The code as its publisher writes it; as it was written where no edition knows it. */
  String canonical(String written) {
    return point == null ? written : point.codes().findCanonical(written).orElse(written);
  }

  /**
   * The codes in force on the reference day of the edition that a table passes over, in order:
   * those of the levels that the table uses, or of the lowest one where it uses none.
   *
   * @param covered the codes of this side that stand in the table
   */
  List<String> listUncovered(Set<String> covered) {
    if (point == null) {
      return List.of();
    }
    Set<String> used = new HashSet<>();
    Set<String> inForce = new HashSet<>();
    List<ConceptState> others = new ArrayList<>();
    point
        .codes()
        .forEachState(
            point.release(),
            state -> {
              if (state.validity().contains(point.date())) {
                inForce.add(state.level());
                if (covered.contains(state.code())) {
                  used.add(state.level());
                } else {
                  others.add(state);
                }
              }
            });
    if (used.isEmpty()) {
      point.referential().levels().stream()
          .map(Level::id)
          .filter(inForce::contains)
          .reduce((_, lower) -> lower)
          .ifPresent(used::add);
    }
    return others.stream()
        .filter(state -> used.contains(state.level()))
        .map(ConceptState::code)
        .toList();
  }
}
