package fr.pivot.http.problem;

import fr.pivot.finding.Problem;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.text.JsonWriter;
import io.micronaut.http.MediaType;
import org.jspecify.annotations.Nullable;

/** Writes problems as {@code application/problem+json}. */
public final class ProblemWriter {

  /** The media type of what it writes (RFC 9457). */
  public static final MediaType TYPE = MediaType.of("application/problem+json");

  private ProblemWriter() {}

  /** Writes the problem of one item among others. */
  public static void write(Problem problem, JsonWriter json, Language language) {
    write(problem, json, language, null, null);
  }

  /**
   * Writes a problem.
   *
   * @param language of its words
   * @param instance the address that it came up at, or null
   * @param requestId what the request is known by, or null
   */
  public static void write(
      Problem problem,
      JsonWriter json,
      Language language,
      @Nullable String instance,
      @Nullable String requestId) {
    json.beginObject()
        .member("type", "/problems/" + problem.type().slug())
        .member("title", problem.type().title().in(language))
        .member("status", problem.type().status())
        .member("detail", problem.detail(language));
    if (instance != null) {
      json.member("instance", instance);
    }
    if (requestId != null) {
      json.member("requestId", requestId);
    }
    problem
        .members()
        .forEach(
            (name, value) ->
                json.name(name).value(value instanceof Text t ? t.in(language) : value));
    json.endObject();
  }
}
