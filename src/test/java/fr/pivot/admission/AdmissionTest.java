package fr.pivot.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.pivot.Await;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static final long MEMORY = 64 << 20;

  private final Admission admission =
      new Admission(new Bounds(2, 2, 1, 1, Duration.ofMillis(300), MEMORY, MEMORY));

  private Work entered(Work.Kind kind) {
    Work work = admission.begin(kind);
    work.enter();
    return work;
  }

  private static ProblemType problem(Runnable work) {
    try {
      work.run();
    } catch (ProblemException e) {
      return e.problem().type();
    }
    throw new AssertionError("no problem");
  }

  @Test
  void no_more_works_than_places_are_in_at_a_time_and_batches_have_their_own() {
    Work one = entered(Work.Kind.FILE);
    entered(Work.Kind.FILE);
    assertThat(problem(() -> entered(Work.Kind.FILE))).isEqualTo(ProblemType.BUSY);
    entered(Work.Kind.BATCH).leave();
    one.leave();
    one.leave();
    entered(Work.Kind.FILE);
    assertThat(admission.running(Work.Kind.FILE)).isEqualTo(2);
  }

  @Test
  void who_comes_while_others_wait_is_told_at_once() throws Exception {
    Work one = entered(Work.Kind.FILE);
    entered(Work.Kind.FILE);
    CompletableFuture<Work> waiting = CompletableFuture.supplyAsync(() -> entered(Work.Kind.FILE));
    Thread.sleep(50);
    long begin = System.nanoTime();
    assertThat(problem(() -> entered(Work.Kind.FILE))).isEqualTo(ProblemType.BUSY);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(100));
    one.leave();
    waiting.get().leave();
    assertThat(admission.running(Work.Kind.FILE)).isEqualTo(1);
  }

  @Test
  void who_leaves_while_it_waits_makes_room_for_the_next() throws Exception {
    Work one = entered(Work.Kind.FILE);
    entered(Work.Kind.FILE);
    Work impatient = admission.begin(Work.Kind.FILE);
    CompletableFuture<Void> left = CompletableFuture.runAsync(impatient::enter);
    Thread.sleep(50);
    impatient.abandon();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(left::get)
        .withCauseInstanceOf(AbandonedException.class);
    CompletableFuture<Work> next = CompletableFuture.supplyAsync(() -> entered(Work.Kind.FILE));
    Thread.sleep(50);
    one.leave();
    next.get().leave();
  }

  @Test
  void works_remember_no_more_together_than_there_is_memory_for() {
    Work one = entered(Work.Kind.FILE);
    Work other = entered(Work.Kind.FILE);
    assertThat(one.remembered(1 << 18)).isEqualTo((int) (MEMORY / 2 / 200 / 2));
    assertThat(other.remembered(1 << 18)).isEqualTo((int) (MEMORY / 4 / 200 / 2));
    assertThat(other.remembered(100)).isEqualTo(100);
    one.leave();
    other.leave();
    assertThat(entered(Work.Kind.FILE).remembered(1 << 18)).isEqualTo((int) (MEMORY / 2 / 200 / 2));
    assertThat(Work.current().remembered(1 << 18)).isEqualTo(1 << 18);
  }

  @Test
  void what_is_held_is_bounded_and_given_back() {
    Work one = entered(Work.Kind.FILE);
    Work other = entered(Work.Kind.FILE);
    one.hold(MEMORY - 100);
    assertThat(problem(() -> other.hold(200))).isEqualTo(ProblemType.BUSY);
    assertThat(problem(() -> other.hold(MEMORY + 1))).isEqualTo(ProblemType.TOO_LARGE);
    one.leave();
    other.hold(200);
  }

  @Test
  void a_list_is_in_order_and_what_is_abandoned_is_not_worked_on() throws Exception {
    Work work = entered(Work.Kind.BATCH);
    List<Integer> squares = work.list(1000, i -> i * i);
    assertThat(squares).hasSize(1000).startsWith(0, 1, 4, 9).endsWith(999 * 999);
    assertThat(work.call(() -> Work.current() == work)).isTrue();
    AtomicInteger made = new AtomicInteger();
    work.abandon();
    assertThatExceptionOfType(AbandonedException.class)
        .isThrownBy(() -> work.list(1000, i -> made.incrementAndGet()));
    assertThat(made).hasValue(0);
  }

  @Test
  void of_two_processors_one_is_kept_free_while_somebody_asks_what_is_answered_at_once()
      throws Exception {
    Turns turns = new Turns(2);
    AtomicInteger most = new AtomicInteger();
    assertThat(atOnce(turns, most)).isEqualTo(2);
    turns.beAsked();
    assertThat(atOnce(turns, most)).isEqualTo(1);
  }

  /** How many of four threads are in a turn at the same time, while they are for 100 ms. */
  private static int atOnce(Turns turns, AtomicInteger most) throws InterruptedException {
    most.set(0);
    AtomicInteger now = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int turn = 0; turn < 5; turn++) {
                      try {
                        turns.take(
                            () -> {
                              most.accumulateAndGet(now.incrementAndGet(), Math::max);
                              pause(5);
                              return now.decrementAndGet();
                            });
                      } catch (IOException e) {
                        throw new AssertionError(e);
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return most.get();
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void turns_are_taken_in_the_order_of_those_who_ask() throws Exception {
    Turns turns = new Turns(1);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int rank = i;
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      turns.take(
                          () -> {
                            if (rank == 0) {
                              busy.countDown();
                              await(go);
                            }
                            return order.add(rank);
                          });
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                  });
      threads.add(thread);
      if (rank == 0) {
        busy.await();
      } else {
        Await.until(
            "it waits",
            Duration.ofSeconds(5),
            () -> thread.getState() == Thread.State.TIMED_WAITING);
      }
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void bounds_fit_small_machines_and_large_ones() {
    Bounds small = Bounds.of(2, 256L << 20);
    assertThat(small.files()).isBetween(2, 4);
    assertThat(small.remembered() + small.held()).isLessThan(100L << 20);
    Bounds large = Bounds.of(16, 16L << 30);
    assertThat(large.files()).isEqualTo(128);
    assertThat(large.waiting()).isEqualTo(64);
  }
}
