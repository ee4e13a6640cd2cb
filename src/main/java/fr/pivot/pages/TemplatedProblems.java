package fr.pivot.pages;

import fr.pivot.catalog.Reference;
import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.problem.ProblemPages;
import fr.pivot.pages.ProblemPage.Meaning;
import fr.pivot.pages.ProblemPage.Suggestion;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Language;
import fr.pivot.referential.Level;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the pages of problems. */
@Singleton
final class TemplatedProblems implements ProblemPages {

  /** The pages whose forms are sent to data: what was sent has no page in another language. */
  private static final Map<String, String> FORMS =
      Map.of(
          "/v1/validations", "/controler",
          "/v1/crosswalk", "/aligner",
          "/v1/reconciliations", "/aligner");

  private final Assets assets;
  private final Points points;

  TemplatedProblems(Assets assets, Points points) {
    this.assets = assets;
    this.points = points;
  }

  @Override
  public byte[] render(
      RequestTarget target, Language accepted, Problem problem, @Nullable String requestId) {
    Frame frame = frame(target, accepted);
    ProblemPage page =
        ProblemPage.of(
            frame, problem, near(frame, target, problem), elsewhere(frame, problem), requestId);
    return Html.of(out -> JteproblemGenerated.render(out, null, page));
  }

  /** The pages whose addresses look like one that nothing answers at. */
  private static List<Suggestion> near(Frame frame, RequestTarget target, Problem problem) {
    if (problem.type() != ProblemType.NOT_FOUND) {
      return List.of();
    }
    try {
      return MainPage.near(target.segment(0)).stream()
          .map(page -> Suggestion.of(frame, page))
          .toList();
    } catch (ProblemException _) {
      // it cannot even be read
      return List.of();
    }
  }

  /** What a code that a referential never had is in others. */
  private List<Meaning> elsewhere(Frame frame, Problem problem) {
    if (problem.type() != ProblemType.UNKNOWN_CODE
        || !(problem.members().get("code") instanceof String code)) {
      return List.of();
    }
    Registry registry;
    try {
      registry = points.registry();
    } catch (ProblemException _) {
      // nothing is loaded
      return List.of();
    }
    List<Meaning> meanings = new ArrayList<>();
    for (Referential referential : registry.catalog().listReferentials()) {
      if (registry.catalog().findLatest(referential.id()).isPresent()
          && !referential.id().equals(problem.members().get("referential"))) {
        Point point = Points.find(registry, Reference.latest(referential.id()), points.today());
        if (CodeAnswer.find(point, code) instanceof Found found) {
          ConceptState state = found.state();
          Text kind =
              referential.findLevel(state.level()).map(Level::title).orElse(referential.title());
          meanings.add(
              new Meaning(
                  frame.code(referential.id(), state.code()),
                  frame.say(kind),
                  state.code(),
                  state.label()));
        }
      }
    }
    meanings.sort(Comparator.comparing(Meaning::kind, frame.order()));
    return meanings;
  }

  /** Pages say in their address which language they speak; the address of data seldom does. */
  private Frame frame(RequestTarget target, Language accepted) {
    boolean data = target.path().startsWith("/v1/") || target.path().startsWith("/id/");
    try {
      Frame frame = Frame.of(target, assets);
      Language language = data && target.find("lang").isEmpty() ? accepted : frame.language();
      String form = FORMS.get(target.path());
      return form == null
          ? new Frame(language, frame.path(), frame.parameters(), assets)
          : new Frame(language, form, Map.of(), assets);
    } catch (ProblemException _) {
      // its parameters cannot be read, which is the problem told
      return new Frame(accepted, target.path(), Map.of(), assets);
    }
  }
}
