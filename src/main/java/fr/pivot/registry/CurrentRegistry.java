package fr.pivot.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The registry that answers now. It is swapped whole with each publication. */
public interface CurrentRegistry {

  /**
   * The registry that answers now. Who answers a question asks once and keeps it to the end.
   *
   * @throws NotLoadedException before the first one is loaded
   */
  Registry current();

  /** The registry that answers now, or null before the first one is loaded. */
  @Nullable Registry currentOrNull();

  /** How long ago the database was last reached, to read what was published since. */
  Duration sinceReached();

  /**
   * How far the database is behind the one that it copies, as far as it knows; zero where it copies
   * none.
   */
  default Duration behind() {
    return Duration.ZERO;
  }

  /** Runs something after each swap; it must be short. */
  void onSwap(Runnable follower);
}
