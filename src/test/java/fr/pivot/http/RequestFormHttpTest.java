package fr.pivot.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Requests that two programs could understand in two ways are refused, and every answer carries
 * what all of them do. Nobody in front of this server is trusted.
 */
@PivotTest(value = Holding.SAMPLE, properties = "pivot.trusted-proxies=")
class RequestFormHttpTest {

  private static final String CODE = "/v1/referentials/communes/codes/01004";
  private static final String HOST = "Host: localhost\r\n";
  private static final String CLOSE = "Connection: close\r\n";

  private final RawHttp connection;
  private final ContractClient client;

  RequestFormHttpTest(EmbeddedServer server, ContractClient client) {
    connection = new RawHttp(server.getPort());
    this.client = client;
  }

  private void assertRefused(String request, String reason) {
    String answer = connection.send(request);
    assertThat(answer)
        .as(request)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("\r\ncontent-type: application/problem+json\r\n")
        .containsIgnoringCase("\r\nconnection: close\r\n")
        .contains("\"type\":\"/problems/malformed-request\"")
        .contains(reason);
  }

  /** Twice: an answer is made the first time and ready the second. */
  private void assertAnswered(String request) {
    for (int i = 0; i < 2; i++) {
      assertThat(connection.send(request))
          .as(request)
          .startsWith("HTTP/1.1 200 ")
          .contains("Ambérieu-en-Bugey");
    }
  }

  @Test
  void a_request_names_one_host() {
    String line = "GET " + CODE + " HTTP/1.1\r\n" + CLOSE;
    String english = "Accept-Language: en\r\n";
    assertAnswered(line + HOST + "\r\n");
    assertAnswered(line + "Host: [::1]:8080\r\n\r\n");
    assertAnswered(line + "Host: pivot.example.fr:443\r\n\r\n");
    assertThat(connection.send("GET " + CODE + " HTTP/1.0\r\n\r\n")).contains(" 200 ");
    assertRefused(line + english + "\r\n", "The header Host is missing.");
    assertRefused(line + english + HOST + HOST + "\r\n", "The header Host is given twice.");
    for (String host :
        List.of("", "a b", "a/b", "a@b", "a<b>", "a\\b", "a\"b", "\u00e9", "a?b#c")) {
      assertRefused(line + english + "Host: " + host + "\r\n\r\n", "The header Host is no host.");
    }
  }

  @Test
  void a_header_line_ends_where_it_ends() {
    String line = "GET " + CODE + " HTTP/1.1\r\n" + HOST + CLOSE;
    assertRefused(
        line + "X-Fold: a\r\n b\r\n\r\n", "Une ligne d'en-tête continue sur la suivante.");
    assertRefused(
        line + "X-Fold: a\r\n\tb\r\n\r\n", "Une ligne d'en-tête continue sur la suivante.");
    // A body may have lines like that, and so may the next request on the connection be plain.
    String body = "[\"01004\",\r\n \"01004\"]";
    String post =
        "POST /v1/referentials/communes/lookup HTTP/1.1\r\n"
            + HOST
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    String answers =
        connection.send(post + post + "GET " + CODE + " HTTP/1.1\r\n" + HOST + CLOSE + "\r\n");
    assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(4);
  }

  @Test
  void a_body_is_chunked_or_has_a_length() {
    String post =
        "POST /v1/referentials/communes/lookup HTTP/1.1\r\n"
            + HOST
            + CLOSE
            + "Content-Type: application/json\r\n";
    String chunks = "\r\n9\r\n[\"01004\"]\r\n0\r\n\r\n";
    assertAnswered(post + "Transfer-Encoding: chunked\r\n" + chunks);
    assertAnswered(post + "Transfer-Encoding: Chunked\r\n" + chunks);
    for (String coding :
        List.of("gzip, chunked", "xchunked", "identity", "gzip", "chunked, chunked", "x")) {
      assertRefused(post + "Transfer-Encoding: " + coding + "\r\n" + chunks, "« chunked »");
    }
    assertRefused(
        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" + chunks,
        "« chunked »");
  }

  @Test
  void other_versions_of_http_are_told_which_is_spoken() {
    assertAnswered("GET " + CODE + " HTTP/1.2\r\n" + HOST + CLOSE + "\r\n");
    for (String version : List.of("HTTP/2.0", "HTTP/0.9", "HTTP/9.9")) {
      assertRefused("GET " + CODE + " " + version + "\r\n" + HOST + "\r\n", "HTTP/1.1");
    }
    assertRefused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/1.1");
  }

  @Test
  void every_answer_says_that_its_type_is_no_guess() {
    for (String path :
        List.of(
            CODE,
            CODE,
            "/health",
            "/v1/referentials",
            "/v1/nothing",
            "/",
            "/openapi.yaml",
            "/v1/referentials?x=1")) {
      assertThat(client.get(path).headers().firstValue("X-Content-Type-Options"))
          .as(path)
          .hasValue("nosniff");
    }
  }

  @Test
  void nothing_manages_the_server_from_outside() {
    for (String path :
        List.of(
            "/beans",
            "/info",
            "/routes",
            "/env",
            "/loggers",
            "/refresh",
            "/threaddump",
            "/stop",
            "/caches",
            "/metrics")) {
      assertThat(client.get(path).statusCode()).as(path).isEqualTo(404);
      assertThat(client.get(path).body()).as(path).contains("/problems/not-found");
    }
  }

  @Test
  void what_anybody_says_of_an_address_is_not_believed() {
    HttpResponse<String> manifest =
        client.get(
            "/reconcile/communes",
            "X-Forwarded-Host",
            "evil.example",
            "Forwarded",
            "host=evil.example;proto=https");
    assertThat(manifest.body()).doesNotContain("evil.example").contains("http://127.0.0.1:");
  }

  @Test
  void data_are_given_as_what_they_are_or_not_at_all() {
    String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (String path :
        List.of(
            "/v1/referentials",
            "/v1/referentials/communes",
            "/v1/referentials/communes/releases",
            "/health")) {
      String answer = get(path, "Accept: " + browser);
      assertThat(answer).as(path).startsWith("HTTP/1.1 200 ");
      assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
      assertThat(header(get(path, "Accept: application/json;q=0.5"), "Content-Type"))
          .isEqualTo("application/json");
      for (String other : List.of("text/html", "application/problem+json", "image/png")) {
        if (path.equals("/health")) {
          // Probes accept what they like.
          assertThat(get(path, "Accept: " + other)).startsWith("HTTP/1.1 200 ");
          continue;
        }
        assertThat(get(path, "Accept: " + other))
            .as(path + ' ' + other)
            .startsWith("HTTP/1.1 406 ")
            .contains("/problems/not-acceptable");
      }
    }
  }

  private String get(String target, String... headers) {
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\n" + HOST);
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return connection.send(request + CLOSE + "\r\n");
  }

  private static String header(String answer, String name) {
    Matcher line = Pattern.compile("(?im)^" + name + ": (.*?)\r?$").matcher(answer);
    return line.find() ? line.group(1) : "";
  }

  @Test
  void each_encoding_has_its_own_validator() {
    String path = "/v1/referentials/communes/codes?limit=100";
    String plain = get(path);
    String tag = header(plain, "ETag");
    String compressed = tag.substring(0, tag.length() - 1) + "-gzip\"";
    String packed = get(path, "Accept-Encoding: gzip");
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(packed, "ETag")).isEqualTo(compressed);
    assertThat(header(plain, "Content-Encoding")).isEmpty();
    for (String each : List.of(plain, packed)) {
      assertThat(header(each, "Vary")).contains("Accept-Encoding");
    }
    for (String held : List.of(tag, compressed)) {
      String again = get(path, "Accept-Encoding: gzip", "If-None-Match: " + held);
      assertThat(again).startsWith("HTTP/1.1 304 ");
      assertThat(header(again, "ETag")).isEqualTo(held);
    }
  }

  @Test
  void an_address_has_no_slash_at_its_end() {
    Map.of(
            "/v1/referentials/",
            "/v1/referentials",
            CODE + "/?date=2020-01-01",
            CODE + "?date=2020-01-01",
            CODE + "//",
            CODE,
            "/health/",
            "/health")
        .forEach(
            (asked, own) -> {
              String answer = get(asked);
              assertThat(answer).as(asked).startsWith("HTTP/1.1 308 ");
              assertThat(header(answer, "Location")).isEqualTo(own);
            });
    assertThat(get("//evil.example/")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void languages_that_are_none_are_not_read() {
    for (String languages : List.of(",", ";", ",,", " ", ";q=1", "fr,;", ", ,en")) {
      HttpResponse<String> response = client.get("/v1/referentials", "Accept-Language", languages);
      assertThat(response.statusCode()).as(languages).isEqualTo(200);
    }
    assertThat(client.get("/v1/nothing", "Accept-Language", ",, en,;").body())
        .contains("Not found");
  }

  @Test
  void bodies_that_are_not_what_they_say_are_the_sender_s_fault() throws IOException {
    String head = " HTTP/1.1\r\n" + HOST + CLOSE;
    for (String path :
        List.of("/v1/detections", "/v1/validations", "/v1/referentials/communes/lookup")) {
      String type = path.endsWith("lookup") ? "application/json" : "text/csv";
      String post = "POST " + path + head + "Content-Type: " + type + "\r\n";
      assertThat(connection.send(post + "Content-Length: 99999999999\r\n\r\na\n1\n"))
          .as(path)
          .startsWith("HTTP/1.1 413 ")
          .contains("/problems/too-large");
      byte[] whole = gzip(type.equals("text/csv") ? "code\n01004\n" : "[\"01004\"]");
      for (byte[] cut :
          List.of(
              "hello".getBytes(StandardCharsets.US_ASCII),
              new byte[0],
              Arrays.copyOf(whole, 8),
              // What a bulk lookup answers has begun by then: its connection breaks.
              Arrays.copyOf(whole, path.endsWith("lookup") ? 8 : whole.length - 12))) {
        assertThat(connection.send(compressed(post, cut)))
            .as(path + cut.length)
            .startsWith("HTTP/1.1 400 ")
            .contains("Content-Encoding");
      }
      assertThat(connection.send(compressed(post, whole))).as(path).startsWith("HTTP/1.1 200 ");
      for (String coding : List.of("x", "compress", "gzip, x", "deflate", "br")) {
        assertThat(
                connection.send(
                    post + "Content-Encoding: " + coding + "\r\nContent-Length: 5\r\n\r\nhello"))
            .as(path + coding)
            .startsWith("HTTP/1.1 415 ");
      }
    }
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\ncode\n01004";
    for (String path :
        List.of(
            "/v1/detections",
            "/v1/validations",
            "/v1/crosswalk?from=communes&to=communes&column=code")) {
      for (int end : new int[] {form.length(), form.length() - 4, 20, 3}) {
        String body = form.substring(0, end);
        assertThat(
                connection.send(
                    "POST "
                        + path
                        + head
                        + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body))
            .as(path + " " + end)
            .startsWith("HTTP/1.1 400 ")
            .containsAnyOf("/problems/malformed-request", "/problems/missing-file");
      }
    }
  }

  private static byte[] compressed(String head, byte[] body) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        (head + "Content-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
