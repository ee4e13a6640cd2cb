package fr.pivot.pages;

import fr.pivot.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a problem says: the same as the problem as data.
 *
 * @param status the HTTP status
 * @param type what names the problem for programs
 * @param suggestions where one may have wanted to go
 * @param sought what to search for, where the problem tells; else empty
 */
record ProblemPage(
    Frame frame,
    int status,
    String type,
    String title,
    String detail,
    List<Suggestion> suggestions,
    String sought) {

  /** Where one may have wanted to go. */
  record Suggestion(String address, String label, @Nullable String code) {}

  /** The page of a problem. */
  static ProblemPage of(Frame frame, Problem problem) {
    Object code = problem.members().get("code");
    return new ProblemPage(
        frame,
        problem.type().status(),
        "/problems/" + problem.type().slug(),
        problem.type().title().in(frame.language()),
        problem.detail(frame.language()),
        suggestions(frame, problem),
        code instanceof String text ? text : "");
  }

  private static List<Suggestion> suggestions(Frame frame, Problem problem) {
    List<Suggestion> list = new ArrayList<>();
    if (problem.members().get("suggestions") instanceof List<?> suggestions) {
      for (Object suggestion : suggestions) {
        if (suggestion instanceof Map<?, ?> map
            && map.get("code") instanceof String code
            && problem.members().get("referential") instanceof String referential) {
          list.add(
              new Suggestion(
                  frame.code(referential, code), String.valueOf(map.get("label")), code));
        } else if (suggestion instanceof String referential) {
          list.add(new Suggestion(frame.referential(referential), referential, null));
        }
      }
    }
    if (problem.members().get("editions") instanceof List<?> editions
        && problem.members().get("referential") instanceof String referential) {
      for (Object edition : editions) {
        String reference = referential + '@' + edition;
        list.add(new Suggestion(frame.referential(reference), reference, null));
      }
    }
    return list;
  }
}
