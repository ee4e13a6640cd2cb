package fr.pivot.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bulk answer starts before the input ends. */
@PivotTest(Holding.SAMPLE)
class BulkStreamTest {

  private final EmbeddedServer server;

  BulkStreamTest(EmbeddedServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/x-ndjson | `\"01004\"\n` | `\"2A004\"`",
        "application/json | `[\"01004\",` | `\"2A004\"]`",
        "text/csv | `code\n01004\n` | `2A004\n`"
      })
  void the_first_answer_comes_before_the_last_question(String type, String first, String rest)
      throws IOException {
    try (Socket socket = new Socket("localhost", server.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      write(
          out,
          "POST /v1/referentials/communes/lookup?fields=code,label HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: "
              + type
              + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
              + chunk(first));
      StringBuilder answer = new StringBuilder();
      byte[] buffer = new byte[8192];
      while (!answer.toString().contains("Bugey")) {
        int n = in.read(buffer);
        assertThat(n).as(answer.toString()).isPositive();
        answer.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
      assertThat(answer.toString()).startsWith("HTTP/1.1 200").doesNotContain("Ajaccio");
      write(out, chunk(rest) + "0\r\n\r\n");
      answer.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      assertThat(answer.toString()).contains("Ajaccio");
    }
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
