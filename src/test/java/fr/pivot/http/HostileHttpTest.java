package fr.pivot.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Hostile requests, written byte by byte: whatever comes, the answer is a problem of the client's,
 * never one of ours, and the server goes on.
 */
@PivotTest(Holding.SAMPLE)
class HostileHttpTest {

  private static final String CODE = "/v1/referentials/communes/codes/01004";

  private final RawHttp connection;

  HostileHttpTest(EmbeddedServer server) {
    connection = new RawHttp(server.getPort());
  }

  private String send(String request) {
    return connection.send(request);
  }

  private String get(String target, String... headers) {
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return send(request.append("Connection: close\r\n\r\n").toString());
  }

  private static void assertProblem(String what, String answer) {
    assertThat(answer)
        .as(what)
        .matches("(?s)HTTP/1\\.[01] 4.*")
        .containsIgnoringCase("content-type: application/problem+json");
    assertThat(answer).as(what).contains("\"type\":\"/problems/").doesNotContain("Exception");
  }

  private static void assertNoFault(String what, String answer) {
    assertThat(answer).as(what).matches("(?s)HTTP/1\\.[01] [234].*");
    if (answer.charAt("HTTP/1.1 ".length()) == '4') {
      assertProblem(what, answer);
    }
  }

  private void assertAlive() {
    assertThat(get(CODE)).startsWith("HTTP/1.1 200").contains("Ambérieu-en-Bugey");
    assertThat(get("/health")).startsWith("HTTP/1.1 200");
  }

  /** Every GET operation of the contract with its query parameters, and which are pages. */
  @SuppressWarnings({"unchecked", "NullAway"})
  private static List<String> operations(List<List<String>> parameters, Set<String> pages)
      throws IOException {
    Map<String, Object> contract =
        new Yaml().load(Files.readString(Path.of("api-spec/openapi.yaml")));
    Map<String, Map<String, Object>> shared =
        (Map<String, Map<String, Object>>)
            ((Map<String, Object>) contract.get("components")).get("parameters");
    List<String> paths = new ArrayList<>();
    ((Map<String, Map<String, Object>>) contract.get("paths"))
        .forEach(
            (path, item) -> {
              if (item.get("get") instanceof Map<?, ?> operation) {
                List<String> names = new ArrayList<>();
                Object list = operation.get("parameters");
                for (Map<String, Object> p :
                    list == null
                        ? List.<Map<String, Object>>of()
                        : (List<Map<String, Object>>) list) {
                  Map<String, Object> parameter =
                      p.get("$ref") instanceof String ref
                          ? shared.get(ref.substring(ref.lastIndexOf('/') + 1))
                          : p;
                  if ("query".equals(parameter.get("in"))) {
                    names.add(String.valueOf(parameter.get("name")));
                  }
                }
                paths.add(path);
                if (List.of("pages").equals(operation.get("tags"))) {
                  pages.add(path);
                }
                parameters.add(names);
              }
            });
    return paths;
  }

  @Test
  void every_parameter_survives_every_insult() throws IOException {
    List<List<String>> parameters = new ArrayList<>();
    Set<String> pages = new HashSet<>();
    List<String> paths = operations(parameters, pages);
    assertThat(pages).hasSizeGreaterThan(10).noneMatch(path -> path.startsWith("/v1"));
    List<String> insults =
        List.of(
            "",
            "a".repeat(8000),
            "%00",
            "%",
            "%zz",
            "%C3%28",
            "%FF%FE",
            "[]",
            "{}",
            "-1",
            "99999999999999999999",
            "1e9",
            "NaN",
            "null",
            "true",
            "'%20OR%201=1--",
            "../../etc/passwd",
            "%0d%0aSet-Cookie:x=1",
            "%F0%9F%92%A9",
            "2015-13-45",
            "-999999999-01-01",
            "%E2%80%AE");
    assertThat(paths).hasSizeGreaterThan(10);
    int asked = 0;
    for (int i = 0; i < paths.size(); i++) {
      String path =
          paths
              .get(i)
              .replace("{ref}", "communes")
              .replace("{guide}", "tableur")
              .replace("{code}", "01004")
              .replace("{edition}", "2026");
      for (String name : parameters.get(i)) {
        for (String insult : insults) {
          String target = path + '?' + name + '=' + insult;
          assertNoFault(target, get(target));
          asked++;
        }
        assertProblem("duplicate", get(path + '?' + name + "=1&" + name + "=1"));
        String array = get(path + '?' + name + "[]=1");
        if (pages.contains(paths.get(i))) {
          assertThat(array)
              .startsWith("HTTP/1.1 302")
              .containsIgnoringCase("\r\nLocation: " + path + "\r\n");
        } else {
          assertProblem("array", array);
        }
      }
      for (String insult : insults) {
        if (!insult.isEmpty()) {
          for (String variable : new String[] {"{ref}", "{code}", "{edition}"}) {
            if (paths.get(i).contains(variable)) {
              String target =
                  paths
                      .get(i)
                      .replace(variable, insult)
                      .replace("{ref}", "communes")
                      .replace("{code}", "01004")
                      .replace("{edition}", "2026");
              assertNoFault(target, get(target));
              asked++;
            }
          }
        }
      }
    }
    assertThat(asked).isGreaterThan(500);
    assertAlive();
  }

  @Test
  void traversal_finds_nothing() {
    for (String target :
        List.of(
            "/../../etc/passwd",
            "/v1/../../../etc/passwd",
            "/v1/referentials/..%2f..%2fetc%2fpasswd",
            "/v1/referentials/%2e%2e/codes/01004",
            "/v1/referentials/communes/codes/..%2f..%2f",
            "/v1/referentials/communes/codes/..%5c..%5cboot.ini",
            "//etc/passwd",
            "/META-INF/api/openapi.yaml",
            "/application.yml")) {
      assertProblem(target, get(target));
    }
    assertAlive();
  }

  @Test
  void addresses_and_headers_of_100_kilobytes_are_refused() {
    assertProblem("path", get("/v1/referentials/" + "a".repeat(100_000)));
    assertProblem("query", get(CODE + "?date=" + "a".repeat(100_000)));
    assertProblem("header", get(CODE, "X-Long: " + "a".repeat(100_000)));
    assertNoFault("accept", get(CODE, "Accept: " + "a/b,".repeat(6_000) + "*/*"));
    assertNoFault("language", get(CODE + "?x=1", "Accept-Language: " + "fr;q=0.1,".repeat(3_000)));
    assertAlive();
  }

  @Test
  void odd_headers_are_no_fault() {
    for (String header :
        List.of(
            "Accept: ;;;",
            "Accept: application/json;q=abc",
            "Accept: /",
            "Accept: garbage",
            "Accept: \u00E9\u00E8/\u00FF",
            "Accept-Language: *;q=x",
            "Accept-Language: zz-ZZ-zz-ZZ-zz",
            "If-None-Match: \"",
            "If-None-Match: W/\"x\", *",
            "If-Modified-Since: yesterday",
            "Range: bytes=0-1",
            "Content-Type: ;",
            "Content-Length: 0",
            "Expect: 200-maybe",
            "Origin: null",
            "X-HTTP-Method-Override: DELETE",
            "Cookie: a=b; =; ;;",
            "Host: evil.example",
            "Upgrade: h2c")) {
      assertNoFault(header, get(CODE, header));
      assertNoFault(header, get("/v1/referentials", header));
    }
    assertAlive();
  }

  @Test
  void odd_request_lines_are_no_fault() {
    for (String line :
        List.of(
            "FOO " + CODE + " HTTP/1.1",
            "TRACE " + CODE + " HTTP/1.1",
            "GET http://localhost" + CODE + " HTTP/1.1",
            "GET " + CODE + "?%zz HTTP/1.1",
            "GET /v1/referentials/communes/codes/{01004} HTTP/1.1",
            "GET /v1/referentials/communes/codes/<script> HTTP/1.1",
            "GET /v1/referentials/communes/codes/a|b HTTP/1.1",
            "GET /v1/referentials/communes/codes/\u00E9 HTTP/1.1",
            "GET * HTTP/1.1",
            "PATCH /v1/referentials HTTP/1.1",
            "POST /v1/referentials/communes/codes/01004 HTTP/1.1")) {
      String answer =
          send(line + "\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      assertNoFault(line, answer);
    }
    assertAlive();
  }

  @Test
  void both_lengths_are_refused() {
    String answer =
        send(
            "POST /v1/referentials/communes/lookup HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 11\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + "b\r\n[\"01004\", 1\r\n0\r\n\r\n");
    assertNoFault("both lengths", answer);
    assertNoFault(
        "two lengths",
        send(
            "POST /v1/referentials/communes/lookup HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 9\r\nContent-Length: 10\r\n"
                + "Connection: close\r\n\r\n[\"01004\"]\n"));
    assertAlive();
  }

  private String post(String type, String body, String... headers) {
    StringBuilder request =
        new StringBuilder("POST /v1/referentials/communes/lookup HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request
        .append("Content-Type: ")
        .append(type)
        .append("\r\nContent-Length: ")
        .append(body.length());
    return send(request.append("\r\nConnection: close\r\n\r\n").append(body).toString());
  }

  @Test
  void hostile_bodies_are_no_fault() {
    assertNoFault("deep", post("application/json", "[".repeat(100_000)));
    assertNoFault("deep item", post("application/json", "[{\"a\":" + "[".repeat(10_000)));
    assertNoFault("deep line", post("application/x-ndjson", "[".repeat(30_000) + "\n\"01004\"\n"));
    assertNoFault("long string", post("application/json", "[\"" + "a".repeat(1_000_000) + "\"]"));
    assertThat(post("application/x-ndjson", "\"" + "a".repeat(200_000) + "\"\n\"01004\"\n"))
        .contains("too-large")
        .contains("Ambérieu");
    assertNoFault("bad UTF-8", post("application/json", "[\"\u00FF\u00FE\"]"));
    assertNoFault("NUL", post("application/json", "[\"\u0000\"]"));
    assertNoFault("lone quote", post("text/csv", "code\n\"01004\n01004\n"));
    assertNoFault("no header", post("text/csv", ""));
    assertNoFault("NUL header", post("text/csv", "\u0000\n\u0000\n"));
    assertNoFault("wide", post("text/csv", ",".repeat(100_000) + "\n1\n"));
    assertProblem("multipart", post("multipart/form-data; boundary=x", "--x--"));
    assertProblem("form", post("application/x-www-form-urlencoded", "a=b"));
    assertProblem("no type", post("", "[]"));
    assertNoFault("gzip", post("application/json", "[]", "Content-Encoding: gzip"));
    assertAlive();
  }
}
