package fr.pivot.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are written to a file before they are given. */
class HandedTableTest {

  /** Whatever is written there, the system says that the disk is full. */
  private static final Path FULL = Path.of("/dev/full");

  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<Path> written = new AtomicReference<>();

  @Test
  void an_answer_is_gone_once_it_is_read() throws IOException {
    try (InputStream answer =
        HandedTable.beside(
            () -> closed.set(true),
            output -> {
              written.set(output);
              Files.writeString(output, "answer");
            })) {
      assertThat(answer.readAllBytes()).isEqualTo("answer".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(written.get()).doesNotExist();
    assertThat(closed).isTrue();
  }

  @Test
  void what_the_dead_left_is_removed_and_what_the_living_write_is_not(@TempDir Path folder)
      throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path left = Files.createFile(folder.resolve("pivot-" + dead.pid() + "-12.answer"));
    Path kept =
        Files.createFile(folder.resolve("pivot-" + ProcessHandle.current().pid() + "-3.answer"));
    Path other = Files.createFile(folder.resolve("pivot-notes.answer"));
    HandedTable.forgetAnswersOfTheDead(folder);
    assertThat(left).doesNotExist();
    assertThat(kept).exists();
    assertThat(other).exists();
  }

  @Test
  void a_full_disk_is_told_and_everything_is_given_back() {
    assumeTrue(Files.exists(FULL));
    assertThatThrownBy(
            () ->
                HandedTable.beside(
                    () -> closed.set(true),
                    output -> {
                      written.set(output);
                      Files.writeString(output, "begun");
                      HandedTable.copy(new ByteArrayInputStream(new byte[1 << 20]), FULL);
                    }))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type()).isEqualTo(ProblemType.INSUFFICIENT_STORAGE);
              assertThat(e.problem().type().status()).isEqualTo(507);
            });
    assertThat(written.get()).doesNotExist();
    assertThat(closed).isTrue();
  }

  @Test
  void another_failure_is_no_full_disk() {
    assertThatThrownBy(
            () ->
                HandedTable.beside(
                    () -> closed.set(true),
                    output -> {
                      throw new IOException("the sender has left");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("the sender has left");
    assertThat(closed).isTrue();
  }
}
