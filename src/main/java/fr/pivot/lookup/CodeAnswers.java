package fr.pivot.lookup;

import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemException;
import fr.pivot.http.problem.ProblemWriter;
import fr.pivot.lookup.Fields.Selection;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.BeforeHorizon;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.NotInForce;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.CodeAnswer.Unknown;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.CodeView.Linked;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Knowledge;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry.Node;
import fr.pivot.text.JsonWriter;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers about codes outside HTTP: the same as over it, as JSON and in words. */
@Singleton
public final class CodeAnswers {

  private final Points points;

  /** Answers of the registry whose points these are. */
  public CodeAnswers(Points points) {
    this.points = points;
  }

  /**
   * What became of a question.
   *
   * @param found whether the code has an answer at the point
   * @param json the answer as over HTTP, or the problem
   * @param words the same in a few lines for a person
   */
  public record Result(boolean found, String json, String words) {}

  /**
   * Looks a code up.
   *
   * @param reference the referential at a point, as {@code communes@2019}
   * @param code the code as somebody wrote it
   * @param language of what is said
   */
  public Result find(String reference, String code, Language language) {
    try {
      Point point = points.find(Points.reference(reference));
      return switch (CodeAnswer.find(point, code)) {
        case Found found -> found(new CodeView(point, found), language);
        case NotInForce sought -> problem(CodeProblems.notInForce(point, sought), language);
        case BeforeHorizon sought -> problem(CodeProblems.beforeHorizon(point, sought), language);
        case Unknown _ -> problem(CodeProblems.unknown(point, code), language);
      };
    } catch (ProblemException e) {
      return problem(e.problem(), language);
    }
  }

  private static Result problem(Problem problem, Language language) {
    JsonWriter json = new JsonWriter();
    ProblemWriter.write(problem, json, language);
    return new Result(false, text(json), problem.detail(language));
  }

  private static String text(JsonWriter json) {
    return new String(json.take(), StandardCharsets.UTF_8);
  }

  private static Result found(CodeView view, Language language) {
    JsonWriter json = new JsonWriter();
    new CodeWriter(Selection.ALL).write(json, view);
    return new Result(true, text(json), words(view, language));
  }

  private static String words(CodeView view, Language language) {
    StringBuilder words = new StringBuilder();
    words.append(view.code()).append("  ").append(view.state().label());
    words.append("  (").append(view.referential().id()).append('@');
    words.append(view.release().edition()).append(", ").append(view.state().level()).append(")\n");
    words.append("  ").append(status(view).in(language));
    words.append(' ').append(span(view, language));
    words.append(until(view.doubt(), language));
    for (Linked link : view.listLinks()) {
      if (link.isBroader()) {
        Node above = link.node();
        @Nullable ConceptState state = link.state();
        words.append("\n  ").append(above.referential()).append(' ').append(above.code());
        words.append(state == null ? "" : "  " + state.label());
        words.append(until(link.doubt(), language));
      }
    }
    if (view.status() == Status.CEASED) {
      List<Kin> heirs = view.listSuccessors();
      if (!heirs.isEmpty()) {
        words.append("\n  → ");
        words.append(
            heirs.stream()
                .map(h -> h.referential() + ' ' + h.code() + ' ' + h.label())
                .distinct()
                .collect(Collectors.joining(", ")));
      }
    }
    return words.toString();
  }

  private static Text status(CodeView view) {
    return switch (view.status()) {
      case IN_FORCE -> new Text("en vigueur", "in force");
      case CEASED -> new Text("n'est plus en vigueur :", "no longer in force:");
      case FUTURE -> new Text("pas encore en vigueur :", "not yet in force:");
    };
  }

  /** Until when something is known, where that is before the day. */
  private static String until(@Nullable Validity doubt, Language language) {
    LocalDate end = doubt == null ? null : doubt.to();
    return end == null
        ? ""
        : new Text(" (su jusqu'au ", " (known until ").in(language) + end.minusDays(1) + ')';
  }

  private static String span(CodeView view, Language language) {
    LocalDate from = view.validity().from();
    LocalDate to = view.validity().to();
    String since = from == null ? "" : new Text("depuis le ", "since ").in(language) + from;
    if (view.beginsAtHorizon()) {
      since += new Text(" au moins", " at least").in(language);
    }
    since += Knowledge.latest(view.beginsAfter()).in(language);
    String until =
        to == null
            ? ""
            : new Text(" jusqu'au ", " until ").in(language)
                + to.minusDays(1)
                + Knowledge.latest(view.endsAfter()).in(language);
    return (since + until).strip();
  }
}
