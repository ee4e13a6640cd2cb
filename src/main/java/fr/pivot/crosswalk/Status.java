package fr.pivot.crosswalk;

import java.util.Locale;

/** What became of the translation of a code. */
public enum Status {
  /** One target, which nothing else leads to: there and back again is the code itself. */
  SINGLE,
  /** Several targets, all of them meant: together they are the source. */
  SPLIT,
  /** One target, which other codes lead to as well. */
  MERGED,
  /** Several candidates, of which nobody says which is the one. */
  AMBIGUOUS,
  /** The code is known, and nothing takes its place. */
  NONE,
  /**
   * The code is not in force where the translation begins, or never was; or what it lay in is not
   * known of that day.
   */
  UNKNOWN;

  /** The status as it is written in answers. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
