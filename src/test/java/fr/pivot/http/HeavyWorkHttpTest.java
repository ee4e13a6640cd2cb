package fr.pivot.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.Await;
import fr.pivot.PivotTest;
import fr.pivot.admission.Admission;
import fr.pivot.admission.Work;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and tables have places, and give them back when their client leaves. */
@PivotTest(
    properties = {"pivot.limits.files=1", "pivot.limits.waiting=1", "pivot.limits.wait=300ms"})
class HeavyWorkHttpTest {

  private static final String TABLE =
      "/v1/crosswalk/table?from=communes@1990-01-01&to=communes@2026";
  private static final Duration SOON = Duration.ofSeconds(10);

  private final ContractClient client;
  private final EmbeddedServer server;
  private final Admission admission;

  HeavyWorkHttpTest(ContractClient client, EmbeddedServer server, Admission admission) {
    this.client = client;
    this.server = server;
    this.admission = admission;
  }

  private int running() {
    return admission.running(Work.Kind.FILE);
  }

  private Socket begin(String head) throws IOException {
    Socket socket = new Socket("localhost", server.getPort());
    write(socket, head.stripTrailing().replace("\n", "\r\n") + "\r\n\r\n");
    return socket;
  }

  /** Begins to send a file, of which a chunk is there. */
  private Socket upload(String path, String... headers) throws IOException {
    Socket socket =
        begin(
            "POST "
                + path
                + " HTTP/1.1\nHost: localhost\nContent-Type: text/csv\n"
                + "Transfer-Encoding: chunked\n"
                + String.join("\n", headers));
    send(socket, "commune;n\n" + "01004;1\n".repeat(100));
    return socket;
  }

  private static void send(Socket socket, String chunk) throws IOException {
    write(socket, Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n");
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private void awaitRunning(int count) {
    Await.until(count + " running", SOON, () -> running() == count);
  }

  private static void awaitNoThread() {
    Await.until(
        "no thread works",
        SOON,
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.getName().matches("(blocks|list)-\\d+")));
  }

  @Test
  void who_comes_while_all_places_are_taken_is_told_when_to_come_again() throws IOException {
    try (Socket _ = upload("/v1/validations")) {
      awaitRunning(1);
      HttpResponse<String> refused = client.post("/v1/validations", "text/csv", "commune\n01004\n");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("\"type\":\"/problems/busy\"");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
      assertThat(client.get(TABLE).statusCode()).isEqualTo(503);
      String large = "commune\n" + "01004\n".repeat(4 << 20);
      assertThat(client.post("/v1/validations", "text/csv", large).statusCode()).isEqualTo(503);
      assertThat(client.get("/v1/referentials/communes/codes/01004").statusCode()).isEqualTo(200);
      assertThat(
              client
                  .post("/v1/referentials/communes/lookup", "application/json", "[\"01004\"]")
                  .statusCode())
          .isEqualTo(200);
    }
    awaitRunning(0);
    assertThat(client.post("/v1/validations", "text/csv", "commune\n01004\n").statusCode())
        .isEqualTo(200);
  }

  @Test
  void who_sends_a_batch_slowly_takes_no_place() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        Socket socket =
            begin(
                "POST /v1/referentials/communes/lookup HTTP/1.1\nHost: localhost\n"
                    + "Content-Type: application/json\nContent-Length: 9");
        write(socket, "[\"010");
        slow.add(socket);
      }
      for (int i = 0; i < 10; i++) {
        assertThat(
                client
                    .post("/v1/referentials/communes/lookup", "application/json", "[\"01004\"]")
                    .statusCode())
            .isEqualTo(200);
      }
      for (Socket socket : slow) {
        write(socket, "04\"]");
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
            .isEqualTo("HTTP/1.1 200");
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/validations",
        "/v1/validations?format=csv",
        "/v1/validations?format=xlsx",
        "/v1/detections",
        "/v1/crosswalk?from=communes@2010-01-01&to=communes@2026&column=commune",
        "/v1/crosswalk?from=communes@2010-01-01&to=communes@2026&column=commune&format=ndjson",
        "/v1/reconciliations?column=commune&to=communes"
      })
  void work_ends_when_who_sends_a_file_leaves(String path) throws IOException {
    for (String header : new String[] {"Accept: */*", "Origin: http://localhost"}) {
      try (Socket socket = upload(path, header)) {
        awaitRunning(1);
        for (int i = 0; i < 20; i++) {
          send(socket, "01004;1\n".repeat(4000));
        }
      }
      awaitRunning(0);
      awaitNoThread();
    }
  }

  @Test
  void work_ends_when_who_reads_a_table_leaves() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (Socket socket = begin("GET " + TABLE + " HTTP/1.1\nHost: localhost")) {
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      awaitRunning(0);
      awaitNoThread();
    }
  }

  @Test
  void work_that_nobody_waits_for_any_more_is_not_begun() throws IOException {
    try (Socket _ = upload("/v1/validations")) {
      awaitRunning(1);
      begin("GET " + TABLE + " HTTP/1.1\nHost: localhost").close();
    }
    awaitRunning(0);
    awaitNoThread();
  }

  @Test
  void the_limits_are_told() {
    assertThat(client.get("/v1/limits").body())
        .contains("\"files\":{\"atOnce\":1,\"waiting\":1,\"waitSeconds\":0.3}")
        .contains("\"cells\":50000000");
  }

  @Test
  void an_answer_without_a_body_leaves_no_place_taken() {
    HttpResponse<String> head = client.send("HEAD", TABLE, null);
    assertThat(head.statusCode()).isEqualTo(200);
    awaitRunning(0);
    String tag = head.headers().firstValue("ETag").orElseThrow();
    assertThat(client.get(TABLE, "If-None-Match", tag).statusCode()).isEqualTo(304);
    awaitRunning(0);
    assertThat(client.get("/v1/crosswalk/table?from=nonsense&to=communes").statusCode())
        .isEqualTo(404);
    awaitRunning(0);
    assertThat(client.get(TABLE).statusCode()).isEqualTo(200);
    awaitRunning(0);
  }
}
