package fr.pivot.observing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.http.ContractClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What probes are told of a server that is well; {@code ReadinessTest} has the others. */
@PivotTest(Holding.SAMPLE)
class HealthHttpTest {

  private final ContractClient client;

  HealthHttpTest(ContractClient client) {
    this.client = client;
  }

  @Test
  void the_process_is_live_and_ready() {
    HttpResponse<String> live = client.get("/health/live");
    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.body()).isEqualTo("{\"status\":\"live\"}");
    HttpResponse<String> ready = client.get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).contains("\"status\":\"ready\"").contains("\"databaseSeconds\":0");
  }

  @Test
  void a_probe_is_answered_whatever_it_accepts_and_nothing_keeps_the_answer() {
    for (String path : new String[] {"/health", "/health/live", "/health/ready"}) {
      HttpResponse<String> answer = client.get(path, "Accept", "text/plain");
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }
  }
}
