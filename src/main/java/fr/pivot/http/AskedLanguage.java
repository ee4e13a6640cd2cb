package fr.pivot.http;

import fr.pivot.referential.Language;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which language a client wants to read: French, unless it prefers English. */
public final class AskedLanguage {

  private static final int LONGEST_HEADER = 500;

  private AskedLanguage() {}

  /** The language of the answer to a request. */
  public static Language of(HttpRequest<?> request) {
    return of(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE));
  }

  /**
   * The language of the answer to a request whose address may say it: {@code lang}, where forms of
   * pages are sent to it, whose browsers may like another.
   */
  public static Language of(HttpRequest<?> request, RequestTarget target) {
    return find(target).orElseGet(() -> of(request));
  }

  /** The language that an address says. */
  public static Optional<Language> find(RequestTarget target) {
    return target.findOneOf("lang", List.of(Language.values()), Language::id);
  }

  /** The language that an {@code Accept-Language} header asks for. */
  public static Language of(@Nullable String header) {
    if (header == null || header.isBlank() || header.length() > LONGEST_HEADER) {
      return Language.FRENCH;
    }
    try {
      String best = Locale.lookupTag(Locale.LanguageRange.parse(header), Language.IDS);
      return best == null ? Language.FRENCH : Language.find(best).orElse(Language.FRENCH);
    } catch (IllegalArgumentException _) {
      return Language.FRENCH;
    }
  }
}
