package fr.pivot.reconciliation;

import fr.pivot.finding.ProblemType;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a few batches be worked on at a time. More would not be answered sooner; who would have to
 * wait long is told to come again.
 */
@Singleton
final class Gate {

  private static final int BATCHES_A_CORE = 2;
  private static final int MOST_WAITING = 64;

  private final Semaphore free;
  private final Duration wait;

  /**
   * Opens the gate.
   *
   * @param batches how many may pass at a time; 0 for two a processor
   * @param wait how long others wait for their turn
   */
  Gate(
      @Value("${pivot.reconciliation.batches:0}") int batches,
      @Value("${pivot.reconciliation.wait:3s}") Duration wait) {
    this.free =
        new Semaphore(
            batches > 0 ? batches : BATCHES_A_CORE * Runtime.getRuntime().availableProcessors(),
            true);
    this.wait = wait;
  }

  /** Does a work when its turn comes, or answers 429. */
  <T> T pass(Supplier<T> work) {
    try {
      if (free.getQueueLength() >= MOST_WAITING
          || !free.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw ProblemType.TOO_MANY_REQUESTS.problem().exception();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw ProblemType.TOO_MANY_REQUESTS.problem().exception();
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }
}
