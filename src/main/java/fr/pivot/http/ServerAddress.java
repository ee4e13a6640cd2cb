package fr.pivot.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.util.HttpHostResolver;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * Where clients reach this server, for links in what leaves it: the host that the request names, or
 * what a proxy that is trusted says of the request that it passes on ({@link TrustedProxies}). It
 * is held to the form of an address: who asks may write anything there.
 */
@Singleton
public final class ServerAddress {

  /** Where a server listens that nobody configured. */
  public static final String DEFAULT = "http://localhost:8080";

  private static final Pattern ADDRESS =
      Pattern.compile("https?://(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?");

  /** What it is told by: a cache must not give the address that one client wrote to another. */
  private static final String TOLD_BY = "Forwarded, X-Forwarded-Host, X-Forwarded-Proto";

  private final HttpHostResolver hosts;
  private final TrustedProxies proxies;

  ServerAddress(HttpHostResolver hosts, TrustedProxies proxies) {
    this.hosts = hosts;
    this.proxies = proxies;
  }

  /**
   * The scheme, the host and the port that a request was sent to: {@code https://pivot.example}.
   */
  public String of(HttpRequest<?> request) {
    String host = request.getHeaders().get(HttpHeaders.HOST);
    String address =
        proxies.trusts(request.getRemoteAddress())
            ? hosts.resolve(request)
            : (request.isSecure() ? "https://" : "http://") + host;
    return ADDRESS.matcher(address).matches() ? address : DEFAULT;
  }

  /** Says that an answer depends on where the server is reached. */
  public static <T> MutableHttpResponse<T> vary(MutableHttpResponse<T> response) {
    return response.header(HttpHeaders.VARY, TOLD_BY);
  }
}
