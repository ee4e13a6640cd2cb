package fr.pivot.referential;

import java.util.List;

/**
 * Codes of a referential that its publisher's list leaves out, as La Poste's free list does the
 * CEDEX codes. Nobody can look them up; what stands beside them in a row tells them.
 *
 * @param title what they are called
 * @param words the words beside a code that say that it is one of them, in small letters
 * @param beginning how many of their first characters they share with codes that are listed
 */
public record Unlisted(Text title, List<String> words, int beginning) {

  /** Keeps a copy that nobody can change. */
  public Unlisted {
    words = List.copyOf(words);
  }
}
