package fr.pivot.pages.code;

import fr.pivot.pages.Frame;
import fr.pivot.registry.EventsOfDay;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** Says in a sentence what is known of a code. Templates call it. */
final class Sentences {

  private Sentences() {}

  /** Since when and until when a code is or was in force. */
  static String status(Frame frame, ConceptPage page) {
    Tenure life = page.inForce();
    if (page.isFuture()) {
      return comes(frame, page, life);
    }
    if (page.isCeased()) {
      return ceased(frame, page, life);
    }
    Tenure name = page.named();
    boolean younger = !Objects.equals(name.from(), life.from());
    boolean shorter = !Objects.equals(name.to(), life.to());
    StringBuilder text = new StringBuilder(frame.say("En vigueur", "In force"));
    text.append(since(frame, page, life)).append(until(frame, life));
    if (younger || shorter) {
      text.append(frame.say(" ; sous ce nom", "; under this name"));
      text.append(younger ? since(frame, page, name) : "");
      text.append(shorter ? until(frame, name) : "");
    }
    text.append('.');
    ConceptPage.Doubt doubt = page.doubt();
    if (doubt != null) {
      String last = frame.day(doubt.last());
      text.append(
          frame.say(
              " Ce n’est su que jusqu’au " + last + ".",
              " This is known until " + last + " only."));
    }
    return text.toString();
  }

  /** Until when something is known that holds on the day of a page, and when it has changed. */
  static String doubt(Frame frame, ConceptPage.Doubt doubt) {
    String known = frame.say("su jusqu’au ", "known until ") + frame.day(doubt.last());
    LocalDate latest = doubt.latest();
    return latest == null
        ? known
        : known
            + frame.say(
                " ; change au plus tard le " + frame.day(latest),
                "; changes on " + frame.day(latest) + " at the latest");
  }

  /** The day of what happened then, with what a comparison leaves open of it. */
  static String when(Frame frame, LocalDate day, List<EventsOfDay> happened) {
    String text = frame.day(day);
    if (!happened.stream().allMatch(EventsOfDay::derived)) {
      return text;
    }
    LocalDate after = happened.getFirst().dateAfter();
    return text
        + latest(frame, true)
        + (after == null
            ? ""
            : frame.say(", après le " + frame.day(after), ", after " + frame.day(after)));
  }

  /** What a code that is not in force on the day of the question is told of first. */
  static String headline(Frame frame, ConceptPage page) {
    LocalDate missed = page.missed();
    Tenure again = page.again();
    if (page.isFuture()) {
      return missed == null || page.isStillToCome()
          ? frame.say("Ce code n’est pas encore en vigueur.", "This code is not in force yet.")
          : early(frame, page, missed);
    }
    if (again == null || missed == null) {
      return frame.say("Ce code n’est plus en vigueur.", "This code is no longer in force.");
    }
    return frame.say(
            "Le " + frame.day(missed) + ", ce code n’était pas en vigueur ; il l’est de nouveau",
            "On " + frame.day(missed) + " this code was not in force; it is again")
        + since(frame, page, again)
        + '.';
  }

  /** A day before all that is known of a code that began since. */
  private static String early(Frame frame, ConceptPage page, LocalDate missed) {
    Tenure life = page.inForce();
    if (page.isMissedUnknown()) {
      return frame.say(
          "On ne sait pas si ce code était en vigueur le " + frame.day(missed) + ".",
          "It is not known whether this code was in force on " + frame.day(missed) + ".");
    }
    String not =
        frame.say(
            "Le " + frame.day(missed) + ", ce code n’était pas encore en vigueur ; il l’",
            "On " + frame.day(missed) + " this code was not yet in force; it ");
    return not
        + (life.contains(page.today()) ? frame.say("est", "has been") : frame.say("a été", "was"))
        + since(frame, page, life)
        + until(frame, life)
        + '.';
  }

  private static String comes(Frame frame, ConceptPage page, Tenure life) {
    LocalDate from = life.from();
    if (from == null) {
      return "";
    }
    String day = frame.day(from);
    if (page.isStillToCome()) {
      return frame.say("Il le sera le " + day + ".", "It will be on " + day + ".");
    }
    return page.isHorizon(from)
        ? frame.say("Son historique commence le " + day + ".", "Its history begins on " + day + ".")
        : "";
  }

  private static String ceased(Frame frame, ConceptPage page, Tenure life) {
    LocalDate last = life.last();
    if (last == null) {
      return "";
    }
    String day = frame.day(last);
    boolean again = page.again() != null;
    return frame.say(
            again ? "Son dernier jour avait été " : "Son dernier jour fut ",
            again ? "Its last day had been " : "Its last day was ")
        + (life.toCompared()
            ? frame.say("au plus tard le " + day + ".", day + " at the latest.")
            : frame.say("le " + day + ".", day + "."));
  }

  private static String since(Frame frame, ConceptPage page, Tenure spell) {
    LocalDate from = spell.from();
    if (from == null) {
      return "";
    }
    String day = frame.day(from);
    if (page.isHorizon(from)) {
      return frame.say(
          " depuis le " + day + " au moins, où commence l’historique",
          " since " + day + " at least, where its history begins");
    }
    String english = spell.to() == null ? " since " : " from ";
    return frame.say(" depuis le " + day, english + day) + latest(frame, spell.fromCompared());
  }

  private static String until(Frame frame, Tenure spell) {
    LocalDate last = spell.last();
    return last == null
        ? ""
        : frame.say(" jusqu’au " + frame.day(last), " until " + frame.day(last))
            + latest(frame, spell.toCompared());
  }

  /** What follows a day that a comparison of editions gave. */
  static String latest(Frame frame, boolean compared) {
    return compared ? frame.say(" au plus tard", " at the latest") : "";
  }

  /** How the story of a code begins. */
  static String beginning(Frame frame, ConceptPage page) {
    Tenure first = page.first();
    LocalDate from = first.from();
    if (from == null) {
      return frame.say("Le début n’est pas connu", "Its beginning is not known");
    }
    return page.isHorizon(from)
        ? frame.say(
            "Déjà là le " + frame.day(from) + ", où commence l’historique",
            "Already there on " + frame.day(from) + ", where its history begins")
        : frame.say("Là depuis le " + frame.day(from), "There since " + frame.day(from))
            + latest(frame, first.fromCompared());
  }

  /** What an edition says of a code that is not in force in it; codes it leads to follow. */
  static String absence(Frame frame, ConceptPage.Edition edition) {
    return switch (edition.absence()) {
      case NONE -> "";
      case NOT_YET -> frame.say("pas encore en vigueur", "not in force yet");
      case BECAME -> frame.say("devenu", "has become");
      case SPLIT -> frame.say("partagé entre", "divided into");
      case ONE_OF -> frame.say("devenu l’un de ceux-ci", "has become one of these");
      case GONE -> frame.say("plus en vigueur", "no longer in force");
    };
  }
}
