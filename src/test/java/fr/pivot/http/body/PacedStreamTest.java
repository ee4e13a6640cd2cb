package fr.pivot.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Senders who take their time, by a clock that only they move. */
class PacedStreamTest {

  private long now;

  /** A sender who gives a number of bytes at a time and lets time go by before each of them. */
  private InputStream sender(int bytes, Duration before) {
    return new InputStream() {
      @Override
      public int read() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int read(byte[] to, int offset, int length) {
        now += before.toNanos();
        return Math.min(bytes, length);
      }
    };
  }

  /** How many times something can be read of a sender before patience ends; all of them at most. */
  private int reads(InputStream sender, int all) throws IOException {
    InputStream in = PacedStream.of(sender, () -> now);
    byte[] buffer = new byte[1 << 16];
    for (int i = 0; i < all; i++) {
      try {
        assertThat(in.read(buffer, 0, buffer.length)).isPositive();
      } catch (ProblemException e) {
        assertThat(e.problem().type()).isEqualTo(ProblemType.REQUEST_TIMEOUT);
        return i;
      }
    }
    return all;
  }

  @Test
  void half_a_minute_is_given_to_everybody() throws IOException {
    assertThat(reads(sender(1, Duration.ofSeconds(1)), 1000)).isEqualTo(30);
  }

  @Test
  void a_kilobyte_a_second_is_enough_for_ever() throws IOException {
    assertThat(reads(sender(1024, Duration.ofSeconds(1)), 10_000)).isEqualTo(10_000);
    assertThat(reads(sender(1023, Duration.ofSeconds(1)), 10_000)).isEqualTo(30);
  }

  @Test
  void a_pause_is_forgiven_to_who_sent_much_before() throws IOException {
    assertThat(reads(sender(65_536, Duration.ofMinutes(1)), 100)).isEqualTo(100);
  }

  @Test
  void only_the_time_that_is_waited_for_the_sender_counts() throws IOException {
    InputStream in = PacedStream.of(sender(1, Duration.ZERO), () -> now);
    byte[] buffer = new byte[1];
    for (int i = 0; i < 100; i++) {
      now += Duration.ofMinutes(1).toNanos();
      assertThat(in.read(buffer, 0, 1)).isEqualTo(1);
    }
  }

  @Test
  void what_is_missed_is_said() {
    InputStream in = PacedStream.of(sender(1, Duration.ofSeconds(31)), () -> now);
    assertThatThrownBy(() -> in.read(new byte[1], 0, 1))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().members())
                    .containsEntry("graceSeconds", 30L)
                    .containsEntry("bytesPerSecond", 1024));
  }
}
