package fr.pivot.http;

import fr.pivot.api.ServiceApi;
import fr.pivot.finding.ProblemType;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Serves what tells of the service itself: the contract, as it is written, and whom to write to.
 */
@Controller
final class ServiceController implements ServiceApi {

  private static final MediaType YAML = MediaType.of("application/yaml;charset=utf-8");
  private static final MediaType TEXT = MediaType.of("text/plain;charset=utf-8");

  /** How long what is said of the contact holds: RFC 9116 has it be less than a year. */
  private static final Duration VALID = Duration.ofDays(180);

  private final Contract contract;
  private final ServerAddress address;
  private final Clock clock;
  private final String contact;

  /**
   * Tells of the service.
   *
   * @param contact whom to tell of a vulnerability, as an address; empty for nobody
   */
  ServiceController(
      Contract contract,
      ServerAddress address,
      Clock clock,
      @Value("${pivot.security-contact:}") String contact) {
    this.contract = contract;
    this.address = address;
    this.clock = clock;
    this.contact = contact;
  }

  /** The OpenAPI document. */
  @Override
  public HttpResponse<byte[]> contract(HttpRequest<?> request) {
    return Answers.of(request, contract.bytes(), YAML, Freshness.floating(null));
  }

  /** Whom to tell of a vulnerability; 404 where nobody is named. */
  @Override
  public HttpResponse<byte[]> securityContact(HttpRequest<?> request) {
    if (contact.isEmpty()) {
      throw ProblemType.NOT_FOUND.problem().exception();
    }
    Instant expires = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(VALID);
    String server = address.of(request);
    String text =
        "Contact: %s\nExpires: %s\nPreferred-Languages: fr, en\n".formatted(contact, expires)
            + (server.startsWith("https:")
                ? "Canonical: " + server + "/.well-known/security.txt\n"
                : "");
    return ServerAddress.vary(
        Answers.of(request, text.getBytes(StandardCharsets.UTF_8), TEXT, Freshness.floating(null)));
  }
}
