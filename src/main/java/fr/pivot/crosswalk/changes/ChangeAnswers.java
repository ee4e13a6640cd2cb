package fr.pivot.crosswalk.changes;

import fr.pivot.catalog.Reference;
import fr.pivot.crosswalk.changes.Changes.Change;
import fr.pivot.finding.ProblemException;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.text.JsonWriter;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes outside HTTP: the same as over it. */
@Singleton
public final class ChangeAnswers {

  private static final ChangesWriter WRITER = new ChangesWriter();

  private final Points points;

  /** Answers of the registry whose points these are. */
  public ChangeAnswers(Points points) {
    this.points = points;
  }

  /**
   * A change as JSON and as a few words.
   *
   * @param kind what happened: {@code merged}
   * @param json the object that answers over HTTP hold
   * @param cells its cells in a table, in the order of {@link #listColumns}
   */
  public record ChangeAnswer(String kind, String json, List<@Nullable String> cells) {}

  /** The columns of a table of changes. */
  public static List<String> listColumns() {
    return WRITER.columns();
  }

  /**
   * What changed in a referential.
   *
   * @param from an edition or a date
   * @param to an edition or a date after it
   * @throws ProblemException where there is no such referential or edition, or where {@code from}
   *     comes after {@code to}
   */
  public List<ChangeAnswer> listChanges(String referential, String from, String to) {
    Point begin = points.find(at(referential, from));
    Point end = points.find(at(referential, to));
    List<ChangeAnswer> answers = new ArrayList<>();
    for (Change change : Changes.between(begin, end)) {
      JsonWriter json = new JsonWriter();
      WRITER.write(json, change);
      answers.add(
          new ChangeAnswer(
              change.kind().id(),
              new String(json.take(), StandardCharsets.UTF_8),
              WRITER.lines(change).getFirst()));
    }
    return answers;
  }

  private static Reference at(String referential, String at) {
    return Points.reference(Points.reference(referential).referential() + '@' + at);
  }
}
