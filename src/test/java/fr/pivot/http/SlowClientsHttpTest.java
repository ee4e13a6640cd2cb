package fr.pivot.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.Await;
import fr.pivot.PivotTest;
import fr.pivot.admission.Admission;
import fr.pivot.admission.Work;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that keep the server waiting, with deadlines that are short enough to be waited for. */
@PivotTest(
    properties = {
      "pivot.limits.files=1",
      "pivot.limits.waiting=1",
      "pivot.limits.wait=6s",
      "pivot.limits.connections=20",
      "pivot.limits.connection.head=500ms",
      "pivot.limits.connection.grace=1s",
      "pivot.limits.connection.idle=1500ms"
    })
class SlowClientsHttpTest {

  private static final String LOOKUP =
      "POST /v1/referentials/communes/lookup HTTP/1.1\nHost: localhost\n"
          + "Content-Type: application/json\nContent-Length: 9\n\n";
  private static final String VALIDATION =
      "POST /v1/validations HTTP/1.1\nHost: localhost\nContent-Type: text/csv\n"
          + "Transfer-Encoding: chunked\n";
  private static final String CODE = "/v1/referentials/communes/codes/01004";
  private static final String GET_CODE = "GET " + CODE + " HTTP/1.1\nHost: localhost\n\n";

  private final ContractClient client;
  private final EmbeddedServer server;
  private final Admission admission;
  private final List<Socket> opened = new ArrayList<>();

  SlowClientsHttpTest(ContractClient client, EmbeddedServer server, Admission admission) {
    this.client = client;
    this.server = server;
    this.admission = admission;
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : opened) {
      socket.close();
    }
    awaitRunning(0);
  }

  private Socket open() throws IOException {
    Socket socket = new Socket();
    opened.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(8000);
    socket.connect(new InetSocketAddress("localhost", server.getPort()));
    return socket;
  }

  private Socket send(String text) throws IOException {
    Socket socket = open();
    write(socket, text);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void chunk(Socket socket, String rows) throws IOException {
    byte[] bytes = rows.getBytes(StandardCharsets.ISO_8859_1);
    write(socket, Integer.toHexString(bytes.length) + "\n");
    socket.getOutputStream().write(bytes);
    write(socket, "\n");
  }

  /** All that comes until the server closes. */
  private static String rest(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException _) {
      return "reset";
    }
  }

  private void awaitRunning(int count) {
    Await.until(
        count + " running",
        Duration.ofSeconds(8),
        () -> admission.running(Work.Kind.FILE) == count);
  }

  private static void pass(int millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  @Test
  void a_head_that_does_not_come_to_its_end_is_answered_with_408() throws IOException {
    assertThat(rest(send("GET " + CODE + " HTTP/1.1\nHost: loc")))
        .startsWith("HTTP/1.1 408 ")
        .contains("\"type\":\"/problems/request-timeout\"");
    assertThat(rest(open())).startsWith("HTTP/1.1 408 ");
  }

  @Test
  void a_head_that_comes_byte_by_byte_is_given_no_more_time() throws Exception {
    Socket socket = send("GET " + CODE + " HTTP/1.1\nHost: localhost\n");
    long begin = System.nanoTime();
    try {
      for (int i = 0; i < 100; i++) {
        write(socket, "X-" + i + ": 1\n");
        pass(50);
      }
    } catch (SocketException _) {
      // closed
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void a_small_body_that_stays_away_is_answered_with_408() throws IOException {
    assertThat(rest(send(LOOKUP + "[\"010")))
        .startsWith("HTTP/1.1 408 ")
        .containsIgnoringCase("connection: close")
        .contains("\"bytesPerSecond\":1024")
        .contains("\"graceSeconds\":1");
  }

  @Test
  void a_file_that_stops_coming_gives_its_place_back() throws IOException {
    Socket socket = send(VALIDATION + "\n");
    chunk(socket, "commune;n\n" + "01004;1\n".repeat(100));
    awaitRunning(1);
    assertThat(rest(socket)).startsWith("HTTP/1.1 408 ");
    awaitRunning(0);
  }

  @Test
  void a_file_that_comes_at_the_pace_is_not_cut_off() throws Exception {
    Socket socket = send(VALIDATION + "\n");
    chunk(socket, "commune;n\n");
    for (int i = 0; i < 12; i++) {
      chunk(socket, "01004;1\n".repeat(100));
      pass(300);
    }
    write(socket, "0\n\n");
    assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").contains("\"total\":1200");
  }

  @Test
  void an_answer_that_is_not_read_gives_its_place_back() throws IOException {
    send(
        "GET /v1/crosswalk/table?from=communes@1990-01-01&to=communes@2026&format=json HTTP/1.1\n"
            + "Host: localhost\n\n");
    awaitRunning(1);
    awaitRunning(0);
  }

  @Test
  void an_answer_that_is_read_at_the_pace_comes_whole() throws Exception {
    Socket socket =
        send(
            "GET /v1/crosswalk/table?from=departements@1968-01-01&to=departements@2026"
                + "&format=json HTTP/1.1\nHost: localhost\nConnection: close\n\n");
    StringBuilder answer = new StringBuilder();
    byte[] some = new byte[600];
    for (int n = socket.getInputStream().read(some); n >= 0; ) {
      answer.append(new String(some, 0, n, StandardCharsets.ISO_8859_1));
      pass(20);
      n = socket.getInputStream().read(some);
    }
    assertThat(answer.toString()).startsWith("HTTP/1.1 200 ").endsWith("0\r\n\r\n");
  }

  @Test
  void who_waits_for_the_server_is_waited_for() throws Exception {
    Socket file = send(VALIDATION + "\n");
    chunk(file, "commune;n\n" + "01004;1\n".repeat(200));
    awaitRunning(1);
    Socket table =
        send(
            "GET /v1/crosswalk/table?from=departements@1968-01-01&to=departements@2026 HTTP/1.1\n"
                + "Host: localhost\n\n");
    pass(300);
    Socket told = send(VALIDATION + "Expect: 100-continue\n\n");
    for (int i = 0; i < 7; i++) {
      pass(300);
      chunk(file, "01004;1\n".repeat(200));
    }
    write(file, "0\n\n");
    assertThat(rest(file)).startsWith("HTTP/1.1 200 ");
    assertThat(rest(table)).startsWith("HTTP/1.1 200 ");
    assertThat(rest(told)).contains("HTTP/1.1 503 ");
    Socket continued = send(VALIDATION + "Expect: 100-continue\n\n");
    assertThat(new String(continued.getInputStream().readNBytes(25), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    chunk(continued, "commune;n\n01004;1\n");
    write(continued, "0\n\n");
    assertThat(rest(continued)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void a_connection_of_which_nothing_is_asked_is_closed() throws IOException {
    Socket socket = send(GET_CODE);
    long begin = System.nanoTime();
    assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").doesNotContain("408");
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(1300), Duration.ofSeconds(6));
  }

  @Test
  void a_connection_that_is_used_is_kept() throws Exception {
    Socket socket = open();
    for (int i = 0; i < 12; i++) {
      write(socket, GET_CODE);
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
      socket.getInputStream().skipNBytes(socket.getInputStream().available());
      pass(250);
    }
  }

  @Test
  void requests_in_a_row_are_answered_before_what_is_missing_is_told() throws IOException {
    assertThat(rest(send(GET_CODE + GET_CODE + "GET " + CODE)))
        .matches("(?s)HTTP/1.1 200 .*HTTP/1.1 200 .*");
  }

  @Test
  void more_connections_than_there_is_room_for_are_refused() throws IOException {
    Socket first = send(GET_CODE);
    assertThat(first.getInputStream().read()).isEqualTo('H');
    for (int i = 0; i < 60; i++) {
      open();
    }
    write(first, GET_CODE);
    assertThat(rest(first)).contains("HTTP/1.1 200 ");
    List<String> answers = new ArrayList<>();
    for (Socket socket : opened.subList(1, opened.size())) {
      answers.add(rest(socket));
    }
    assertThat(answers)
        .anySatisfy(
            answer ->
                assertThat(answer)
                    .startsWith("HTTP/1.1 503 ")
                    .contains("\"type\":\"/problems/busy\"")
                    .containsIgnoringCase("retry-after: 2"));
    Await.until(
        "the others are closed", Duration.ofSeconds(8), () -> client.get(CODE).statusCode() == 200);
  }
}
