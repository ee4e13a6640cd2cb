package fr.pivot.text;

import java.text.Normalizer;
import java.util.List;

/** Names as people write them, made comparable. */
public final class Words {

  private Words() {}

  /**
   * A text without accents, case and punctuation: its words in small letters, each separated from
   * the next by one space.
   */
  public static String fold(String text) {
    String plain = text;
    if (!Normalizer.isNormalized(text, Normalizer.Form.NFD)) {
      plain = Normalizer.normalize(text, Normalizer.Form.NFD);
    }
    StringBuilder folded = new StringBuilder(plain.length());
    boolean space = false;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      int type = Character.getType(c);
      if (type == Character.NON_SPACING_MARK || type == Character.FORMAT) {
        continue;
      }
      if (Character.isLetterOrDigit(c)) {
        if (space && !folded.isEmpty()) {
          folded.append(' ');
        }
        space = false;
        switch (c) {
          case 'œ', 'Œ' -> folded.append("oe");
          case 'æ', 'Æ' -> folded.append("ae");
          case 'ß' -> folded.append("ss");
          default -> folded.append(Character.toLowerCase(c));
        }
      } else {
        space = true;
      }
    }
    return folded.toString();
  }

  /** A name without accents, case, punctuation and spaces: what is left tells names apart. */
  public static String bare(String name) {
    return fold(name).replace(" ", "");
  }

  /**
   * The words of an identifier, folded: {@code codeInsee_BC} has {@code code}, {@code insee} and
   * {@code bc}. A capital after a small letter begins a word.
   */
  public static List<String> list(String identifier) {
    StringBuilder apart = new StringBuilder(identifier.length() + 8);
    for (int i = 0; i < identifier.length(); i++) {
      char c = identifier.charAt(i);
      if (i > 0 && Character.isUpperCase(c) && Character.isLowerCase(identifier.charAt(i - 1))) {
        apart.append(' ');
      }
      apart.append(c);
    }
    String folded = fold(apart.toString());
    return folded.isEmpty() ? List.of() : List.of(folded.split(" "));
  }
}
