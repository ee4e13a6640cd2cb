package fr.pivot.http;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.referential.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Where a page begins, as an opaque word for addresses. */
public final class Cursor {

  private static final String SEPARATOR = "\u001F";

  private Cursor() {}

  /** Packs words into a cursor. */
  public static String of(String... words) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(SEPARATOR, words).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Unpacks a cursor.
   *
   * @param words how many words it must hold
   */
  static List<String> read(String cursor, int words) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      List<String> parts = Arrays.asList(text.split(SEPARATOR, -1));
      if (parts.size() == words) {
        return parts;
      }
    } catch (IllegalArgumentException _) {
      // refused below
    }
    throw invalid();
  }

  /** The problem of a cursor that this server did not make. */
  public static ProblemException invalid() {
    return ProblemType.invalid("cursor", expected());
  }

  /** What a cursor should be. */
  static Text expected() {
    return new Text(
        "un curseur donné par une page précédente", "a cursor given by a previous page");
  }
}
