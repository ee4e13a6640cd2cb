package fr.pivot.search;

import fr.pivot.lookup.NamesOfCodes.Named;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A concept that a question may have meant.
 *
 * @param code its code
 * @param label what it is called at the point
 * @param level its level
 * @param inForce whether it is in force at the point; a concept that ceased is only answered where
 *     nothing took its place
 * @param score how well it answers, from 0 to 100; comparable within one answer and between answers
 * @param kind why it was found
 * @param name the name or the code that matched
 * @param former where the name is that of the past; null where it is one of today
 * @param weight what tells hits of one score apart: its population; 0 where none is known
 * @param features what the score was made of
 * @param certain whether it can be taken without a look: what was asked is exactly its name or its
 *     code, nothing else known is called so in the same context, and nothing that was said of it
 *     contradicts it
 */
public record Hit(
    String code,
    String label,
    String level,
    boolean inForce,
    double score,
    Kind kind,
    String name,
    @Nullable Former former,
    int weight,
    List<Feature> features,
    boolean certain) {

  /** Keeps a copy that nobody can change. */
  public Hit {
    features = List.copyOf(features);
  }

  /** The same, to be looked at. */
  public Hit uncertain() {
    return new Hit(code, label, level, inForce, score, kind, name, former, weight, features, false);
  }

  /** What of it a list of codes shows. */
  Named named() {
    return new Named(
        code,
        score,
        kind.id(),
        name,
        former == null ? null : former.code(),
        former == null ? null : former.until(),
        former == null ? null : former.endsAfter());
  }

  /** Why a concept was found, the best reason first. */
  public enum Kind {
    /** The text is its code, perhaps written in another way. */
    CODE,
    /** The text is its name, but for accents, case, punctuation, articles and abbreviations. */
    NAME,
    /** The text is the code of something that it is tied to, such as its postal code. */
    LINKED,
    /** Its name begins with the text. */
    PREFIX,
    /** Its code begins with the text. */
    CODE_PREFIX,
    /** Its name has all the words of the text. */
    WORDS,
    /** Its name is spelt nearly so. */
    SPELLING;

    /** The reason as it is written in answers. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * A name of the past that led to a concept.
   *
   * @param code the code that had the name, which may be another one
   * @param until the first day on which it no longer had it
   * @param endsAfter the last day on which it is known to have had it, where {@code until} is only
   *     the latest day that is possible; null where that is the day
   */
  public record Former(String code, LocalDate until, @Nullable LocalDate endsAfter) {}

  /**
   * A part of a score.
   *
   * @param id what was compared: {@code name}, or the property of a context
   * @param value how well it agrees, from 0 to 100
   */
  public record Feature(String id, double value) {}
}
