package fr.pivot.cli;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;

/** The exit codes of the {@code pivot} command; {@link Pivot} documents them in its help. */
final class Exit {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int REJECTED = 3;
  static final int NOT_FOUND = 4;
  static final int CONFLICT = 5;
  static final int NO_DATABASE = 6;
  static final int ALTERED = 7;
  static final int WRONG = 8;

  private Exit() {}

  /** The code for a request that cannot be answered. */
  static int of(ProblemException e) {
    if (e.problem().type() == ProblemType.UNKNOWN_PROPERTY) {
      return USAGE;
    }
    return switch (e.problem().type().status()) {
      case 404 -> NOT_FOUND;
      case 400 -> USAGE;
      default -> REJECTED;
    };
  }
}
