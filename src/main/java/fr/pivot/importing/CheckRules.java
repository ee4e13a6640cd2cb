package fr.pivot.importing;

import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.text.CheckDigits;

/** Applies a referential's check rule to what an edition states. */
final class CheckRules {

  private CheckRules() {}

  static boolean passes(CheckRule rule, ConceptState state) {
    return switch (rule) {
      case NONE -> true;
      case LUHN -> CheckDigits.isLuhn(state.code());
      case SIRET -> CheckDigits.isSiret(state.code());
      // The publisher's digit is the official one even where it is not the formula's.
      case CPV -> true;
    };
  }
}
