package fr.pivot.crosswalk.correspondence;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.CorrespondenceHead.Side;
import fr.pivot.referential.Level;
import fr.pivot.registry.Answer;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
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

  private final @Nullable Codes codes;
  private final @Nullable Release release;

  CorrespondenceSide(Registry registry, Side side) {
    codes = registry.findCodes(side.referential()).orElse(null);
    release = registry.catalog().findRelease(side.referential(), side.edition()).orElse(null);
  }

  /**
   * What a code is called on the reference day of the edition, or was called last; null where the
   * edition does not know it.
   */
  @Nullable String label(String code) {
    if (codes == null || release == null) {
      return null;
    }
    return switch (codes.find(code, release, release.head().referenceDate())) {
      case Answer.InForce(ConceptState state) -> state.label();
      case Answer.NotInForce(List<ConceptState> states) -> states.getLast().label();
      case Answer.Unknown _ -> null;
    };
  }

  /** The code as its publisher writes it; as it was written where no edition knows it. */
  String canonical(String written) {
    return codes == null ? written : codes.findCanonical(written).orElse(written);
  }

  /**
   * The codes in force on the reference day of the edition that a table passes over, in order:
   * those of the levels that the table uses, or of the lowest one where it uses none.
   *
   * @param covered the codes of this side that stand in the table
   */
  List<String> listUncovered(Set<String> covered) {
    if (codes == null || release == null) {
      return List.of();
    }
    LocalDate day = release.head().referenceDate();
    Set<String> used = new HashSet<>();
    Set<String> inForce = new HashSet<>();
    List<ConceptState> others = new ArrayList<>();
    codes.forEachState(
        release,
        state -> {
          if (state.validity().contains(day)) {
            inForce.add(state.level());
            if (covered.contains(state.code())) {
              used.add(state.level());
            } else {
              others.add(state);
            }
          }
        });
    if (used.isEmpty()) {
      codes.referential().levels().stream()
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
