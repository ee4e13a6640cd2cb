package fr.pivot.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is given ahead of the router is what the router gives. */
@PivotTest(value = Holding.SAMPLE, own = true)
class HotPathTest {

  private static final String CODE = "/v1/referentials/communes/codes/01004";

  private final EmbeddedServer server;
  private final HotAnswers hot;

  HotPathTest(EmbeddedServer server, HotAnswers hot) {
    this.server = server;
    this.hot = hot;
  }

  /**
   * What a connection gave: names of headers are in lower case; the date and the id are left out.
   */
  private record Given(String status, Map<String, String> headers, String body) {}

  private static Given read(InputStream in) throws IOException {
    String status = line(in);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    assertThat(headers.remove("date")).endsWith(" GMT");
    assertThat(headers.remove("x-request-id")).matches("[0-9a-f]{16}");
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Given(status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static String get(String address, String... headers) {
    return "GET "
        + address
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
        + "\r\n";
  }

  private Given[] ask(String... requests) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(String.join("", requests).getBytes(StandardCharsets.UTF_8));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Given[] given = new Given[requests.length];
      for (int i = 0; i < given.length; i++) {
        given[i] = read(in);
      }
      return given;
    }
  }

  @Test
  void an_answer_is_the_same_ahead_of_the_router_and_behind_it() throws IOException {
    for (String address :
        new String[] {
          CODE,
          CODE + "?date=2020-01-01",
          CODE + "?release=2026&fields=label,broader",
          CODE + "?format=csv",
          CODE + "?format=ndjson",
          "/v1/referentials/communes@2026/codes/01004",
          "/v1/referentials/communes/codes/1004?",
          "/v1/referentials/naf/codes/6201Z"
        }) {
      Given first = ask(get(address))[0];
      if (!first.status().endsWith("200 OK")) {
        assertThat(hot.find(address)).as(address).isNull();
        continue;
      }
      assertThat(hot.find(address)).as(address).isNotNull();
      assertThat(ask(get(address))[0]).as(address).isEqualTo(first);
      @Nullable String tag = first.headers().get("etag");
      // A quality goes behind the router; without it, ahead.
      Given behind =
          ask(get(address, "If-None-Match: " + tag, "Accept: application/json;q=1, */*;q=0.5"))[0];
      Given ahead = ask(get(address, "If-None-Match: " + tag))[0];
      assertThat(ahead.status()).isEqualTo("HTTP/1.1 304 Not Modified");
      if (!address.contains("format")) {
        assertThat(ahead).as(address).isEqualTo(behind);
      }
    }
  }

  @Test
  void what_the_client_accepts_decides_even_where_an_answer_is_ready() throws IOException {
    ask(get(CODE), get(CODE));
    assertThat(ask(get(CODE, "Accept: text/csv"))[0].headers().get("content-type"))
        .startsWith("text/csv");
    assertThat(ask(get(CODE, "Accept: image/png"))[0].status()).contains(" 406 ");
    assertThat(ask(get(CODE, "Accept: */*"))[0].headers().get("content-type"))
        .isEqualTo("application/json");
  }

  @Test
  void answers_keep_the_order_of_their_requests() throws IOException {
    Given code = ask(get(CODE))[0];
    String slow = "/v1/referentials/departements/codes/01/descendants";
    Given[] given =
        ask(get(CODE), get(slow), get(CODE), get("/v1/nowhere"), get(slow), get(CODE), get(CODE));
    assertThat(given[0]).isEqualTo(code);
    assertThat(given[1].body()).contains("\"items\":[");
    assertThat(given[2]).isEqualTo(code);
    assertThat(given[3].status()).contains(" 404 ");
    assertThat(given[4].body()).contains("\"items\":[");
    assertThat(given[5]).isEqualTo(code);
    assertThat(given[6]).isEqualTo(code);
  }

  @Test
  void an_unknown_parameter_is_refused_each_time() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(ask(get(CODE + "?datum=2020-01-01"))[0].status()).contains(" 400 ");
    }
  }

  @Test
  void a_connection_that_is_to_be_closed_is() throws IOException {
    ask(get(CODE));
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(get(CODE, "Connection: close").getBytes(StandardCharsets.UTF_8));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      read(in);
      assertThat(in.read()).isEqualTo(-1);
    }
  }
}
