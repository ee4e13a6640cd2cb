package fr.pivot.admission;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A work that takes its time: a file, a table, a batch. It has a place among those that are worked
 * on, does its pieces in turn with the others, remembers no more than its share, and ends when
 * nobody waits for its answer any more. What is worked on asks for {@link #current} where it
 * begins.
 *
 * <p>A work that nobody admitted, such as that of a command, has the machine for itself.
 */
public final class Work {

  /** What of works. */
  public enum Kind {
    /** Takes as long as its client takes to send and to read: a file, a whole table. */
    FILE,
    /** Takes a moment and does not wait for its client: a batch of questions, a list of changes. */
    BATCH
  }

  /** What a remembered value takes, with its key and what was found of it, in bytes. */
  private static final int VALUE = 200;

  /** However little is left, so many values are remembered: those of a column of départements. */
  private static final int FEWEST_REMEMBERED = 1 << 10;

  private static final ScopedValue<Work> CURRENT = ScopedValue.newInstance();
  private static final Work ALONE = new Work(null, Kind.FILE);

  private final @Nullable Admission admission;
  private final Kind kind;
  private volatile boolean abandoned;
  private boolean admitted;

  /** The bytes that it may remember values in, and those that it holds. */
  private long share;

  private long held;

  Work(@Nullable Admission admission, Kind kind) {
    this.admission = admission;
    this.kind = kind;
  }

  /** The work that the thread does. */
  public static Work current() {
    return CURRENT.orElse(ALONE);
  }

  /** Does something as a part of this work. */
  public <T> T call(Callable<T> part) throws Exception {
    return ScopedValue.where(CURRENT, this).call(part::call);
  }

  /**
   * Waits for a place.
   *
   * @throws ProblemException where too many wait already, or it takes too long
   * @throws AbandonedException where nobody waits any more
   */
  public void enter() {
    if (admission != null) {
      admission.enter(this);
    }
  }

  /** Gives its place and its memory back; a second time does nothing. */
  public void leave() {
    if (admission != null) {
      admission.leave(this);
    }
  }

  /** Says that nobody waits for its answer any more: it ends before its next piece. */
  public void abandon() {
    abandoned = true;
    if (admission != null) {
      admission.wake();
    }
  }

  /** Whether nobody waits for its answer any more. */
  public boolean isAbandoned() {
    return abandoned;
  }

  /**
   * Goes on only where somebody still waits.
   *
   * @throws AbandonedException where nobody does
   */
  public void requireWanted() {
    if (abandoned) {
      throw new AbandonedException();
    }
  }

  /**
   * Does a piece of a few milliseconds when its turn comes.
   *
   * @throws AbandonedException where nobody waits for the work any more
   */
  public <T> T inTurn(Turns.Piece<T> piece) throws IOException {
    requireWanted();
    return Turns.HERE.take(piece);
  }

  /**
   * Works out a list, several items of it at once, each in turn.
   *
   * @param count how many items there are
   * @param item makes one of them
   */
  public <T> List<T> list(int count, IntFunction<T> item) {
    @Nullable Object[] made = new Object[count];
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Runnable part =
        () -> {
          try {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
              int rank = i;
              made[rank] = inTurn(() -> item.apply(rank));
            }
          } catch (IOException | RuntimeException | Error e) {
            next.set(count);
            failure.compareAndSet(null, e);
          }
        };
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < Math.min(processors(), count); i++) {
      others.add(start("list-" + i, part));
    }
    part.run();
    others.forEach(Work::join);
    switch (failure.get()) {
      case null -> {}
      case RuntimeException broken -> throw broken;
      case Error broken -> throw broken;
      case Throwable broken -> throw new IllegalStateException(broken);
    }
    @SuppressWarnings("unchecked")
    List<T> list = (List<T>) Arrays.asList(made);
    return list;
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many threads are worth having. */
  public int processors() {
    return admission == null
        ? Runtime.getRuntime().availableProcessors()
        : admission.bounds().processors();
  }

  /**
   * Starts a thread of this work. It is one of the system, which shares the processors out: a
   * virtual one that computes would keep those that answer lookups from running.
   */
  public Thread start(String name, Runnable part) {
    Thread thread = HeavyThreads.make(name, () -> ScopedValue.where(CURRENT, this).run(part));
    thread.start();
    return thread;
  }

  /**
   * How many values each of its threads may remember.
   *
   * @param most how many are worth remembering
   */
  public int remembered(int most) {
    if (admission == null) {
      return most;
    }
    long each = share / VALUE / processors();
    return (int) Math.clamp(each, Math.min(most, FEWEST_REMEMBERED), most);
  }

  /**
   * Takes memory for what must be held whole, until the work ends.
   *
   * @throws ProblemException where there is not as much: for now, or ever
   */
  public void hold(long bytes) {
    if (admission != null) {
      admission.hold(this, bytes);
    }
  }

  Kind kind() {
    return kind;
  }

  // What follows is read and written under the lock of the admission.

  boolean isAdmitted() {
    return admitted;
  }

  void admit(long memory) {
    admitted = true;
    share = memory;
  }

  void dismiss() {
    admitted = false;
    share = 0;
    held = 0;
  }

  long share() {
    return share;
  }

  long held() {
    return held;
  }

  void addHeld(long bytes) {
    held += bytes;
  }

  static ProblemException busy() {
    return ProblemType.BUSY.problem().exception();
  }
}
