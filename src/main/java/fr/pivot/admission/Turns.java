package fr.pivot.admission;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The turns of heavy work on the processors: a piece of a few milliseconds each, in the order of
 * those who ask, so that works that run side by side go on alike. No more pieces are in work than
 * there are processors and, of several, one fewer while somebody asks for what is answered at once:
 * lookups, translations of a code and searches do not wait for a processor.
 */
public final class Turns {

  /** The turns on the processors of this machine. */
  static final Turns HERE = new Turns(Runtime.getRuntime().availableProcessors());

  /** How long a processor stays free after a question that is answered at once. */
  private static final long KEPT_FREE = Duration.ofMillis(250).toNanos();

  /** A piece of work. It waits for nobody, least of all for another turn. */
  @FunctionalInterface
  public interface Piece<T> {

    /** Does it. */
    T work() throws IOException;
  }

  private final int processors;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition ended = lock.newCondition();
  private int taken;
  private volatile long asked = System.nanoTime() - KEPT_FREE;

  Turns(int processors) {
    this.processors = processors;
  }

  /** Says that somebody asks for what is answered at once: a processor is kept free for a while. */
  public static void keepOneFree() {
    HERE.beAsked();
  }

  /** Does a piece of work when its turn comes. */
  <T> T take(Piece<T> piece) throws IOException {
    begin();
    try {
      return piece.work();
    } finally {
      end();
    }
  }

  void beAsked() {
    asked = System.nanoTime();
  }

  private void begin() {
    boolean interrupted = false;
    lock.lock();
    try {
      while (taken >= open()) {
        try {
          // Whether one is kept free changes with time, too, which wakes nobody.
          ended.await(KEPT_FREE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      taken++;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private int open() {
    boolean free = System.nanoTime() - asked >= KEPT_FREE;
    return free || processors == 1 ? processors : processors - 1;
  }

  private void end() {
    lock.lock();
    try {
      taken--;
      ended.signal();
    } finally {
      lock.unlock();
    }
  }
}
