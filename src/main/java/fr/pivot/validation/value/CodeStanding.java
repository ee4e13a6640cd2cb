package fr.pivot.validation.value;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Codes;
import java.time.LocalDate;

/** Where a text stands among the codes of a referential on a day. */
enum CodeStanding {
  /** A code in force on the day, or proved by its check digit. */
  IN_FORCE,
  /** A code of another day or edition. */
  KNOWN,
  /** Not a code. */
  NEVER;

  /** Where a text stands. */
  static CodeStanding of(Yardstick yardstick, String text, LocalDate day) {
    Referential referential = yardstick.referential();
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    if (book == null || release == null || referential.partial()) {
      boolean right = CodeForm.hasForm(referential, text) && CodeForm.isChecked(referential, text);
      return right ? CodeStanding.IN_FORCE : CodeStanding.NEVER;
    }
    if (book.isInForce(text, release, day)) {
      return CodeStanding.IN_FORCE;
    }
    if (book.contains(text)) {
      return CodeStanding.KNOWN;
    }
    String unchecked = CodeForm.withoutCheckDigit(referential, text);
    return unchecked != null
            && book.isInForce(unchecked, release, day)
            && book.findCanonical(text).isPresent()
        ? CodeStanding.IN_FORCE
        : CodeStanding.NEVER;
  }

  /** Whether a list of an earlier day and one of a later day differ about a code. */
  static boolean isDoubtful(Yardstick yardstick, String code, LocalDate day) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    return book != null
        && release != null
        && !yardstick.referential().partial()
        && book.knowledge(release).isDoubtful(code, day);
  }
}
