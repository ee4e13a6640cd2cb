package fr.pivot.reconciliation;

import org.jspecify.annotations.Nullable;

/** Makes small pages of codes, for people who reconcile; what comes from data is text on them. */
public interface CardPages {

  /** A code on a page that fits in the frame of a preview and needs nothing else; in UTF-8. */
  byte[] render(Card card);

  /**
   * A few words on an element of a list of suggestions, as a piece of HTML.
   *
   * @param words what there is to say beside the name; null where there is nothing
   */
  String flyout(String id, String name, @Nullable String words);
}
