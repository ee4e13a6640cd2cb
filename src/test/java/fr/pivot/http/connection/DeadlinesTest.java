package fr.pivot.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a connection waits for, by a clock that only the tests move. */
class DeadlinesTest {

  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(
          10, 10, Duration.ofSeconds(10), Duration.ofSeconds(30), 1024, Duration.ofSeconds(60));

  private final Deadlines deadlines = new Deadlines(LIMITS);
  private final List<Object> missed = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @BeforeEach
  void connect() {
    channel.config().setAutoRead(false);
    channel.freezeTime();
    channel
        .pipeline()
        .addLast(
            deadlines,
            new ChannelInboundHandlerAdapter() {
              @Override
              public void userEventTriggered(ChannelHandlerContext context, Object event) {
                missed.add(event);
              }
            });
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
    }
  }

  private void receive(int bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[bytes]));
    channel.releaseInbound();
  }

  /** Gives bytes to be written, which nothing takes but the test. */
  private void answer(int bytes) {
    channel.write(Unpooled.wrappedBuffer(new byte[bytes]));
    channel.unsafe().outboundBuffer().addFlush();
  }

  /** A request whose body is to come. */
  private void beginBody() {
    receive(100);
    deadlines.headEnds();
    channel.read();
  }

  @Test
  void a_head_has_ten_seconds_however_its_bytes_come() {
    for (int i = 0; i < 9; i++) {
      receive(1);
      pass(1);
    }
    assertThat(missed).isEmpty();
    receive(1);
    pass(2);
    assertThat(missed).contains(Deadlines.Missed.HEAD);
  }

  @Test
  void the_next_head_has_ten_seconds_of_its_own() {
    receive(100);
    deadlines.headEnds();
    deadlines.requestEnds();
    deadlines.answerEnds();
    pass(50);
    receive(1);
    pass(9);
    assertThat(missed).isEmpty();
    pass(3);
    assertThat(missed).contains(Deadlines.Missed.HEAD);
  }

  @Test
  void a_body_that_stays_away_has_thirty_seconds() {
    beginBody();
    pass(29);
    assertThat(missed).isEmpty();
    pass(1);
    assertThat(missed).containsExactly(Deadlines.Missed.BODY);
  }

  @Test
  void a_kilobyte_a_second_is_enough_for_ever_and_less_is_not() {
    beginBody();
    for (int i = 0; i < 10_000; i++) {
      receive(1024);
      channel.read();
      pass(1);
    }
    assertThat(missed).isEmpty();
    for (int i = 0; i < 60; i++) {
      receive(500);
      channel.read();
      pass(1);
    }
    assertThat(missed).contains(Deadlines.Missed.BODY);
  }

  @Test
  void what_was_sent_quickly_before_does_not_pay_for_silence() {
    beginBody();
    receive(100_000_000);
    channel.read();
    pass(29);
    assertThat(missed).isEmpty();
    pass(2);
    assertThat(missed).contains(Deadlines.Missed.BODY);
  }

  @Test
  void a_body_that_the_server_does_not_read_has_no_pace() {
    receive(100);
    deadlines.headEnds();
    pass(100_000);
    assertThat(missed).isEmpty();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void an_answer_may_take_as_long_to_make_as_it_does() {
    receive(100);
    deadlines.headEnds();
    deadlines.requestEnds();
    channel.read();
    pass(100_000);
    assertThat(missed).isEmpty();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void an_answer_that_is_not_read_has_thirty_seconds() {
    receive(100);
    deadlines.headEnds();
    deadlines.requestEnds();
    answer(100_000);
    pass(29);
    assertThat(channel.isOpen()).isTrue();
    pass(2);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void an_answer_that_is_read_a_kilobyte_a_second_comes_to_its_end() {
    receive(100);
    deadlines.headEnds();
    deadlines.requestEnds();
    answer(1000);
    for (int i = 0; i < 1000; i++) {
      answer(1100);
      channel.unsafe().outboundBuffer().removeBytes(1100);
      pass(1);
    }
    assertThat(channel.isOpen()).isTrue();
    for (int i = 0; i < 80 && channel.isOpen(); i++) {
      answer(900);
      channel.unsafe().outboundBuffer().removeBytes(500);
      pass(1);
    }
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void a_connection_of_which_nothing_is_asked_is_closed_after_a_minute() {
    receive(100);
    deadlines.headEnds();
    deadlines.requestEnds();
    deadlines.answerEnds();
    pass(59);
    assertThat(channel.isOpen()).isTrue();
    pass(3);
    assertThat(channel.isOpen()).isFalse();
    assertThat(missed).isEmpty();
  }
}
