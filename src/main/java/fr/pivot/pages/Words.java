package fr.pivot.pages;

import fr.pivot.referential.Kind;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.registry.Knowledge;
import fr.pivot.search.Hit;
import org.jspecify.annotations.Nullable;

/** Words for what records know, which several pages say. Templates call it. */
public final class Words {

  private Words() {}

  /** What referentials of a kind are called together. */
  public static Text together(Kind kind) {
    return switch (kind) {
      case TERRITORY -> new Text("Territoires", "Territories");
      case ENTITY -> new Text("Entités", "Entities");
      case NOMENCLATURE -> new Text("Nomenclatures", "Classifications");
    };
  }

  /** What happened, in a word. */
  public static String kind(Frame frame, SuccessionKind kind) {
    return frame.say(kind.title());
  }

  /** The publisher's own name of an event; INSEE's are numbers. */
  public static String type(Frame frame, String type) {
    return type.chars().allMatch(Character::isDigit)
        ? frame.say("évènement " + type + " de l’Insee", "INSEE's event " + type)
        : type;
  }

  /** The language of an event's own name on a page in English; null where it needs no word. */
  public static @Nullable String typeLanguage(Frame frame, String type) {
    return frame.foreign(!type.chars().allMatch(Character::isDigit));
  }

  /** How many results there are. */
  static String results(Frame frame, int count) {
    return switch (count) {
      case 0 -> frame.say("Aucun résultat", "No result");
      case 1 -> frame.say("Un résultat", "One result");
      default -> frame.say(count + " résultats", count + " results");
    };
  }

  /** Why something was found. */
  static String why(Frame frame, Hit hit) {
    Hit.Former former = hit.former();
    if (former != null) {
      String until =
          frame.day(former.until().minusDays(1)) + frame.say(Knowledge.latest(former.endsAfter()));
      return frame.say(
          "sous son ancien nom « " + hit.name() + " », jusqu’au " + until,
          "by its former name \"" + hit.name() + "\", until " + until);
    }
    return switch (hit.kind()) {
      case CODE -> frame.say("c’est son code", "this is its code");
      case NAME -> frame.say("c’est son nom", "this is its name");
      case LINKED ->
          frame.say(
              "c’est le code d’une chose qui y est liée",
              "this is the code of something tied to it");
      case PREFIX -> frame.say("son nom commence ainsi", "its name begins so");
      case CODE_PREFIX -> frame.say("son code commence ainsi", "its code begins so");
      case WORDS -> frame.say("son nom a tous ces mots", "its name has all these words");
      case SPELLING -> frame.say("s’écrit presque ainsi", "is spelt nearly so");
    };
  }
}
