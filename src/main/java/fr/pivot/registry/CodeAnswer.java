package fr.pivot.registry;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of the search for a code at a point. */
public sealed interface CodeAnswer {

  /** Whether a code is in force on the day of the question. */
  enum Status {
    IN_FORCE("in-force"),
    CEASED("ceased"),
    FUTURE("future");

    private final String id;

    Status(String id) {
      this.id = id;
    }

    /** As it is written in answers. */
    public String id() {
      return id;
    }

    static Status of(ConceptState state, LocalDate date) {
      if (state.validity().contains(date)) {
        return IN_FORCE;
      }
      LocalDate from = state.validity().from();
      return from != null && from.isAfter(date) ? FUTURE : CEASED;
    }
  }

  /**
   * There is an answer.
   *
   * @param release the edition that gives it: the one that was asked, or the last one that knew the
   *     code
   * @param state the state in force, or the last one known
   */
  record Found(Release release, ConceptState state, Status status) implements CodeAnswer {}

  /**
   * The code exists or existed, but not at the point.
   *
   * @param code the code
   * @param release the edition that knows it
   * @param states all the states that the edition gives it
   */
  record NotInForce(String code, Release release, List<ConceptState> states)
      implements CodeAnswer {}

  /**
   * The history of the referential begins after the day of the question, so that nobody knows.
   *
   * @param code the code, as its publisher writes it, or as it was given where no edition knows it
   * @param release the edition that knows the code, or that was asked
   * @param states all the states that the edition gives it; none where no edition knows it
   */
  record BeforeHorizon(String code, Release release, List<ConceptState> states)
      implements CodeAnswer {}

  /** No edition ever knew the code. */
  record Unknown(String code) implements CodeAnswer {}

  /**
   * Looks for a code as somebody wrote it. Where the point names neither date nor edition, any code
   * ever used has an answer.
   */
  static CodeAnswer find(Point point, String written) {
    Optional<String> canonical = point.codes().findCanonical(written);
    if (canonical.isEmpty()) {
      return isBeforeHorizon(point) && point.referential().pattern().matcher(written).matches()
          ? new BeforeHorizon(written, point.release(), List.of())
          : new Unknown(written);
    }
    String code = canonical.get();
    return told(point, code, point.codes().find(code, point.release(), point.date()));
  }

  /**
   * Looks for codes as somebody wrote them, all at once: the answers of {@link #find}, by what was
   * written.
   */
  static Map<String, CodeAnswer> findAll(Point point, Collection<String> written) {
    Map<String, CodeAnswer> answers = new HashMap<>(written.size() * 2);
    point
        .codes()
        .findAll(written, point.release(), point.date())
        .forEach(
            (code, answer) ->
                answers.put(
                    code,
                    // It may be written otherwise, or known to another edition.
                    answer instanceof Answer.Unknown
                        ? find(point, code)
                        : told(point, code, answer)));
    return answers;
  }

  private static CodeAnswer told(Point point, String code, Answer answer) {
    return switch (answer) {
      case Answer.InForce(ConceptState state) -> new Found(point.release(), state, Status.IN_FORCE);
      case Answer.NotInForce(List<ConceptState> states) ->
          point.resolved().dated()
              ? missed(point, code, point.release(), states)
              : lastKnown(point.release(), states, point.date());
      case Answer.Unknown _ -> inAnotherEdition(point, code);
    };
  }

  private static boolean isBeforeHorizon(Point point) {
    return point.resolved().dated() && point.referential().isBeforeHorizon(point.date());
  }

  private static CodeAnswer missed(
      Point point, String code, Release release, List<ConceptState> states) {
    return isBeforeHorizon(point)
        ? new BeforeHorizon(code, release, states)
        : new NotInForce(code, release, states);
  }

  private static CodeAnswer inAnotherEdition(Point point, String code) {
    List<Release> releases = point.registry().catalog().listReleases(point.referential().id());
    for (Release release : releases.reversed()) {
      List<ConceptState> states = point.codes().listStates(code, release);
      if (!states.isEmpty()) {
        if (point.resolved().dated()) {
          return missed(point, code, release, states);
        }
        Found found = lastKnown(release, states, point.date());
        return new Found(
            release,
            found.state(),
            found.status() == Status.FUTURE ? Status.FUTURE : Status.CEASED);
      }
    }
    return new Unknown(code);
  }

  /** The state to show of those that a code had: the one nearest to the day, past ones first. */
  public static Found lastKnown(Release release, List<ConceptState> states, LocalDate date) {
    ConceptState nearest = states.getFirst();
    for (ConceptState state : states) {
      LocalDate from = state.validity().from();
      if (from == null || !from.isAfter(date)) {
        nearest = state;
      }
    }
    return new Found(release, nearest, Status.of(nearest, date));
  }
}
