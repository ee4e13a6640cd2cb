package fr.pivot.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.Await;
import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.http.ContractClient;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that is told to end, and that somebody asks whether it is ready. */
@PivotTest(
    value = Holding.SAMPLE,
    own = true,
    properties = {
      "pivot.drain-notice=8s",
      "micronaut.lifecycle.graceful-shutdown.enabled=true",
      "micronaut.lifecycle.graceful-shutdown.grace-period=30s"
    })
class DrainNoticeTest {

  private final ApplicationContext context;
  private final ContractClient client;

  DrainNoticeTest(ApplicationContext context, ContractClient client) {
    this.context = context;
    this.client = client;
  }

  @Test
  void it_says_so_before_it_refuses_anything() throws Exception {
    assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
    Thread end = Thread.ofPlatform().start(context::close);
    Await.until(
        "it is not ready",
        Duration.ofSeconds(7),
        () -> client.get("/health/ready").statusCode() == 503);
    HttpResponse<String> told = client.get("/health/ready");
    assertThat(told.body()).contains("\"reasons\":[\"draining\"]");
    assertThat(told.headers().firstValue("Retry-After")).isPresent();
    // What comes nevertheless is answered.
    assertThat(client.get("/v1/referentials/communes/codes/01004").statusCode()).isEqualTo(200);
    assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
    end.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(end.isAlive()).isFalse();
    assertThatThrownBy(() -> client.get("/health/live")).hasCauseInstanceOf(IOException.class);
  }
}
