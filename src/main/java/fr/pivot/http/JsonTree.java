package fr.pivot.http;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.text.StrictJson;
import org.jspecify.annotations.Nullable;

/** The JSON of a request, as {@link StrictJson} reads it. */
public final class JsonTree {

  private JsonTree() {}

  /**
   * Reads one value.
   *
   * @param parameter where it stands, for what is said of it: a parameter, or {@code body}
   * @throws ProblemException where it is no JSON, with the line and the column
   */
  public static @Nullable Object read(String text, String parameter) {
    try {
      return StrictJson.read(text);
    } catch (StrictJson.Malformed e) {
      throw ProblemType.MALFORMED_REQUEST
          .with("parameter", parameter)
          .with("line", e.line())
          .with("column", e.column())
          .exception();
    }
  }
}
