package fr.pivot.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer may be kept.
 *
 * @param pinned whether it belongs to a named edition, so that it never changes
 * @param published when what it tells was published here, where that is one moment
 */
public record Freshness(boolean pinned, @Nullable Instant published) {

  private static final String IMMUTABLE = "public, max-age=31536000, immutable";
  private static final String SHORT = "public, max-age=60";

  /** An answer that may change with the next publication. */
  public static Freshness floating(@Nullable Instant published) {
    return new Freshness(false, published);
  }

  String cacheControl() {
    return pinned ? IMMUTABLE : SHORT;
  }

  @Nullable String lastModified() {
    return published == null
        ? null
        : DateTimeFormatter.RFC_1123_DATE_TIME.format(published.atOffset(ZoneOffset.UTC));
  }
}
