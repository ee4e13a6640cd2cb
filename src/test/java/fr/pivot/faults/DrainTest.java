package fr.pivot.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A server that is told to end, as {@code pivot serve} is by SIGTERM, while requests are on their
 * way.
 */
@PivotTest(
    value = Holding.SAMPLE,
    own = true,
    properties = {
      "micronaut.lifecycle.graceful-shutdown.enabled=true",
      "micronaut.lifecycle.graceful-shutdown.grace-period=30s"
    })
class DrainTest {

  private static final int REQUESTS = 20;
  private static final String BODY = "[\"01004\",\"01004\"]";

  private final ApplicationContext context;
  private final int port;

  DrainTest(ApplicationContext context, EmbeddedServer server) {
    this.context = context;
    this.port = server.getPort();
  }

  @Test
  void requests_on_their_way_are_answered_and_no_others_are_taken() throws Exception {
    List<Socket> under = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      Socket socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(20_000);
      write(
          socket,
          "POST /v1/referentials/communes/lookup?fields=label HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/json\r\nContent-Length: "
              + BODY.length()
              + "\r\n\r\n"
              + BODY.substring(0, 5));
      under.add(socket);
    }
    TimeUnit.SECONDS.sleep(1);
    Thread end = Thread.ofPlatform().start(context::close);
    TimeUnit.SECONDS.sleep(1);
    assertThat(isRefused()).isTrue();
    assertThat(end.isAlive()).isTrue();
    int answered = 0;
    for (Socket socket : under) {
      write(socket, BODY.substring(5));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200 ");
      assertThat(answer.split("Ambérieu-en-Bugey", -1)).hasSize(3);
      // All chunks of it.
      assertThat(answer).endsWith("\r\n0\r\n\r\n");
      answered++;
      socket.close();
    }
    assertThat(answered).isEqualTo(REQUESTS);
    end.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(end.isAlive()).as("it ends once nothing is on its way").isFalse();
  }

  private boolean isRefused() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      // Taken by the system for a listener that is gone, at most.
      socket.setSoTimeout(5_000);
      write(socket, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
      return socket.getInputStream().read() < 0;
    } catch (ConnectException _) {
      return true;
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
