package fr.pivot.pages;

import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemType;
import fr.pivot.referential.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a problem says: the same as the problem as data, and where to go from there.
 *
 * @param status the HTTP status
 * @param type what names the problem for programs
 * @param suggestions where one may have wanted to go
 * @param meanings what the code that was asked for is in other referentials
 * @param sought what to search for, where the problem tells; else empty
 * @param requestId what the request is known by, to those who read the logs; or null
 */
record ProblemPage(
    Frame frame,
    int status,
    String type,
    String title,
    String detail,
    List<Suggestion> suggestions,
    List<Meaning> meanings,
    String sought,
    @Nullable String requestId) {

  private static final Text NO_PAGE =
      new Text("Il n’y a pas de page à cette adresse.", "There is no page at this address.");

  /** Where one may have wanted to go. */
  record Suggestion(String address, String label, @Nullable String code) {

    /** The suggestion of a page that others start from. */
    static Suggestion of(Frame frame, MainPage page) {
      return new Suggestion(frame.link(page.address()), frame.say(page.title()), null);
    }
  }

  /**
   * What a code is in another referential.
   *
   * @param kind what it is a code of
   */
  record Meaning(String address, String kind, String code, String label) {}

  /** The page of a problem. */
  static ProblemPage of(
      Frame frame,
      Problem problem,
      List<Suggestion> near,
      List<Meaning> meanings,
      @Nullable String requestId) {
    Object code = problem.members().get("code");
    List<Suggestion> suggestions = suggestions(frame, problem);
    suggestions.addAll(near);
    return new ProblemPage(
        frame,
        problem.type().status(),
        "/problems/" + problem.type().slug(),
        problem.type().title().in(frame.language()),
        problem.type() == ProblemType.NOT_FOUND
            ? frame.say(NO_PAGE)
            : problem.detail(frame.language()),
        suggestions,
        meanings,
        code instanceof String text ? text : "",
        requestId);
  }

  /** The pages that others start from, where nothing was found. */
  List<Suggestion> pages() {
    return status == 404
        ? MainPage.ALL.stream().map(page -> Suggestion.of(frame, page)).toList()
        : List.of();
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
