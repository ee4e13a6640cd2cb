package fr.pivot.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which language a client wants to read: French, unless it prefers English. */
public final class Language {

  private static final List<String> LANGUAGES = List.of("fr", "en");
  private static final int LONGEST_HEADER = 500;

  private Language() {}

  /** The language of the answer to a request: {@code fr} or {@code en}. */
  public static String of(HttpRequest<?> request) {
    return of(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE));
  }

  /**
   * The language of the answer to a request whose address may say it: {@code lang}, where forms of
   * pages are sent to it, whose browsers may like another.
   */
  public static String of(HttpRequest<?> request, RequestTarget target) {
    return find(target).orElseGet(() -> of(request));
  }

  /** The language that an address says. */
  public static Optional<String> find(RequestTarget target) {
    return target.findOneOf("lang", LANGUAGES);
  }

  /** The language that an {@code Accept-Language} header asks for. */
  static String of(@Nullable String header) {
    if (header == null || header.isBlank() || header.length() > LONGEST_HEADER) {
      return "fr";
    }
    try {
      String best = Locale.lookupTag(Locale.LanguageRange.parse(header), LANGUAGES);
      return best == null ? "fr" : best;
    } catch (IllegalArgumentException _) {
      return "fr";
    }
  }
}
