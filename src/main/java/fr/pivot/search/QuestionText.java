package fr.pivot.search;

import fr.pivot.registry.NameWords;
import java.util.regex.Pattern;

/**
 * What somebody asked, as far as it can be read without knowing where it is asked.
 *
 * @param text the text as it is written, without what is around it
 * @param plain the same without {@code CEDEX}
 * @param words its words
 * @param withoutBody the same without what people put before a name: {@code Commune de}
 * @param simple whether it is nothing but letters, beside which nothing is said
 */
record QuestionText(
    String text, String plain, NameWords words, NameWords withoutBody, boolean simple) {

  private static final Pattern CEDEX =
      Pattern.compile("\\s+cedex(\\s+\\d{1,2})?\\s*$", Pattern.CASE_INSENSITIVE);

  /** Reads a text; what is beyond {@link Query#LONGEST} is not read. */
  static QuestionText of(String asked) {
    String text = asked.strip();
    if (text.length() > Query.LONGEST) {
      text = text.substring(0, Query.LONGEST);
    }
    boolean simple = text.chars().allMatch(Character::isLetter);
    String plain = simple ? text : CEDEX.matcher(text).replaceFirst("");
    NameWords words = NameWords.of(plain);
    return new QuestionText(text, plain, words, words.withoutBody(), simple);
  }
}
