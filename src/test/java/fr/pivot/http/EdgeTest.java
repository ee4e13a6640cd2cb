package fr.pivot.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.problem.DatabaseOutage;
import fr.pivot.referential.Language;
import fr.pivot.text.ChunkStream;
import fr.pivot.text.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The small parts of the edge, one by one. */
class EdgeTest {

  @Test
  void json_is_escaped_and_utf8() {
    JsonWriter json = new JsonWriter(1);
    json.beginObject()
        .member("a\"b", "é€\uD83D\uDCA9\uD800\\\"\n\u0000")
        .member("d", LocalDate.of(2026, 1, 2))
        .member("far", LocalDate.of(12026, 1, 2))
        .member("n", -42)
        .name("l")
        .value(List.of("x".repeat(3000), 1, true))
        .endObject();
    assertThat(new String(json.take(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"a\\\"b\":\"é€\uD83D\uDCA9\uFFFD\\\\\\\"\\u000a\\u0000\",\"d\":\"2026-01-02\","
                + "\"far\":\"+12026-01-02\",\"n\":-42,\"l\":[\""
                + "x".repeat(3000)
                + "\",1,true]}");
  }

  @Test
  void french_unless_english_is_preferred() {
    assertThat(AskedLanguage.of((String) null)).isEqualTo(Language.FRENCH);
    assertThat(AskedLanguage.of("de")).isEqualTo(Language.FRENCH);
    assertThat(AskedLanguage.of("en-GB,en;q=0.9")).isEqualTo(Language.ENGLISH);
    assertThat(AskedLanguage.of("fr-FR,en;q=0.9")).isEqualTo(Language.FRENCH);
    assertThat(AskedLanguage.of("en;q=0.2,fr;q=0.8")).isEqualTo(Language.FRENCH);
    assertThat(AskedLanguage.of(";;;=")).isEqualTo(Language.FRENCH);
  }

  @Test
  void a_lost_database_is_told_from_broken_software() {
    assertThat(
            DatabaseOutage.isCauseOf(
                new RuntimeException(new SQLTransientConnectionException("pool exhausted"))))
        .isTrue();
    assertThat(DatabaseOutage.isCauseOf(new SQLException("admin shutdown", "57P01"))).isTrue();
    assertThat(DatabaseOutage.isCauseOf(new SQLException("unique", "23505"))).isFalse();
    assertThat(DatabaseOutage.isCauseOf(new IllegalStateException())).isFalse();
  }

  @Test
  void every_problem_says_something_in_both_languages() {
    for (ProblemType type : ProblemType.values()) {
      assertThat(type.slug()).isEqualTo(type.slug().toLowerCase(Locale.ROOT)).doesNotContain("_");
      assertThat(type.title().fr()).isNotBlank().isNotEqualTo(type.title().en());
      assertThat(type.detail().fr()).endsWith(".");
      assertThat(type.detail().en()).endsWith(".");
    }
  }

  @Test
  void a_cursor_that_was_not_made_here_is_refused() {
    assertThat(Cursor.read(Cursor.of("2026", "2026-03-01", "62.01Z"), 3))
        .containsExactly("2026", "2026-03-01", "62.01Z");
    assertThatThrownBy(() -> Cursor.read("AAAA", 3)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> Cursor.read("_", 3)).isInstanceOf(ProblemException.class);
  }

  @Test
  void a_stream_that_fails_on_its_way_says_so_as_streams_do() throws IOException {
    ProblemException failure = ProblemType.REQUEST_TIMEOUT.problem().exception();
    ChunkStream stream =
        new ChunkStream() {
          private boolean begun;

          @Override
          protected byte[] nextChunk() {
            if (begun) {
              throw failure;
            }
            begun = true;
            return new byte[] {1, 2};
          }
        };
    assertThat(stream.readNBytes(2)).containsExactly(1, 2);
    assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasCause(failure);
  }

  @Test
  void a_validator_tells_bytes_apart() {
    assertThat(Answers.tag("abc".getBytes(StandardCharsets.UTF_8)))
        .matches("\"[0-9a-f]{16}\"")
        .isNotEqualTo(Answers.tag("abd".getBytes(StandardCharsets.UTF_8)))
        .isNotEqualTo(Answers.tag("abc\0".getBytes(StandardCharsets.UTF_8)));
    assertThat(Answers.holds("W/\"x\", \"y\"", "\"y\"")).isTrue();
    assertThat(Answers.holds("*", "\"y\"")).isTrue();
    assertThat(Answers.holds("\"z\"", "\"y\"")).isFalse();
  }
}
