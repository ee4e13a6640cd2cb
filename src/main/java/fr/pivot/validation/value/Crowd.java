package fr.pivot.validation.value;

import fr.pivot.referential.CheckRule;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Codes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How likely a text is a code of a referential by chance, among the texts that begin as it does and
 * have its shape: of the numbers from 62000 to 62999, nine in ten are communes, and one in seven is
 * a postal code. Safe for many threads.
 */
final class Crowd {

  /** How many characters at the beginning of a long code are those of its place. */
  private static final int BEGINNING = 2;

  /** Shorter texts are compared with all of their shape. */
  private static final int SHORT = 4;

  private final Yardstick yardstick;
  private @Nullable Map<String, Integer> counts;

  Crowd(Yardstick yardstick) {
    this.yardstick = yardstick;
  }

  /** The chance that such a text is a code, from 0 to 1. */
  double chance(String text) {
    Codes book = yardstick.codes();
    if (yardstick.isByRule() && (book == null || !book.contains(text))) {
      Referential referential = yardstick.referential();
      return referential.check() == CheckRule.SIRET
          ? 0.01
          : referential.check() == CheckRule.LUHN ? 0.1 : 1;
    }
    int beginning = beginning(text);
    double all = 1;
    for (int i = beginning; i < text.length(); i++) {
      char c = text.charAt(i);
      all *= Character.isDigit(c) ? 10 : Character.isLetter(c) ? 26 : 1;
    }
    return Math.min(1, counts().getOrDefault(key(text), 0) / all);
  }

  private synchronized Map<String, Integer> counts() {
    Map<String, Integer> known = counts;
    if (known == null) {
      Map<String, Integer> counted = new HashMap<>();
      Codes book = yardstick.codes();
      if (book != null) {
        book.forEachCode(code -> counted.merge(key(code), 1, Integer::sum));
      }
      known = counted;
      counts = known;
    }
    return known;
  }

  private static int beginning(String text) {
    return text.length() < SHORT ? 0 : BEGINNING;
  }

  private static String key(String text) {
    int beginning = beginning(text);
    StringBuilder key = new StringBuilder(text.substring(0, beginning));
    for (int i = beginning; i < text.length(); i++) {
      char c = text.charAt(i);
      key.append(Character.isDigit(c) ? '9' : Character.isLetter(c) ? 'A' : c);
    }
    return key.toString();
  }
}
