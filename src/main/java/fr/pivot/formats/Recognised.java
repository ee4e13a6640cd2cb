package fr.pivot.formats;

import java.util.List;

/**
 * A file that a format knows for its own.
 *
 * @param holding what it holds
 * @param parts the names of the files that it says belong to it, and that are its own whatever they
 *     look like; none for most formats
 */
public record Recognised(Holding holding, List<String> parts) {

  /** What a file holds. Tables need the lists of their sides, so that lists are read first. */
  public enum Holding {
    LIST,
    TABLE
  }

  /** A file that stands for itself and holds a list of codes. */
  public static final Recognised LIST = new Recognised(Holding.LIST, List.of());

  /** A file that stands for itself and holds a table between two lists. */
  public static final Recognised TABLE = new Recognised(Holding.TABLE, List.of());
}
