package fr.pivot.validation.plan;

import fr.pivot.finding.Rule;
import fr.pivot.referential.Language;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.validation.detection.Detector.Candidate;
import fr.pivot.validation.detection.PersonalData;
import fr.pivot.validation.value.Suggestion;
import fr.pivot.validation.value.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verdicts in words. */
public final class Messages {

  private Messages() {}

  /** Why a value is not right, in a sentence or two; empty where it is. */
  public static String reason(Verdict verdict, Language language) {
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

  /**
   * What is asked of a column whose name announces codes that its values do not confirm.
   *
   * @param named the referentials that its name announces, the likeliest first
   * @param held what it is checked as instead; null where it is not checked
   */
  static Text unconfirmed(List<Candidate> named, @Nullable Referential held) {
    Candidate first = named.getFirst();
    Text title = first.referential().title();
    long percent = Math.round(100 * first.share());
    int others = named.size() - 1;
    Text more =
        others == 0
            ? new Text("", "")
            : new Text(
                " (ou " + others + (others == 1 ? " autre)" : " autres)"),
                " (or " + others + (others == 1 ? " other)" : " others)"));
    Text known =
        first.share() == 0
            ? new Text(
                "aucune de ses valeurs n'en est un code", "none of its values is one of its codes")
            : new Text(
                percent + " % de ses valeurs en sont des codes",
                percent + " % of its values are its codes");
    Text instead =
        held == null
            ? new Text("", "")
            : new Text(
                " Elle est contrôlée comme : " + held.title().fr() + '.',
                " It is checked as: " + held.title().en() + '.');
    return new Text(
        "Par son nom : " + title.fr() + more.fr() + " ; " + known.fr() + '.' + instead.fr(),
        "By its name: " + title.en() + more.en() + "; " + known.en() + '.' + instead.en());
  }
}
