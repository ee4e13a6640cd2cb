package fr.pivot.validation;

import fr.pivot.finding.Rule;
import fr.pivot.referential.Text;

/** Verdicts in words. */
final class Messages {

  private Messages() {}

  /** Why a value is not right, in a sentence or two; empty where it is. */
  static String reason(Verdict verdict, String language) {
    Rule rule = verdict.rule();
    if (rule == null) {
      return "";
    }
    String message = rule.message().in(language);
    Text detail = verdict.detail();
    if (detail != null) {
      return message + ' ' + detail.in(language);
    }
    if (verdict.repair() == null && !verdict.suggestions().isEmpty()) {
      String list =
          String.join(", ", verdict.suggestions().stream().map(Suggestion::toString).toList());
      return message + ' ' + new Text("Peut-être : ", "Perhaps: ").in(language) + list;
    }
    return message;
  }

  /** What a column of personal data seems to hold. */
  static Text likeness(PersonalData.Likeness likeness) {
    long percent = Math.max(1, Math.round(100 * likeness.share()));
    Text what =
        switch (likeness.kind()) {
          case EMAIL -> new Text("Adresses électroniques", "E-mail addresses");
          case PHONE -> new Text("Numéros de téléphone", "Telephone numbers");
          case NIR, NIR_WITHOUT_KEY ->
              new Text("Numéros de sécurité sociale", "Social security numbers");
          case IBAN -> new Text("Numéros de compte (IBAN)", "Account numbers (IBAN)");
        };
    return new Text(
        what.fr() + " : " + percent + " % des valeurs. Aucune n'est reprise ici.",
        what.en() + ": " + percent + " % of the values. None is repeated here.");
  }
}
