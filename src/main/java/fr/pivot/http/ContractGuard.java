package fr.pivot.http;

import fr.pivot.finding.ProblemType;
import fr.pivot.http.body.RequestBody;
import fr.pivot.http.client.ClientLimits;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests to the contract (a query parameter that the operation does not declare is refused,
 * never ignored; a page is shown without it, for newsletters and networks add their own to links)
 * and opens answers to pages of any origin: everything here is public and nothing depends on
 * cookies.
 */
@ServerFilter("/**")
public final class ContractGuard {

  private static final String METHODS = "GET, HEAD, POST, OPTIONS";
  public static final String EXPOSED =
      "ETag, Last-Modified, Link, Content-Location, Location, X-Total-Count, X-Not-Known,"
          + " Retry-After, Allow, X-Request-Id";

  private final Contract contract;
  private final ClientLimits limits;

  ContractGuard(Contract contract, ClientLimits limits) {
    this.contract = contract;
    this.limits = limits;
  }

  /** Answers preflight requests, refuses what the contract does not know and who asks too often. */
  @RequestFilter
  @Nullable HttpResponse<?> refuse(HttpRequest<?> request) {
    String path = request.getUri().getRawPath();
    limits.require(request, path == null ? 1 : contract.cost(method(request), path));
    if (request.getMethod() == HttpMethod.OPTIONS) {
      // an answer given here passes by the response filter below
      MutableHttpResponse<?> response = HttpResponse.noContent().header(HttpHeaders.ALLOW, METHODS);
      addCors(response);
      return response;
    }
    RequestBody.requireKnownCoding(request);
    if (path != null && path.length() > 1 && path.endsWith("/") && !path.startsWith("//")) {
      return redirect(request, path);
    }
    String query = request.getUri().getRawQuery();
    if (query != null && !query.isEmpty()) {
      return check(request);
    }
    return null;
  }

  /** An address has one form: without a slash at its end. */
  private static HttpResponse<?> redirect(HttpRequest<?> request, String path) {
    String bare = path.replaceFirst("/+$", "");
    String query = request.getUri().getRawQuery();
    MutableHttpResponse<?> response =
        HttpResponse.status(HttpStatus.PERMANENT_REDIRECT)
            .header(
                HttpHeaders.LOCATION,
                (bare.isEmpty() ? "/" : bare) + (query == null ? "" : '?' + query));
    addCors(response);
    return response;
  }

  private @Nullable HttpResponse<?> check(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    String method = method(request);
    List<String> known = contract.queryParameters(method, target.path());
    if (known == null) {
      return null;
    }
    if (contract.isPage(method, target.path())) {
      String address = target.keeping(known);
      if (!address.equals(target.address())) {
        MutableHttpResponse<?> response =
            HttpResponse.status(HttpStatus.FOUND)
                .header(HttpHeaders.LOCATION, address)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        addCors(response);
        return response;
      }
    }
    for (String name : target.parameters().keySet()) {
      if (!known.contains(name)) {
        throw ProblemType.UNKNOWN_PARAMETER
            .with("parameter", ProblemType.shorten(name))
            .with("known", known)
            .exception();
      }
    }
    return null;
  }

  /** The method by which the contract knows what a request asks for. */
  private static String method(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.HEAD ? HttpMethod.GET.name() : request.getMethodName();
  }

  /** Adds the headers of cross-origin requests. */
  @ResponseFilter
  void open(MutableHttpResponse<?> response) {
    addCors(response);
  }

  /** Adds the headers of cross-origin requests to an answer that filters do not see. */
  public static void addCors(MutableHttpResponse<?> response) {
    response
        .getHeaders()
        .set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    if (response.code() == 204) {
      response
          .getHeaders()
          .set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
          .set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "*")
          .set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
    }
  }
}
