package fr.pivot.lookup;

import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemType;
import fr.pivot.referential.ConceptState;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.BeforeHorizon;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.NotInForce;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Misread;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says why a code has no answer, with what helps to find the right one. */
public final class CodeProblems {

  private CodeProblems() {}

  /**
   * The problem of a code that is not in force at the point; that one does not know where a list of
   * an earlier day and one of a later day differ about it.
   */
  static Problem notInForce(Point point, NotInForce sought) {
    CodeView view = CodeView.lastKnown(point, sought.release(), sought.states());
    List<Map<String, @Nullable Object>> validity = new ArrayList<>();
    for (CodeView state : view.listStates()) {
      Map<String, @Nullable Object> span = new LinkedHashMap<>();
      span.put("from", state.validity().from());
      span.put("to", state.validity().to());
      LocalDate after = state.beginsAfter();
      if (after != null) {
        span.put("beginsAfter", after);
      }
      LocalDate ends = state.endsAfter();
      if (ends != null) {
        span.put("endsAfter", ends);
      }
      validity.add(span);
    }
    ProblemType type =
        view.isDoubtful(point.date())
            ? ProblemType.NOT_KNOWN_AT_DATE
            : ProblemType.CODE_NOT_IN_FORCE;
    Problem problem =
        type.with("referential", point.referential().id())
            .with("release", point.release().edition())
            .with("date", point.date())
            .with("code", sought.code())
            .with("label", sought.states().getLast().label())
            .with("validity", validity)
            .with("predecessors", view.listPredecessors().stream().map(Kin::members).toList())
            .with("successors", view.listEverySuccessor().stream().map(Kin::members).toList());
    return sought.release().id() == point.release().id()
        ? problem
        : problem.with("knownIn", sought.release().edition());
  }

  /** The problem of a day before the history of the referential, with what is known first. */
  public static Problem beforeHorizon(Point point, BeforeHorizon sought) {
    Problem problem = Points.beforeHorizon(point).with("code", sought.code());
    if (sought.states().isEmpty()) {
      return problem;
    }
    ConceptState first = sought.states().getFirst();
    Map<String, @Nullable Object> known = new LinkedHashMap<>();
    known.put("label", first.label());
    known.put("from", first.validity().from());
    known.put("to", first.validity().to());
    return problem.with("firstKnown", known);
  }

  /** The problem of a code that nobody ever used. */
  public static Problem unknown(Point point, String code) {
    Problem problem =
        ProblemType.UNKNOWN_CODE
            .with("referential", point.referential().id())
            .with("release", point.release().edition())
            .with("code", code);
    List<Map<String, @Nullable Object>> suggestions = suggestions(point, code);
    return suggestions.isEmpty() ? problem : problem.with("suggestions", suggestions);
  }

  /**
   * Codes that a wrong one may stand for. Spreadsheets add decimals, people take O for 0 and l for
   * 1; what else happens to codes, {@link Misread} says.
   */
  private static List<Map<String, @Nullable Object>> suggestions(Point point, String code) {
    String plain = code.strip().replaceFirst("[.,]0+$", "");
    Set<String> guesses = new LinkedHashSet<>();
    for (String guess :
        List.of(plain, plain.replace('O', '0').replace('o', '0').replaceAll("[Il]", "1"))) {
      guesses.add(guess);
      Misread.list(guess.toUpperCase(Locale.ROOT), point.codes())
          .forEach(misread -> guesses.add(misread.code()));
    }
    Point bare =
        new Point(
            point.registry(),
            point.codes(),
            new fr.pivot.catalog.Resolution.Resolved(
                point.referential(), point.release(), point.date(), false, false));
    Map<String, Map<String, @Nullable Object>> found = new LinkedHashMap<>();
    for (String guess : guesses) {
      if (CodeAnswer.find(bare, guess) instanceof Found answer) {
        Map<String, @Nullable Object> suggestion = new LinkedHashMap<>();
        suggestion.put("code", answer.state().code());
        suggestion.put("label", answer.state().label());
        suggestion.put("status", answer.status().id());
        found.putIfAbsent(answer.state().code(), suggestion);
      }
    }
    return List.copyOf(found.values());
  }
}
