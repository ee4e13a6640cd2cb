package fr.pivot.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What clients are told that ask too often, through a proxy on this machine that is trusted. */
@PivotTest(
    properties = {
      "pivot.test.ticker=true",
      "pivot.limits.client.questions=2",
      "pivot.limits.client.questions-at-once=12",
      "pivot.limits.client.files=6",
      "pivot.limits.client.files-at-once=2"
    })
class ClientLimitsHttpTest {

  private static final String CODE = "/v1/referentials/communes/codes/01004";
  private static final String PROXIED = "X-Forwarded-For";

  private final ContractClient client;
  private final MovedTicker ticker;

  ClientLimitsHttpTest(ContractClient client, MovedTicker ticker) {
    this.client = client;
    this.ticker = ticker;
  }

  private HttpResponse<String> ask(String path, String by) {
    return client.get(path, PROXIED, by);
  }

  private int answered(String path, String by, int times) {
    int answered = 0;
    for (int i = 0; i < times; i++) {
      answered += ask(path, by).statusCode() == 200 ? 1 : 0;
    }
    return answered;
  }

  @Test
  void who_asks_too_often_is_told_when_to_ask_again() {
    assertThat(answered(CODE, "192.0.2.1", 20)).isEqualTo(12);
    HttpResponse<String> refused = ask(CODE, "192.0.2.1");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(refused.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(refused.body())
        .contains("\"type\":\"/problems/too-many-requests\"", "\"retryAfterSeconds\":1");
    HttpResponse<String> page =
        client.get("/referentiels", PROXIED, "192.0.2.1", "Accept", "text/html");
    assertThat(page.statusCode()).isEqualTo(429);
    assertThat(page.body()).contains("Trop de requêtes");
    assertThat(ask(CODE, "192.0.2.2").statusCode()).isEqualTo(200);
    ticker.pass(Duration.ofSeconds(3));
    assertThat(answered(CODE, "192.0.2.1", 20)).isEqualTo(6);
  }

  @Test
  void what_the_client_writes_before_what_the_proxy_says_is_not_read() {
    for (int i = 0; i < 12; i++) {
      ask(CODE, "198.51.100." + i + ", 192.0.2.10");
    }
    assertThat(ask(CODE, "198.51.100.99, 192.0.2.10").statusCode()).isEqualTo(429);
  }

  @Test
  void a_network_of_ipv6_is_one_client() {
    for (int i = 0; i < 12; i++) {
      assertThat(ask(CODE, "2001:db8:0:1::" + i).statusCode()).isEqualTo(200);
    }
    assertThat(ask(CODE, "2001:db8:0:1:a:b:c:d").statusCode()).isEqualTo(429);
    assertThat(ask(CODE, "2001:db8:0:2::1").statusCode()).isEqualTo(200);
  }

  @Test
  void a_search_and_a_batch_count_for_five() {
    assertThat(answered("/v1/search?q=Bourg", "192.0.2.20", 5)).isEqualTo(2);
    assertThat(answered(CODE, "192.0.2.20", 5)).isEqualTo(2);
    assertThat(ask("/v1/search?q=Bourg", "192.0.2.20").headers().firstValue("Retry-After"))
        .hasValue("3");
  }

  @Test
  void what_tells_of_the_server_itself_counts_for_nothing() {
    assertThat(answered("/health", "192.0.2.30", 30)).isEqualTo(30);
    assertThat(answered("/health/live", "192.0.2.30", 30)).isEqualTo(30);
    assertThat(answered("/health/ready", "192.0.2.30", 30)).isEqualTo(30);
    assertThat(answered("/v1/limits", "192.0.2.30", 30)).isEqualTo(30);
    assertThat(ask("/v1/nothing", "192.0.2.30").statusCode()).isEqualTo(404);
    assertThat(answered(CODE, "192.0.2.30", 20)).isEqualTo(11);
  }

  @Test
  void files_have_a_limit_of_their_own() {
    String table = "/v1/crosswalk/table?from=departements@1968-01-01&to=departements@2026";
    assertThat(answered(table, "192.0.2.40", 3)).isEqualTo(2);
    HttpResponse<String> refused =
        client.send(
            "POST",
            "/v1/validations",
            "commune\n" + "01004\n".repeat(100_000),
            "Content-Type",
            "text/csv",
            PROXIED,
            "192.0.2.40");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
    assertThat(ask(CODE, "192.0.2.40").statusCode()).isEqualTo(200);
    ticker.pass(Duration.ofSeconds(10));
    assertThat(ask(table, "192.0.2.40").statusCode()).isEqualTo(200);
  }

  @Test
  void programs_on_this_machine_are_not_limited() {
    for (int i = 0; i < 30; i++) {
      assertThat(client.get(CODE).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void the_limits_are_told() {
    assertThat(client.get("/v1/limits").body())
        .contains(
            "\"client\":{\"questionsPerSecond\":2,\"questionsAtOnce\":12,"
                + "\"filesPerMinute\":6,\"filesAtOnce\":2,\"connections\":100},\"connections\":2000,");
  }
}
