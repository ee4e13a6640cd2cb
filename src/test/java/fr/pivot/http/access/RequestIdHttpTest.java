package fr.pivot.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.http.ContractClient;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a request is known by. */
@PivotTest(Holding.SAMPLE)
class RequestIdHttpTest {

  private static final String CODE = "/v1/referentials/communes/codes/01004";

  private final ContractClient client;
  private final EmbeddedServer server;

  RequestIdHttpTest(ContractClient client, EmbeddedServer server) {
    this.client = client;
    this.server = server;
  }

  private static String id(HttpResponse<?> answer) {
    assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1);
    return answer.headers().firstValue("X-Request-Id").orElseThrow();
  }

  @Test
  void a_well_formed_id_comes_back_with_every_kind_of_answer() {
    String given = "proxy-7.A_z0";
    for (String address :
        new String[] {
          CODE,
          CODE, // from memory, ahead of the router
          "/health/live",
          "/v1/referentials",
          "/v1/referentials/communes/codes?limit=2&format=csv",
          "/referentiels",
          "/nowhere",
          "/v1/referentials/communes/codes/99999",
          "/v1/referentials/communes/codes/01004?nothing=1"
        }) {
      assertThat(id(client.get(address, "X-Request-Id", given))).as(address).isEqualTo(given);
    }
    HttpResponse<String> held =
        client.get(
            CODE,
            "X-Request-Id",
            given,
            "If-None-Match",
            client.get(CODE).headers().firstValue("ETag").orElseThrow());
    assertThat(held.statusCode()).isEqualTo(304);
    assertThat(id(held)).isEqualTo(given);
    assertThat(id(client.send("OPTIONS", CODE, null, "X-Request-Id", given))).isEqualTo(given);
    assertThat(id(client.send("DELETE", CODE, null, "X-Request-Id", given))).isEqualTo(given);
  }

  @Test
  void any_other_id_is_replaced() {
    for (String given :
        new String[] {"short", "with space", "é-accented", "<script>alert(1)", "x".repeat(65)}) {
      assertThat(id(client.get(CODE, "X-Request-Id", given)))
          .as(given)
          .matches("[0-9a-f]{16}")
          .isNotEqualTo(given);
    }
    assertThat(id(client.get(CODE))).isNotEqualTo(id(client.get(CODE)));
    // Given twice, nobody knows which one the client means.
    assertThat(id(client.get(CODE, "X-Request-Id", "one-of-two", "X-Request-Id", "two-of-two")))
        .matches("[0-9a-f]{16}");
  }

  @Test
  void a_problem_tells_it() {
    HttpResponse<String> problem = client.get("/nowhere", "X-Request-Id", "asked-by-me");
    assertThat(problem.body()).contains("\"requestId\":\"asked-by-me\"");
    HttpResponse<String> unknown = client.get("/v1/referentials/communes/codes/99999");
    assertThat(unknown.body()).contains("\"requestId\":\"" + id(unknown) + "\"");
  }

  @Test
  void the_page_of_a_problem_tells_it_too() throws IOException {
    String asked = "Host: localhost\r\nAccept: text/html,*/*;q=0.8\r\nConnection: close\r\n";
    assertThat(raw("GET /nulle-part HTTP/1.1\r\nX-Request-Id: asked-by-me\r\n" + asked + "\r\n"))
        .startsWith("HTTP/1.1 404 ")
        .contains("requête <code>asked-by-me</code>");
    assertThat(raw("GET /nowhere?lang=en HTTP/1.1\r\n" + asked + "\r\n"))
        .containsPattern("request <code>[0-9a-f]{16}</code>");
  }

  @Test
  void what_is_refused_before_it_is_read_has_one_too() throws IOException {
    String answer = raw("GET / HTTP/1.1\r\nX-Request-Id: from-raw-1\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("\r\nx-request-id: from-raw-1\r\n")
        .contains("\"requestId\":\"from-raw-1\"");
    String tooLong = raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(tooLong).contains(" 414 ").containsIgnoringCase("\r\nx-request-id: ");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
