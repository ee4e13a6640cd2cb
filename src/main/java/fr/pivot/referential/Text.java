package fr.pivot.referential;

/**
 * A title or sentence for people, in French and English.
 *
 * @param fr French
 * @param en English
 */
public record Text(String fr, String en) {

  /** The sentence in a language: English for {@code en}, French for any other. */
  public String in(String language) {
    return "en".equals(language) ? en : fr;
  }
}
