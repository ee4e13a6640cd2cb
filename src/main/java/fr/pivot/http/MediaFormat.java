package fr.pivot.http;

import fr.pivot.finding.ProblemType;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The formats of answers that negotiate. */
public enum MediaFormat implements Negotiable {
  /** One JSON value. */
  JSON("application/json", MediaType.APPLICATION_JSON_TYPE),
  /** A table (RFC 4180). */
  CSV("text/csv", MediaType.of("text/csv;charset=utf-8;header=present")),
  /** One JSON value a line. */
  NDJSON("application/x-ndjson", MediaType.of("application/x-ndjson"));

  static final int LONGEST_HEADER = 2000;

  private final String name;
  private final MediaType type;

  MediaFormat(String name, MediaType type) {
    this.name = name;
    this.type = type;
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String range() {
    return name;
  }

  @Override
  public MediaType type() {
    return type;
  }

  /** The format of a body; empty where it is none of these. */
  public static Optional<MediaFormat> ofBody(@Nullable String contentType) {
    if (contentType == null) {
      return Optional.empty();
    }
    int end = contentType.indexOf(';');
    return switch ((end < 0 ? contentType : contentType.substring(0, end))
        .trim()
        .toLowerCase(Locale.ROOT)) {
      case "application/json" -> Optional.of(JSON);
      case "text/csv" -> Optional.of(CSV);
      case "application/x-ndjson", "application/ndjson", "application/jsonl" -> Optional.of(NDJSON);
      default -> Optional.empty();
    };
  }

  /**
   * The format to answer in: what {@code format} says, else what {@code Accept} likes best, else
   * the first available.
   *
   * @param available those that the operation knows, the preferred one first
   */
  public static <F extends Negotiable> F choose(
      HttpRequest<?> request, RequestTarget target, List<F> available) {
    Optional<F> asked = target.findOneOf("format", available, Negotiable::id);
    if (asked.isPresent()) {
      return asked.get();
    }
    List<String> headers = request.getHeaders().getAll(HttpHeaders.ACCEPT);
    if (headers.isEmpty()) {
      return available.getFirst();
    }
    String accept = headers.size() == 1 ? headers.getFirst() : String.join(",", headers);
    if (accept.isBlank() || accept.equals("*/*")) {
      return available.getFirst();
    }
    F best = null;
    double bestQuality = 0;
    if (accept.length() <= LONGEST_HEADER) {
      for (F format : available) {
        double quality = quality(accept, format.range());
        if (quality > bestQuality) {
          best = format;
          bestQuality = quality;
        }
      }
    }
    if (best == null) {
      throw ProblemType.NOT_ACCEPTABLE
          .with("available", available.stream().map(Negotiable::range).toList())
          .exception();
    }
    return best;
  }

  /** How much a header wants a type; the most specific range that matches decides (RFC 9110). */
  static double quality(String accept, String name) {
    double quality = 0;
    int specificity = -1;
    for (String range : accept.split(",", -1)) {
      String[] parts = range.split(";", -1);
      String wanted = parts[0].trim().toLowerCase(Locale.ROOT);
      int rank;
      if (wanted.equals(name)) {
        rank = 2;
      } else if (wanted.endsWith("/*")
          && name.startsWith(wanted.substring(0, wanted.length() - 1))) {
        rank = 1;
      } else if (wanted.equals("*/*")) {
        rank = 0;
      } else {
        continue;
      }
      if (rank > specificity) {
        specificity = rank;
        quality = 1;
        for (int i = 1; i < parts.length; i++) {
          String parameter = parts[i].trim();
          if (parameter.startsWith("q=") || parameter.startsWith("Q=")) {
            quality = number(parameter.substring(2));
          }
        }
      }
    }
    return quality;
  }

  private static double number(String text) {
    try {
      return text.length() > 5 ? 0 : Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
