package fr.pivot.lookup;

import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemException;
import fr.pivot.http.ProblemWriter;
import fr.pivot.lookup.Fields.Selection;
import fr.pivot.referential.Language;
import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.BeforeHorizon;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.NotInForce;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.CodeAnswer.Unknown;
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

  CodeAnswers(Points points) {
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
        case Found found -> found(point, found, language);
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
    ProblemWriter.write(problem, json, language, null);
    return new Result(false, text(json), problem.detail(language));
  }

  private static String text(JsonWriter json) {
    return new String(json.take(), StandardCharsets.UTF_8);
  }

  private static Result found(Point point, Found found, Language language) {
    JsonWriter json = new JsonWriter();
    new CodeWriter(point, Selection.ALL).write(json, found);
    return new Result(true, text(json), words(point, found, language));
  }

  private static String words(Point point, Found found, Language language) {
    StringBuilder words = new StringBuilder();
    words.append(found.state().code()).append("  ").append(found.state().label());
    words.append("  (").append(point.referential().id()).append('@');
    words
        .append(found.release().edition())
        .append(", ")
        .append(found.state().level())
        .append(")\n");
    words.append("  ").append(status(found).in(language));
    words.append(' ').append(span(point, found, language));
    LocalDate day = found.linkDate(point.date());
    Knowledge knowledge = point.codes().knowledge(found.release());
    words.append(until(knowledge.find(found.state()), day, language));
    for (Link link : point.codes().listLinks(found.state().code(), found.release(), day)) {
      if (link.relation() == Relation.BROADER) {
        Node above = new Node(link.referential(), link.target());
        @Nullable String label = Kin.label(point.registry(), found.release(), above, day);
        words.append("\n  ").append(link.referential()).append(' ').append(link.target());
        words.append(label == null ? "" : "  " + label);
        words.append(until(knowledge.find(link), day, language));
      }
    }
    if (found.status() == Status.CEASED) {
      List<Kin> heirs = Kin.listSuccessors(point, found);
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

  private static Text status(Found found) {
    return switch (found.status()) {
      case IN_FORCE -> new Text("en vigueur", "in force");
      case CEASED -> new Text("n'est plus en vigueur :", "no longer in force:");
      case FUTURE -> new Text("pas encore en vigueur :", "not yet in force:");
    };
  }

  /** Until when something is known that holds on a day, where that is before it. */
  private static String until(@Nullable Validity known, LocalDate day, Language language) {
    LocalDate end = known == null || known.contains(day) ? null : known.to();
    return end == null
        ? ""
        : new Text(" (su jusqu'au ", " (known until ").in(language) + end.minusDays(1) + ')';
  }

  private static String span(Point point, Found found, Language language) {
    LocalDate from = found.state().validity().from();
    LocalDate to = found.state().validity().to();
    String since = from == null ? "" : new Text("depuis le ", "since ").in(language) + from;
    if (point.referential().beginsAtHorizon(found.state().validity())) {
      since += new Text(" au moins", " at least").in(language);
    }
    Knowledge knowledge = point.codes().knowledge(found.release());
    since += Knowledge.latest(knowledge.findBeginsAfter(found.state())).in(language);
    String until =
        to == null
            ? ""
            : new Text(" jusqu'au ", " until ").in(language)
                + to.minusDays(1)
                + Knowledge.latest(knowledge.findEndsAfter(found.state())).in(language);
    return (since + until).strip();
  }
}
