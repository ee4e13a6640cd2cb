package fr.pivot.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;

/** Pages for people: when they are wanted, and what goes with them. */
public final class HtmlPage {

  /** Their media type. */
  public static final MediaType TYPE = MediaType.of("text/html;charset=utf-8");

  /**
   * What a browser may do on a page: load what this server serves, and nothing else. No script or
   * style can be written into a page, whatever a label or a parameter holds.
   */
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final String NAME = "text/html";

  private HtmlPage() {}

  /** Whether a request would rather have a page than data: browsers would, programs would not. */
  public static boolean isWanted(HttpRequest<?> request) {
    String accept = String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT));
    return accept.contains(NAME)
        && accept.length() <= MediaFormat.LONGEST_HEADER
        && MediaFormat.quality(accept, NAME) > MediaFormat.quality(accept, "application/json");
  }

  /**
   * Whether a request comes from a browser, whose reader wants even a problem as a page. Browsers
   * would rather have a page and take anything else; a program that asks for HTML alone, and gets a
   * problem, is told of it as programs are.
   */
  public static boolean isForReader(HttpRequest<?> request) {
    return isWanted(request)
        && String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT)).contains("*/*");
  }

  /** A page, or 304 where the client holds the same. */
  public static MutableHttpResponse<byte[]> answer(
      HttpRequest<?> request, byte[] page, Freshness freshness) {
    return guard(Answers.of(request, page, TYPE, freshness));
  }

  /** Tells browsers what a page may do. */
  public static MutableHttpResponse<byte[]> guard(MutableHttpResponse<byte[]> response) {
    return response
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "same-origin");
  }
}
