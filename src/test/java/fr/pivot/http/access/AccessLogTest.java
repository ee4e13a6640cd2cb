package fr.pivot.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The line of a request. */
class AccessLogTest {

  private static String line(boolean json, boolean whole) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AccessLog log = new AccessLog(json, out);
    Exchange exchange = new Exchange("id-of-request", "GET", new Route("/v1/{ref}"), "192.0.2.0");
    exchange.begins(200);
    exchange.adds(900);
    exchange.adds(12);
    exchange.ends(whole);
    log.ended(exchange);
    log.close();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void it_is_an_object_of_json() throws InterruptedException {
    assertThat(line(true, true))
        .matches(
            "\\{\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d\","
                + "\"method\":\"GET\",\"route\":\"/v1/\\{ref}\",\"status\":200,"
                + "\"ms\":\\d+\\.\\d{3},\"bytes\":912,\"requestId\":\"id-of-request\","
                + "\"client\":\"192.0.2.0\"}\n");
  }

  @Test
  void it_is_a_line_for_people_on_a_terminal() throws InterruptedException {
    assertThat(line(false, true))
        .matches(
            "\\S{29} GET /v1/\\{ref} 200 \\d+\\.\\d{3} ms 912 B id-of-request 192\\.0\\.2\\.0\n");
  }

  @Test
  void it_says_that_the_client_left() throws InterruptedException {
    assertThat(line(true, false)).endsWith(",\"left\":true}\n");
    assertThat(line(false, false)).endsWith(" left\n");
  }
}
