package fr.pivot.validation.detection;

import fr.pivot.referential.Referential;
import fr.pivot.registry.Codes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How likely a text of some shape is a code by chance: of the 100,000 numbers of five digits, a
 * third are communes, so that one that is says little; of all texts like {@code 62.01Z}, three in a
 * thousand are classes of the NAF, so that one that is says much.
 */
final class Shapes {

  /** The evidence of one value is bounded: even the rarest shape may be a coincidence. */
  private static final double MOST = 8;

  /** How much longer than a code a value may be that is one once it is cleaned. */
  private static final int MOST_STRAY = 6;

  private final Referential referential;
  private final Map<String, Integer> counts = new HashMap<>();
  private int longest;

  Shapes(Referential referential, @Nullable Codes codes) {
    this.referential = referential;
    longest = referential.example().length();
    if (codes != null) {
      codes.forEachCode(
          code -> {
            longest = Math.max(longest, code.length());
            counts.merge(shape(code), 1, Integer::sum);
          });
    }
  }

  /** Whether a value is short enough to be a code once it is cleaned. */
  boolean mayHold(String value) {
    return value.length() <= longest + MOST_STRAY;
  }

  /** The evidence that a value which is a code is one by design, in nats: 0 says nothing. */
  double evidence(String code) {
    double chance = chance(code);
    return chance == 0 ? MOST : Math.min(MOST, -Math.log(chance));
  }

  /** The chance that a text of the shape of this one is a code, from 0 to 1. */
  double chance(String text) {
    if (referential.partial() || counts.isEmpty()) {
      return switch (referential.check()) {
        case NONE, CPV -> 1;
        case LUHN -> 0.1;
        case SIRET -> 0.01;
      };
    }
    String shape = shape(text);
    double all = 1;
    for (int i = 0; i < shape.length(); i++) {
      char c = shape.charAt(i);
      all *= c == '9' ? 10 : c == 'A' || c == 'a' ? 26 : 1;
    }
    return Math.min(1, counts.getOrDefault(shape, 0) / all);
  }

  private static String shape(String code) {
    StringBuilder shape = new StringBuilder(code.length());
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      shape.append(
          Character.isDigit(c)
              ? '9'
              : Character.isUpperCase(c) ? 'A' : Character.isLowerCase(c) ? 'a' : c);
    }
    return shape.toString();
  }
}
