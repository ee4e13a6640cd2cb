package fr.pivot.crosswalk.route;

import fr.pivot.referential.Kind;

/**
 * What a way has done so far, which decides what it may do next without leading to something else
 * than what it began with:
 *
 * <ul>
 *   <li>nothing goes down after it went up, and at most one step leads to what merely overlaps: the
 *       rest would be neighbours;
 *   <li>a name, such as a SIREN, is not asked for above: the SIREN of the EPCI of a commune is not
 *       that of the commune;
 *   <li>among territories time is not passed above: what became of the région of a commune is not
 *       what became of the commune, and what lies today in what a commune was merged into was not
 *       all that commune.
 * </ul>
 *
 * @param climbed whether it went up
 * @param overlapped whether a step led to what merely overlaps
 * @param timed whether its last step passed from one day or edition to another
 * @param coarse whether it went from a nomenclature to one that its codes are linked to
 */
record Progress(boolean climbed, boolean overlapped, boolean timed, boolean coarse) {

  static final Progress NONE = new Progress(false, false, false, false);

  /** Whether a step still leads to what is meant. */
  boolean allows(Step step) {
    return switch (Move.of(step)) {
      case TIME -> step.from().kind() == Kind.NOMENCLATURE || !climbed && !timed;
      case DOWN, PARTS -> !climbed && (step.from().kind() == Kind.NOMENCLATURE || !timed);
      case OVERLAP -> !overlapped;
      case NAME -> !climbed;
      case UP, WHOLE, MEANING -> true;
    };
  }

  /**
   * Whether a step passes time where less is told of it than on the other side of a link. Of two
   * nomenclatures the finer one tells more: INSEE decides of each sub-class of the NAF what the
   * classes of the NACE above cannot tell. Of a commune and its SIREN the commune does: mergers are
   * told of communes.
   */
  boolean passesTimeUntold(Step step) {
    return staysWithin(step)
        ? coarse || step.from().kind() == Kind.ENTITY
        : isLinked(step) && !isUp(step) && timed;
  }

  private static boolean isLinked(Step step) {
    return step instanceof Step.AlongLinks && Move.of(step) == Move.MEANING;
  }

  private static boolean isUp(Step step) {
    return step instanceof Step.AlongLinks along && along.up();
  }

  /** What was done after one more step. */
  Progress after(Step step) {
    Move move = Move.of(step);
    return new Progress(
        climbed || move == Move.UP,
        overlapped || move == Move.OVERLAP,
        staysWithin(step),
        coarse || isLinked(step) && isUp(step));
  }

  /** Whether a step stays within a referential. */
  static boolean staysWithin(Step step) {
    return step.from().isOf(step.to().referential().id());
  }
}
