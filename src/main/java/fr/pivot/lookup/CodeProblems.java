package fr.pivot.lookup;

import fr.pivot.codebook.Misread;
import fr.pivot.codebook.Registry.Node;
import fr.pivot.http.Problem;
import fr.pivot.http.ProblemType;
import fr.pivot.lookup.Sought.Found;
import fr.pivot.lookup.Sought.NotInForce;
import fr.pivot.referential.ConceptState;
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

  /** The problem of a code that is not in force at the point. */
  static Problem notInForce(Point point, NotInForce sought) {
    Node node = new Node(point.referential().id(), sought.code());
    List<Map<String, @Nullable Object>> validity = new ArrayList<>();
    for (ConceptState state : sought.states()) {
      Map<String, @Nullable Object> span = new LinkedHashMap<>();
      span.put("from", state.validity().from());
      span.put("to", state.validity().to());
      validity.add(span);
    }
    Problem problem =
        ProblemType.CODE_NOT_IN_FORCE
            .with("referential", point.referential().id())
            .with("release", point.release().edition())
            .with("date", point.date())
            .with("code", sought.code())
            .with("label", sought.states().getLast().label())
            .with("validity", validity)
            .with(
                "predecessors",
                Heir.listPredecessors(point.registry(), node, sought.release()).stream()
                    .map(Heir::members)
                    .toList())
            .with(
                "successors",
                Heir.listSuccessors(point.registry(), node, sought.release()).stream()
                    .map(Heir::members)
                    .toList());
    return sought.release().id() == point.release().id()
        ? problem
        : problem.with("knownIn", sought.release().edition());
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
      Misread.list(guess.toUpperCase(Locale.ROOT), point.codebook())
          .forEach(misread -> guesses.add(misread.code()));
    }
    Point bare =
        new Point(
            point.registry(),
            point.codebook(),
            new fr.pivot.catalog.Resolution.Resolved(
                point.referential(), point.release(), point.date(), false, false));
    Map<String, Map<String, @Nullable Object>> found = new LinkedHashMap<>();
    for (String guess : guesses) {
      if (Sought.find(bare, guess) instanceof Found answer) {
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
