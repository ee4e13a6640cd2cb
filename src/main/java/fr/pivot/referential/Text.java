package fr.pivot.referential;

/**
 * A title or sentence for people, in French and English.
 *
 * @param fr French
 * @param en English
 */
public record Text(String fr, String en) {

  /** The sentence in a language. */
  public String in(Language language) {
    return language == Language.ENGLISH ? en : fr;
  }
}
