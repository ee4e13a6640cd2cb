package fr.pivot.finding;

import org.jspecify.annotations.Nullable;

/**
 * Where a finding stands.
 *
 * @param file the file's name, without folders; null where it stands in no file
 * @param line the line, from 1, header included; 0 where it concerns the whole file
 * @param column the column's name; null where it concerns the whole line
 */
public record Place(@Nullable String file, long line, @Nullable String column) {

  /** A finding about a file as a whole. */
  public static Place file(String file) {
    return new Place(file, 0, null);
  }
}
