package fr.pivot.registry;

import java.util.ArrayList;
import java.util.List;

/** The codes of all editions of a referential, as a list. */
public final class CodeLists {

  private CodeLists() {}

  /** All of them, in order. */
  public static List<String> all(Codes codes) {
    List<String> list = new ArrayList<>();
    codes.forEachCode(list::add);
    return list;
  }
}
