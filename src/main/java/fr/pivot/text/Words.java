package fr.pivot.text;

import java.text.Normalizer;

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
      if (Character.getType(c) == Character.NON_SPACING_MARK) {
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
}
