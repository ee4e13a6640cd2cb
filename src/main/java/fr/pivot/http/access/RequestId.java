package fr.pivot.http.access;

import io.micronaut.http.HttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a request is known by, to those who asked and to those who read the logs: what the client or
 * a proxy says in {@code X-Request-Id}, where that is 8 to 64 letters, figures, dots, hyphens and
 * underscores, else 16 figures of its own. From the connection on, every request has that header.
 */
public final class RequestId {

  /** The header, of requests and of answers. */
  public static final AsciiString HEADER = new AsciiString("X-Request-Id");

  private static final int SHORTEST = 8;
  private static final int LONGEST = 64;
  private static final char[] FIGURES = "0123456789abcdef".toCharArray();

  private RequestId() {}

  /** Takes the id of a request, or gives it one. */
  static String settle(HttpHeaders headers) {
    String given = headers.get(HEADER);
    if (given != null && isWellFormed(given) && headers.getAll(HEADER).size() == 1) {
      return given;
    }
    String made = make();
    headers.set(HEADER, made);
    return made;
  }

  /** The id of a request; null where none came by a connection. */
  public static @Nullable String of(HttpRequest<?> request) {
    return request.getHeaders().get(HEADER);
  }

  static boolean isWellFormed(String id) {
    int length = id.length();
    if (length < SHORTEST || length > LONGEST) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = id.charAt(i);
      boolean fits =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '.'
              || c == '-'
              || c == '_';
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static String make() {
    long random = ThreadLocalRandom.current().nextLong();
    char[] id = new char[16];
    for (int i = 0; i < id.length; i++) {
      id[i] = FIGURES[(int) (random >>> (4 * i)) & 15];
    }
    return new String(id);
  }
}
