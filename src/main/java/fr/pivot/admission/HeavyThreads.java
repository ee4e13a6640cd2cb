package fr.pivot.admission;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of heavy work: the system's own, behind all others. */
public final class HeavyThreads {

  private static final Duration IDLE = Duration.ofSeconds(10);

  private HeavyThreads() {}

  /** A thread that is not started. It does not keep the process alive. */
  static Thread make(String name, Runnable work) {
    Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(work);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  /**
   * Threads for what comes from outside, as many as there is work: {@link Admission} says how much
   * that is.
   */
  public static ExecutorService pool() {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE.toSeconds(),
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> make("heavy-" + count.incrementAndGet(), work));
  }
}
