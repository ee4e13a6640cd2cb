package fr.pivot.admission;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes on beside all requests and must not end unnoticed: following publications, watching the
 * database, making indexes. What fails is begun again a moment later, whatever it failed with, and
 * is told for a while. A process without memory is ended by Java itself, which the launcher asks
 * for.
 */
public final class Background {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  /** How long it is waited before it is begun again. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** How long it is told that something had to be begun again. */
  private static final Duration TOLD = Duration.ofMinutes(1);

  private static final Map<String, Long> FAILED = new ConcurrentHashMap<>();

  private Background() {}

  /**
   * Begins a task on a thread of its own, which does not keep the process alive. Not on a virtual
   * one: requests that keep those busy would keep it from running.
   *
   * @param task ends when it returns, or when its thread is interrupted while it waits to be begun
   *     again
   */
  public static Thread start(String name, Runnable task) {
    return start(name, task, PAUSE);
  }

  /** For tests, which do not wait as long. */
  static Thread start(String name, Runnable task, Duration pause) {
    return Thread.ofPlatform().daemon().name(name).start(() -> keepRunning(name, task, pause));
  }

  private static void keepRunning(String name, Runnable task, Duration pause) {
    while (true) {
      try {
        task.run();
        return;
      } catch (RuntimeException | Error e) {
        FAILED.put(name, System.nanoTime());
        LOG.error("\"{}\" ended and is begun again.", name, e);
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /** The tasks that ended within the last minute and were begun again. */
  public static List<String> listFailed() {
    long now = System.nanoTime();
    return FAILED.entrySet().stream()
        .filter(failed -> now - failed.getValue() < TOLD.toNanos())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
