package fr.pivot.observing;

import fr.pivot.registry.CurrentRegistry;
import fr.pivot.registry.Registry;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether requests should be sent to this process. Once it is told to end it says no before it
 * refuses anything, for as long as those who send requests may take to hear of it; where nobody
 * asked lately, nobody is waited for.
 */
@Singleton
final class Readiness {

  /** Where the database was not reached for so long, the process is not ready. */
  static final Duration REACHED_WITHIN = Duration.ofSeconds(30);

  /** Where the database is a copy that is further behind, the process is not ready. */
  static final Duration BEHIND_AT_MOST = Duration.ofMinutes(5);

  /** Who asked within this time is about to ask again. */
  private static final Duration WATCHED_WITHIN = Duration.ofMinutes(1);

  private final CurrentRegistry registries;
  private final Duration notice;
  private volatile boolean draining;
  private volatile long asked = System.nanoTime() - 2 * WATCHED_WITHIN.toNanos();

  /** Why a process is not ready. */
  enum Reason {
    /** The referentials are not loaded yet. */
    LOADING,
    /** The database was not reached for {@link #REACHED_WITHIN}. */
    DATABASE,
    /** The database is a copy that is {@link #BEHIND_AT_MOST} behind, or more. */
    BEHIND,
    /** It was told to end. */
    DRAINING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Watches a process.
   *
   * @param notice how long it says that it is about to end before it takes nothing new
   */
  Readiness(CurrentRegistry registries, @Value("${pivot.drain-notice:5s}") Duration notice) {
    this.registries = registries;
    this.notice = notice;
  }

  /** Why it is not ready; none where it is. */
  List<Reason> listReasons() {
    asked = System.nanoTime();
    List<Reason> reasons = new ArrayList<>();
    Registry registry = registries.currentOrNull();
    if (registry == null || registry.listAll().isEmpty()) {
      reasons.add(Reason.LOADING);
    }
    if (registries.sinceReached().compareTo(REACHED_WITHIN) > 0) {
      reasons.add(Reason.DATABASE);
    }
    if (registries.behind().compareTo(BEHIND_AT_MOST) > 0) {
      reasons.add(Reason.BEHIND);
    }
    if (draining) {
      reasons.add(Reason.DRAINING);
    }
    return reasons;
  }

  /** How long ago the database was reached. */
  Duration sinceReached() {
    return registries.sinceReached();
  }

  /** How far the database is behind the one that it copies. */
  Duration behind() {
    return registries.behind();
  }

  /** Says from now on that it is about to end; returns when nothing new need be taken any more. */
  void drain() {
    draining = true;
    if (System.nanoTime() - asked < WATCHED_WITHIN.toNanos()) {
      try {
        Thread.sleep(notice);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
