package fr.pivot.validation.value;

import fr.pivot.referential.CheckRule;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Misread;
import fr.pivot.text.CheckDigits;
import org.jspecify.annotations.Nullable;

/** What the form of a code and its check digit say without looking it up. */
public final class CodeForm {

  /** Longer texts are never codes, and no pattern has to be tried on them. */
  public static final int LONGEST = 200;

  private CodeForm() {}

  /** Whether a text looks like the codes of a referential. */
  public static boolean hasForm(Referential referential, String text) {
    return text.length() <= LONGEST && referential.pattern().matcher(text).matches();
  }

  /** Whether the check digit of a text that has the form is right; true where codes carry none. */
  static boolean isChecked(Referential referential, String text) {
    return switch (referential.check()) {
      case NONE, CPV -> true;
      case LUHN -> CheckDigits.isLuhn(text);
      case SIRET -> CheckDigits.isSiret(text);
    };
  }

  /** Whether form and check digit prove a code: never where codes carry no check digit. */
  public static boolean isProved(Referential referential, String text) {
    return (referential.check() == CheckRule.LUHN || referential.check() == CheckRule.SIRET)
        && hasForm(referential, text)
        && isChecked(referential, text);
  }

  /** Whether a text has the form, or gets it where its damage is repaired. */
  static boolean hasRebuiltForm(Referential referential, String text) {
    if (hasForm(referential, text)) {
      return true;
    }
    return Reading.listRebuilt(text, null).stream().anyMatch(r -> hasForm(referential, r.text()));
  }

  /** Whether a number with a check digit lost its last digits in a spreadsheet. */
  static boolean isRounded(Referential referential, String text) {
    return (referential.check() == CheckRule.LUHN || referential.check() == CheckRule.SIRET)
        && Misread.isRounded(text)
        && hasRebuiltForm(referential, text);
  }

  /** A CPV code without the check digit that may be written after it; null where none is. */
  static @Nullable String withoutCheckDigit(Referential referential, String text) {
    return referential.check() == CheckRule.CPV && text.length() == 10 && text.charAt(8) == '-'
        ? text.substring(0, 8)
        : null;
  }
}
