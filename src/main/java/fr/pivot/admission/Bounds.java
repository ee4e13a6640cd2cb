package fr.pivot.admission;

import java.time.Duration;

/**
 * What a machine can bear at once.
 *
 * @param processors how many it has
 * @param files how many files, tables and other long works are worked on at a time
 * @param batches how many batches and other works of a moment are worked on at a time
 * @param waiting how many of each wait for their turn
 * @param patience how long they wait
 * @param remembered the bytes that what all works remember of values may take
 * @param held the bytes that what all works must hold whole may take, workbooks and keys
 */
public record Bounds(
    int processors,
    int files,
    int batches,
    int waiting,
    Duration patience,
    long remembered,
    long held) {

  /** What answers from memory takes of the heap before anything is worked on, in bytes. */
  private static final long REGISTRY = 160L << 20;

  /** What a long work takes beside what it remembers and holds: blocks of its file, answers. */
  private static final long WORK = 24L << 20;

  private static final int FILES_A_PROCESSOR = 8;
  private static final int BATCHES_A_PROCESSOR = 2;
  private static final int MOST_WAITING = 64;
  private static final Duration WAIT = Duration.ofSeconds(3);

  /**
   * The bounds of a machine.
   *
   * @param processors at least one
   * @param heap how large the heap may become, in bytes
   */
  public static Bounds of(int processors, long heap) {
    long spare = Math.max(heap / 8, heap - REGISTRY);
    int files = (int) Math.clamp(spare / WORK, 2, (long) FILES_A_PROCESSOR * processors);
    return new Bounds(
        processors,
        files,
        BATCHES_A_PROCESSOR * processors,
        Math.min(MOST_WAITING, 2 * files),
        WAIT,
        spare / 4,
        spare / 2);
  }

  /** The bounds of this machine. */
  public static Bounds here() {
    Runtime runtime = Runtime.getRuntime();
    return of(runtime.availableProcessors(), runtime.maxMemory());
  }
}
