package fr.pivot.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundTest {

  @Test
  void what_ends_by_any_error_is_begun_again_and_told() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch third = new CountDownLatch(3);
    Thread thread =
        Background.start(
            "test-of-background",
            () -> {
              third.countDown();
              switch (begun.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("once");
                case 2 -> throw new StackOverflowError("twice");
                default -> {
                  // It is done.
                }
              }
            },
            Duration.ofMillis(10));
    assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(begun).hasValue(3);
    assertThat(Background.listFailed()).contains("test-of-background");
  }

  @Test
  void what_is_interrupted_while_it_waits_ends() throws InterruptedException {
    CountDownLatch failed = new CountDownLatch(1);
    Thread thread =
        Background.start(
            "test-of-interruption",
            () -> {
              failed.countDown();
              throw new IllegalStateException("always");
            },
            Duration.ofHours(1));
    failed.await();
    thread.interrupt();
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
  }
}
