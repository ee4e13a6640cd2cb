package fr.pivot.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.github.benmanes.caffeine.cache.stats.ConcurrentStatsCounter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers that were given lately from the registry of now, up to a weight; what is asked often
 * stays. A registry that is newer begins anew, and what is asked of an older one by then is not
 * remembered. Safe for any number of threads.
 *
 * @param <K> questions
 * @param <V> answers
 */
public final class RegistryCache<K, V> {

  private final String name;
  private final long heaviest;
  private final Weigher<K, V> weigher;
  private final ConcurrentStatsCounter counts = new ConcurrentStatsCounter();
  private volatile @Nullable Kept<K, V> kept;

  private record Kept<K, V>(Registry registry, Cache<K, V> answers) {}

  RegistryCache(String name, long heaviest, Weigher<K, V> weigher) {
    this.name = name;
    this.heaviest = heaviest;
    this.weigher = weigher;
  }

  /** The answer that is remembered; null where none is. */
  public @Nullable V find(Registry registry, K question) {
    Kept<K, V> now = kept;
    if (now == null || now.registry() != registry) {
      return null;
    }
    return now.answers().getIfPresent(question);
  }

  /** Remembers an answer. */
  public void put(Registry registry, K question, V answer) {
    Cache<K, V> answers = of(registry);
    if (answers != null) {
      answers.put(question, answer);
    }
  }

  /**
   * The answer that is remembered, or else the one that is made now, once however many ask.
   *
   * @param maker makes it, without asking this cache
   */
  public V get(Registry registry, K question, Function<? super K, ? extends V> maker) {
    Cache<K, V> answers = of(registry);
    return answers == null ? maker.apply(question) : answers.get(question, maker);
  }

  /** What is remembered of a registry; null where a newer one is in use. */
  private @Nullable Cache<K, V> of(Registry registry) {
    Kept<K, V> now = kept;
    if (now == null || now.registry() != registry) {
      if (now != null
          && registry.catalog().publication() < now.registry().catalog().publication()) {
        return null;
      }
      now = new Kept<>(registry, begin());
      kept = now;
    }
    return now.answers();
  }

  private Cache<K, V> begin() {
    return Caffeine.newBuilder()
        .maximumWeight(heaviest)
        .weigher(weigher)
        .executor(Runnable::run)
        .recordStats(() -> counts)
        .build();
  }

  /** How it does. */
  CacheFigures figures() {
    CacheStats stats = counts.snapshot();
    Kept<K, V> now = kept;
    long entries = 0;
    long weight = 0;
    if (now != null) {
      now.answers().cleanUp();
      entries = now.answers().estimatedSize();
      weight =
          now.answers().policy().eviction().stream()
              .mapToLong(eviction -> eviction.weightedSize().orElse(0))
              .sum();
    }
    return new CacheFigures(
        name,
        entries,
        weight,
        heaviest,
        stats.hitCount(),
        stats.missCount(),
        stats.evictionCount());
  }
}
