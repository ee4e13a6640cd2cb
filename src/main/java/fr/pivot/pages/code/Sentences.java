package fr.pivot.pages.code;

import fr.pivot.pages.Frame;
import fr.pivot.referential.Validity;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Says in a sentence what is known of a code. Templates call it. */
final class Sentences {

  private Sentences() {}

  /** Since when and until when a code is or was in force. */
  static String status(Frame frame, ConceptPage page) {
    Validity validity = page.found().state().validity();
    LocalDate from = validity.from();
    LocalDate last = page.lastDay();
    String since = since(frame, page, from);
    if (page.isFuture()) {
      return from == null
          ? ""
          : frame.say(
              "Il le sera le " + frame.day(from) + ".", "It will be on " + frame.day(from) + ".");
    }
    if (page.isCeased()) {
      return last == null
          ? ""
          : frame.say(
              "Son dernier jour fut le " + frame.day(last) + ".",
              "Its last day was " + frame.day(last) + ".");
    }
    return (frame.say("En vigueur", "In force") + since).strip()
        + (last == null ? "." : frame.say(" jusqu’au ", " until ") + frame.day(last) + ".");
  }

  private static String since(Frame frame, ConceptPage page, @Nullable LocalDate from) {
    if (from == null) {
      return "";
    }
    return page.isHorizon(from)
        ? frame.say(
            " depuis le " + frame.day(from) + " au moins, où commence l’historique",
            " since " + frame.day(from) + " at least, where its history begins")
        : frame.say(" depuis le " + frame.day(from), " since " + frame.day(from));
  }

  /** How the story of a code begins. */
  static String beginning(Frame frame, ConceptPage page) {
    LocalDate from = page.firstDay();
    if (from == null) {
      return frame.say("Le début n’est pas connu", "Its beginning is not known");
    }
    return page.isHorizon(from)
        ? frame.say(
            "Déjà là le " + frame.day(from) + ", où commence l’historique",
            "Already there on " + frame.day(from) + ", where its history begins")
        : frame.say("Là depuis le " + frame.day(from), "There since " + frame.day(from));
  }
}
