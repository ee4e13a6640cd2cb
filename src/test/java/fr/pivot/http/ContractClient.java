package fr.pivot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolverFactory;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server and holds every answer to the contract: status, media type, schema. Whatever the
 * question, an error is a problem and shows nothing of the inside.
 */
public final class ContractClient {

  private static final OpenApiInteractionValidator VALIDATOR = validator();

  private final URI server;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /** Asks the server at an address. */
  public ContractClient(URI server) {
    this.server = server;
  }

  private static OpenApiInteractionValidator validator() {
    try {
      return OpenApiInteractionValidator.createForInlineApiSpecification(
              Files.readString(Path.of("api-spec/openapi.yaml")))
          .withLevelResolver(LevelResolverFactory.withAdditionalPropertiesIgnored())
          .build();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Asks for an address; headers as names and values in turn. */
  public HttpResponse<String> get(String address, String... headers) {
    return send("GET", address, null, headers);
  }

  /** Sends a body. */
  public HttpResponse<String> post(String address, String type, String body, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = type;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return send("POST", address, body, all);
  }

  /** Sends any request. */
  public HttpResponse<String> send(
      String method, String address, @Nullable String body, String... headers) {
    HttpResponse<String> response =
        exchange(
            method,
            address,
            body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8),
            headers);
    check(method, address, response, response.body());
    return response;
  }

  /** Sends bytes, of any type where none is given, and gets bytes. */
  public HttpResponse<byte[]> postBytes(String address, byte[] body, String... headers) {
    return post(address, HttpRequest.BodyPublishers.ofByteArray(body), headers);
  }

  /** Sends a body that is made while it is sent. */
  public HttpResponse<byte[]> post(
      String address, HttpRequest.BodyPublisher body, String... headers) {
    HttpResponse<byte[]> response =
        exchange("POST", address, body, HttpResponse.BodyHandlers.ofByteArray(), headers);
    check("POST", address, response, new String(response.body(), StandardCharsets.UTF_8));
    return response;
  }

  private <T> HttpResponse<T> exchange(
      String method,
      String address,
      HttpRequest.BodyPublisher body,
      HttpResponse.BodyHandler<T> handler,
      String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(address))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return client.send(request.build(), handler);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + ' ' + address, e);
    }
  }

  private static void check(String method, String address, HttpResponse<?> response, String body) {
    String what = method + ' ' + address + " -> " + response.statusCode() + ' ' + body;
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).as(what).hasValue("*");
    if (response.statusCode() >= 400) {
      checkProblem(what, response, body);
    }
    String path = address.replaceFirst("[?#].*", "");
    if (method.equals("HEAD") || method.equals("OPTIONS") || response.statusCode() == 405) {
      return;
    }
    SimpleResponse.Builder answer = SimpleResponse.Builder.status(response.statusCode());
    response.headers().map().forEach((name, values) -> answer.withHeader(name, values));
    if (!body.isEmpty()) {
      answer.withBody(body);
    }
    ValidationReport report =
        VALIDATOR.validateResponse(path, Request.Method.valueOf(method), answer.build());
    Set<String> beside =
        Set.of("validation.request.path.missing", "validation.request.operation.notAllowed");
    assertThat(
            report.getMessages().stream()
                .filter(m -> m.getLevel() == ValidationReport.Level.ERROR)
                .filter(m -> !beside.contains(m.getKey()))
                // A list of no lines is a list.
                .filter(
                    m ->
                        !(m.getKey().equals("validation.response.body.missing")
                            && isLines(response)))
                .toList())
        .as(what)
        .isEmpty();
  }

  private static boolean isLines(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("").equals("application/x-ndjson");
  }

  private static void checkProblem(String what, HttpResponse<?> response, String body) {
    if (response.request().method().equals("HEAD")) {
      return;
    }
    assertThat(response.headers().firstValue("Content-Type"))
        .as(what)
        .hasValue("application/problem+json");
    assertThat(body)
        .as(what)
        .contains("\"type\":\"/problems/")
        .contains("\"title\":")
        .contains("\"status\":" + response.statusCode())
        .doesNotContain("Exception")
        .doesNotContain("fr.pivot")
        .doesNotContain("io.micronaut")
        .doesNotContain("at java");
  }
}
