package fr.pivot.http.body;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import io.micronaut.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Bodies that are held whole, and are bounded for that. */
public final class SmallBody {

  private SmallBody() {}

  /**
   * Reads a body to its end.
   *
   * @param limit the most bytes that it may have
   * @throws ProblemException where it has more
   */
  public static byte[] read(HttpRequest<?> request, @Nullable InputStream body, int limit)
      throws IOException {
    // Closed where it goes on too long, so that the rest of it is not waited for.
    try (InputStream in = RequestBody.open(request, body)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw ProblemType.TOO_LARGE.with("limit", limit).exception();
      }
      return bytes;
    }
  }
}
