package fr.pivot.observing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.pivot.Await;
import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.http.ContractClient;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a server measures of itself. */
@PivotTest(value = Holding.SAMPLE, properties = "pivot.metrics-port=0")
class MetricsTest {

  private static final String CODES = "/v1/referentials/communes/codes/";
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

  private final ContractClient client;
  private final EmbeddedServer server;
  private final MetricsServer metrics;

  MetricsTest(ContractClient client, EmbeddedServer server, ApplicationContext context) {
    this.client = client;
    this.server = server;
    this.metrics = context.getBean(MetricsServer.class);
  }

  private String scrape() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metrics.port() + "/metrics"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }

  private static double value(String scrape, String series) {
    return scrape
        .lines()
        .filter(line -> line.startsWith(series + ' '))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .sum();
  }

  /** Names and labels, without the values. */
  private static Set<String> series(String scrape) {
    return scrape
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void codes_are_counted_whether_they_come_from_the_router_or_from_memory_and_in_bulk()
      throws Exception {
    String found = "pivot_codes_answered_total{outcome=\"found\",referential=\"communes\"}";
    String unknown = "pivot_codes_answered_total{outcome=\"unknown\",referential=\"communes\"}";
    String before = scrape();
    // The second one is given ahead of the router.
    send(List.of(CODES + "01004", CODES + "01004", CODES + "01004"));
    client.get(CODES + "99999");
    client.post(
        "/v1/referentials/communes/lookup", "application/json", "[\"01004\",\"01004\",\"99999\"]");
    String after = scrape();
    assertThat(value(after, found) - value(before, found)).isEqualTo(5);
    assertThat(value(after, unknown) - value(before, unknown)).isEqualTo(2);
  }

  @Test
  void what_is_told_of_a_server_is_there() throws Exception {
    send(List.of(CODES + "01004", CODES + "01004", CODES + "01004"));
    String scrape = scrape();
    assertThat(series(scrape))
        .contains(
            "pivot_release_info{edition=\"2026\",latest=\"true\",referential=\"communes\"}",
            "pivot_publication_lag_seconds",
            "pivot_codebook_bytes{referential=\"communes\"}",
            "pivot_cache_hits_total{cache=\"hot-answers\"}",
            "pivot_cache_entries{cache=\"hot-answers\"}",
            "pivot_cache_misses_total{cache=\"crosswalk-sources\"}",
            "pivot_cache_misses_total{cache=\"heir-ways\"}",
            "pivot_cache_misses_total{cache=\"list-totals\"}",
            "pivot_admission_places{kind=\"file\"}",
            "pivot_admission_waiting{kind=\"batch\"}",
            "pivot_admission_refused_total{kind=\"file\"}",
            "pivot_background_failed",
            "process_files_open_files");
    assertThat(scrape).contains("\njvm_memory_used_bytes{area=\"heap\"");
    assertThat(value(scrape, "pivot_codebook_bytes{referential=\"communes\"}")).isGreaterThan(100);
    assertThat(value(scrape, "pivot_cache_hits_total{cache=\"hot-answers\"}")).isPositive();
  }

  @Test
  void ten_thousand_addresses_make_no_series() throws Exception {
    // One of each kind: an answer, one that is unknown, and what is not in the contract.
    ask(0, 20);
    Set<String> before = settled();
    ask(20, 10_020);
    Set<String> after = settled();
    after.removeIf(series -> series.startsWith("jvm_") || series.startsWith("http"));
    before.removeIf(series -> series.startsWith("jvm_") || series.startsWith("http"));
    assertThat(after).isEqualTo(before);
    assertThat(String.join("\n", after)).doesNotContain("nowhere").doesNotContain("198.51.100");
  }

  private Set<String> settled() throws Exception {
    return series(scrape());
  }

  private static String address(int i) {
    return switch (i % 5) {
      case 0 -> CODES + (10_000 + i);
      case 1 -> "/nowhere/" + i + "/at/all?q=" + i;
      case 2 -> "/v1/referentials/r" + i + "/codes/1";
      case 3 -> CODES + "01004?date=" + (1980 + i % 40) + "-0" + (1 + i % 9) + "-11";
      default -> "/v1/referentials/communes@" + i + "/codes/01004";
    };
  }

  private void ask(int from, int to) throws IOException {
    send(IntStream.range(from, to).mapToObj(MetricsTest::address).toList());
  }

  /** Asks one after the other on one connection, each as somebody else. */
  private void send(List<String> addresses) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(20_000);
      InputStream in = socket.getInputStream();
      byte[] piece = new byte[1 << 16];
      for (int i = 0; i < addresses.size(); i++) {
        boolean last = i == addresses.size() - 1;
        socket
            .getOutputStream()
            .write(
                ("GET "
                        + addresses.get(i)
                        + " HTTP/1.1\r\nHost: h"
                        + i
                        + "\r\nUser-Agent: agent-"
                        + i
                        + "\r\nX-Forwarded-For: 198.51.100."
                        + i % 250
                        + (last ? "\r\nConnection: close" : "")
                        + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        if (!last) {
          // An answer comes in one piece: the next question waits for it.
          assertThat(in.read(piece)).isPositive();
        }
      }
      in.readAllBytes();
    }
  }

  @Test
  void nothing_of_it_is_on_the_port_of_the_server() {
    assertThat(client.get("/metrics").statusCode()).isEqualTo(404);
    assertThat(client.get("/prometheus").statusCode()).isEqualTo(404);
  }

  @Test
  void promtool_finds_nothing_wrong_with_the_figures_or_the_rules() throws Exception {
    assumeTrue(Files.isExecutable(PROMTOOL));
    client.get(CODES + "01004");
    Await.until(
        "the request is counted",
        Duration.ofSeconds(5),
        () -> scrape().contains("pivot_http_requests_seconds_count{"));
    assertThat(run(scrape(), "check", "metrics")).isEmpty();
    assertThat(run("", "check", "rules", "docs/exploitation/alertes.yml")).contains("SUCCESS");
    assertThat(run("", "test", "rules", "docs/exploitation/alertes.test.yml")).contains("SUCCESS");
  }

  private static String run(String input, String... arguments) throws Exception {
    Path in = Files.createTempFile("promtool", ".txt");
    try {
      Files.writeString(in, input);
      String[] command = new String[arguments.length + 1];
      command[0] = PROMTOOL.toString();
      System.arraycopy(arguments, 0, command, 1, arguments.length);
      Process process =
          new ProcessBuilder(command).redirectInput(in.toFile()).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(Arrays.toString(command) + "\n" + said).isZero();
      return said;
    } finally {
      Files.delete(in);
    }
  }
}
