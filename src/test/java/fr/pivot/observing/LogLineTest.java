package fr.pivot.observing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A line of the log, for programs. */
class LogLineTest {

  private static String line(@Nullable Throwable thrown) {
    LoggerContext context = new LoggerContext();
    LogLine encoder = new LogLine();
    encoder.setContext(context);
    encoder.setWithTimestamp(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithContext(false);
    encoder.setWithMDC(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.setWithThrowable(false);
    encoder.start();
    LoggingEvent event =
        new LoggingEvent(
            LogLineTest.class.getName(),
            context.getLogger("fr.pivot.Test"),
            Level.WARN,
            "« {} » and \"quotes\"",
            thrown,
            new Object[] {"é"});
    event.setInstant(Instant.parse("2026-12-01T01:02:03.045Z"));
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void it_is_one_object_with_a_date_that_has_an_offset() throws IOException {
    String line = line(null);
    assertThat(line).endsWith("}\n").hasLineCount(1);
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(OffsetDateTime.parse(json.get("time").asText()).toInstant())
        .isEqualTo(Instant.parse("2026-12-01T01:02:03.045Z"));
    assertThat(json.get("level").asText()).isEqualTo("WARN");
    assertThat(json.get("formattedMessage").asText()).isEqualTo("« é » and \"quotes\"");
    assertThat(json.has("exception")).isFalse();
  }

  @Test
  void an_exception_is_told_by_its_first_frames() throws IOException {
    String line = line(new IllegalStateException("outer", new IOException("inner\nline")));
    assertThat(line).hasLineCount(1);
    String told = new ObjectMapper().readTree(line).get("exception").asText();
    assertThat(told)
        .startsWith("java.lang.IllegalStateException: outer at fr.pivot.observing.LogLineTest.")
        .contains(" <- java.io.IOException: inner\nline at ");
    assertThat(told.split("\\.java:", -1)).hasSizeLessThanOrEqualTo(9);
  }
}
