package fr.pivot.admission;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so much heavy work in as the machine can bear, in the order in which it comes. A few wait
 * for a moment; more would not be answered sooner, and are told to come again. Files and batches
 * have places of their own: a batch is answered in a moment, however many files take their time.
 */
@Singleton
public final class Admission {

  private final Bounds bounds;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Work.Kind, Lane> lanes = new EnumMap<>(Work.Kind.class);

  /** The bytes that nobody remembers values in, and that nobody holds. */
  private long memory;

  private long free;

  /** The works of a kind. */
  private static final class Lane {
    final int places;
    int running;
    long refused;
    final Deque<Work> waiting = new ArrayDeque<>();

    Lane(int places) {
      this.places = places;
    }
  }

  /**
   * Opens with the bounds of this machine, where nothing else is said.
   *
   * @param files how many files may be worked on at a time; 0 for as many as the machine can bear
   * @param batches how many batches; 0 for as many as the machine can bear
   * @param waiting how many of each may wait; negative for as many as seem right
   * @param wait how long they wait
   */
  @Inject
  Admission(
      @Value("${pivot.limits.files:0}") int files,
      @Value("${pivot.limits.batches:0}") int batches,
      @Value("${pivot.limits.waiting:-1}") int waiting,
      @Value("${pivot.limits.wait:3s}") Duration wait) {
    this(with(Bounds.here(), files, batches, waiting, wait));
  }

  /** Opens with given bounds. */
  Admission(Bounds bounds) {
    this.bounds = bounds;
    this.memory = bounds.remembered();
    this.free = bounds.held();
    lanes.put(Work.Kind.FILE, new Lane(bounds.files()));
    lanes.put(Work.Kind.BATCH, new Lane(bounds.batches()));
  }

  private static Bounds with(Bounds here, int files, int batches, int waiting, Duration wait) {
    return new Bounds(
        here.processors(),
        files > 0 ? files : here.files(),
        batches > 0 ? batches : here.batches(),
        waiting >= 0 ? waiting : here.waiting(),
        wait,
        here.remembered(),
        here.held());
  }

  /** How much is let in. */
  public Bounds bounds() {
    return bounds;
  }

  /** A work that has no place yet: {@link Work#enter} waits for one. */
  public Work begin(Work.Kind kind) {
    return new Work(this, kind);
  }

  /** How many works of a kind have a place. */
  public int running(Work.Kind kind) {
    lock.lock();
    try {
      return lane(kind).running;
    } finally {
      lock.unlock();
    }
  }

  /**
   * How a lane does.
   *
   * @param places how many may be worked on at a time
   * @param running how many are
   * @param waiting how many wait for a place
   * @param refused how many were told to come again, since the start
   */
  public record Figures(int places, int running, int waiting, long refused) {}

  /** How the works of a kind do. */
  public Figures figures(Work.Kind kind) {
    lock.lock();
    try {
      Lane lane = lane(kind);
      return new Figures(lane.places, lane.running, lane.waiting.size(), lane.refused);
    } finally {
      lock.unlock();
    }
  }

  private Lane lane(Work.Kind kind) {
    return Objects.requireNonNull(lanes.get(kind));
  }

  void enter(Work work) {
    lock.lock();
    try {
      Lane lane = lane(work.kind());
      if (!lane.waiting.isEmpty() || lane.running == lane.places) {
        try {
          await(work, lane);
        } catch (ProblemException e) {
          lane.refused++;
          throw e;
        }
      }
      work.requireWanted();
      lane.running++;
      // Who comes gets half of what is left: together they never have more than there is.
      long share = memory / 2;
      memory -= share;
      work.admit(share);
    } finally {
      lock.unlock();
    }
  }

  /** Returns when it is its turn. */
  private void await(Work work, Lane lane) {
    if (lane.waiting.size() >= bounds.waiting()) {
      throw Work.busy();
    }
    lane.waiting.add(work);
    long left = bounds.patience().toNanos();
    try {
      while (lane.waiting.peek() != work || lane.running == lane.places) {
        work.requireWanted();
        if (left <= 0) {
          throw Work.busy();
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Work.busy();
    } finally {
      lane.waiting.remove(work);
      changed.signalAll();
    }
  }

  void leave(Work work) {
    lock.lock();
    try {
      if (work.isAdmitted()) {
        lane(work.kind()).running--;
        memory += work.share();
        free += work.held();
        work.dismiss();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void hold(Work work, long bytes) {
    lock.lock();
    try {
      if (!work.isAdmitted()) {
        throw new AbandonedException();
      }
      if (work.held() + bytes > bounds.held()) {
        throw ProblemType.TOO_LARGE.with("limit", bounds.held()).exception();
      }
      if (bytes > free) {
        throw Work.busy();
      }
      free -= bytes;
      work.addHeld(bytes);
    } finally {
      lock.unlock();
    }
  }
}
