package fr.pivot.reconciliation.file;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the rows of a file are counted as whose names become codes. */
enum Outcome {
  /** The code can be taken without a look. */
  MATCHED,
  /** There is a candidate, or several, to be looked at. */
  TO_REVIEW,
  /** Nothing is called so, nor nearly. */
  NOT_FOUND,
  /** A person decided. */
  CHOSEN;

  /** As it is written in answers. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All of them as they are written. */
  static List<String> ids() {
    return Arrays.stream(values()).map(Outcome::id).toList();
  }
}
