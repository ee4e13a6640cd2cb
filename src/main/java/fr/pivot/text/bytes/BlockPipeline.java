package fr.pivot.text.bytes;

import fr.pivot.admission.Work;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Works on the blocks of a delimited file in parallel and gives the results in the order of the
 * file. It is pulled: nobody reads ahead of the consumer by more than a few blocks, so that memory
 * does not grow with the file and a slow reader slows the reading of the input down.
 *
 * <p>The beginning of a file is worked on by the thread that asks; only a file that goes on is
 * worth more threads. What fails comes out where its block would have. Blocks are worked on as
 * pieces of the {@link Work} that this was made in, and no further where that is abandoned.
 *
 * @param <R> the result of a block
 */
public final class BlockPipeline<R> implements Closeable {

  /**
   * What works on blocks. Each thread has its own, so that what it remembers needs no locks.
   *
   * @param <R> the result of a block
   */
  @FunctionalInterface
  public interface Worker<R> {

    /** Works on a block, whose bytes are valid until this returns. */
    R work(RecordBlock block) throws IOException;
  }

  /** How many bytes the thread that asks works on before others are started. */
  private static final int ALONE = 1 << 18;

  /** What came of a block. */
  private sealed interface Outcome<R> {

    record Done<R>(R result) implements Outcome<R> {}

    record Failed<R>(Throwable cause) implements Outcome<R> {}

    record End<R>() implements Outcome<R> {}
  }

  private final Work work = Work.current();
  private final RecordBlocks blocks;
  private final Supplier<Worker<R>> workers;
  private final int threads;
  private final int alone;
  private final List<Thread> started = new ArrayList<>();
  private final Worker<R> first;
  private long workedAlone;
  private boolean finished;

  /** Held by the thread that reads the input. */
  private final ReentrantLock input = new ReentrantLock();

  private final ReentrantLock state = new ReentrantLock();
  private final Condition room = state.newCondition();
  private final Condition result = state.newCondition();
  private final List<@Nullable Outcome<R>> outcomes;
  private long taken;
  private boolean ended;
  private volatile long given;
  private volatile boolean stopped;

  /**
   * Prepares the work on the records after the header.
   *
   * @param blocks closed with this
   * @param workers makes what works, once for each thread
   */
  public BlockPipeline(RecordBlocks blocks, Supplier<Worker<R>> workers) {
    this(blocks, workers, Work.current().processors(), ALONE);
  }

  /** For tests, which choose how many threads work and when they start. */
  BlockPipeline(RecordBlocks blocks, Supplier<Worker<R>> workers, int threads, int alone) {
    this.blocks = blocks;
    this.workers = workers;
    this.threads = threads;
    this.alone = alone;
    this.first = workers.get();
    this.outcomes = new ArrayList<>(Collections.nCopies(2 * threads, null));
  }

  /**
   * The result of the next block; null after the last one.
   *
   * @throws IOException where reading or working failed, once all results before were given
   */
  public @Nullable R next() throws IOException {
    if (finished) {
      return null;
    }
    if (started.isEmpty()) {
      if (threads == 1 || workedAlone < alone) {
        return workAlone();
      }
      start();
    }
    return switch (await()) {
      case Outcome.Done<R>(R done) -> done;
      case Outcome.End<R> _ -> {
        finished = true;
        yield null;
      }
      case Outcome.Failed<R>(Throwable cause) -> {
        finished = true;
        switch (cause) {
          case IOException e -> throw e;
          case RuntimeException e -> throw e;
          case Error e -> throw e;
          default -> throw new IllegalStateException(cause);
        }
      }
    };
  }

  private @Nullable R workAlone() throws IOException {
    // It stays so where this fails.
    finished = true;
    RecordBlock block = blocks.next(() -> true);
    if (block == null) {
      return null;
    }
    workedAlone += block.length();
    R result = work.inTurn(() -> first.work(block));
    blocks.giveBack(block);
    finished = false;
    return result;
  }

  private void start() {
    for (int i = 0; i < threads; i++) {
      Worker<R> worker = i == 0 ? first : workers.get();
      started.add(work.start("blocks-" + i, () -> run(worker)));
    }
  }

  private void run(Worker<R> worker) {
    while (true) {
      long rank;
      RecordBlock block;
      input.lock();
      try {
        if (!awaitRoom()) {
          return;
        }
        rank = taken;
        try {
          block = blocks.next(() -> given == rank);
        } catch (IOException | RuntimeException | Error e) {
          ended = true;
          put(rank, new Outcome.Failed<>(e));
          return;
        }
        if (block == null) {
          ended = true;
          put(rank, new Outcome.End<>());
          return;
        }
        taken++;
      } finally {
        input.unlock();
      }
      Outcome<R> outcome;
      try {
        outcome = new Outcome.Done<>(work.inTurn(() -> worker.work(block)));
        blocks.giveBack(block);
      } catch (IOException | RuntimeException | Error e) {
        outcome = new Outcome.Failed<>(e);
      }
      put(rank, outcome);
    }
  }

  /** Waits until one more block may be in flight; false where none is to be taken any more. */
  private boolean awaitRoom() {
    state.lock();
    try {
      while (!ended && !stopped && taken - given >= outcomes.size()) {
        room.awaitUninterruptibly();
      }
      return !ended && !stopped;
    } finally {
      state.unlock();
    }
  }

  private void put(long rank, Outcome<R> outcome) {
    state.lock();
    try {
      outcomes.set((int) (rank % outcomes.size()), outcome);
      result.signal();
    } finally {
      state.unlock();
    }
  }

  private Outcome<R> await() throws IOException {
    state.lock();
    try {
      int slot = (int) (given % outcomes.size());
      Outcome<R> outcome = outcomes.get(slot);
      while (outcome == null) {
        result.await();
        outcome = outcomes.get(slot);
      }
      outcomes.set(slot, null);
      given = given + 1;
      room.signal();
      return outcome;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } finally {
      state.unlock();
    }
  }

  /** Stops the work, wherever it is, and closes the input. */
  @Override
  public void close() throws IOException {
    finished = true;
    state.lock();
    try {
      stopped = true;
      room.signalAll();
    } finally {
      state.unlock();
    }
    started.forEach(Thread::interrupt);
    blocks.close();
  }
}
