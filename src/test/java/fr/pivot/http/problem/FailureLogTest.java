package fr.pivot.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged where something within fails. */
@PivotTest(value = Holding.SAMPLE, properties = "pivot.test.failing=true")
class FailureLogTest {

  /** Fails with what somebody sent. */
  @Controller
  @Requires(property = "pivot.test.failing")
  static class FailingController {

    @Get("/failing")
    String fail() {
      throw new IllegalStateException("«MARTIN Jeanne» is no number");
    }
  }

  private final URI server;

  FailureLogTest(EmbeddedServer server) {
    this.server = server.getURI();
  }

  @Test
  void an_internal_error_is_one_line_that_repeats_nothing() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> kept = new ListAppender<>();
    kept.start();
    root.addAppender(kept);
    HttpResponse<String> answer;
    try (HttpClient client = HttpClient.newHttpClient()) {
      answer =
          client.send(
              HttpRequest.newBuilder(server.resolve("/failing"))
                  .header("X-Request-Id", "failing-request-7")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    } finally {
      root.detachAppender(kept);
    }
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains("\"requestId\":\"failing-request-7\"")
        .doesNotContain("MARTIN");
    List<ILoggingEvent> told =
        List.copyOf(kept.list).stream()
            .filter(event -> event.getFormattedMessage().contains("failing-request-7"))
            .toList();
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().getThrowableProxy()).isNull();
    assertThat(told.getFirst().getFormattedMessage())
        .startsWith(
            "Request failing-request-7 failed: java.lang.IllegalStateException at"
                + " fr.pivot.http.problem.FailureLogTest$FailingController.fail(")
        .doesNotContain("MARTIN");
    assertThat(kept.list).noneMatch(event -> event.getFormattedMessage().contains("MARTIN"));
  }
}
