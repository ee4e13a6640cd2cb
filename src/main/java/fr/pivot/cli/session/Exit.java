package fr.pivot.cli.session;

import fr.pivot.cli.Pivot;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;

/** The exit codes of the {@code pivot} command; {@link Pivot} documents them in its help. */
public final class Exit {
  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int REJECTED = 3;
  public static final int NOT_FOUND = 4;
  public static final int CONFLICT = 5;
  public static final int NO_DATABASE = 6;
  public static final int ALTERED = 7;
  public static final int WRONG = 8;
  public static final int FULL_DISK = 9;

  private Exit() {}

  /** The code for a request that cannot be answered. */
  public static int of(ProblemException e) {
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
