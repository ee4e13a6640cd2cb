package fr.pivot.validation.value;

import fr.pivot.referential.CheckRule;
import fr.pivot.referential.Referential;
import fr.pivot.text.CheckDigits;

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
}
