package fr.pivot.registry;

import com.github.benmanes.caffeine.cache.Weigher;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** All that is remembered of registries, by name, so that it can be told how it does. */
@Singleton
public final class RegistryCaches {

  private final SortedMap<String, RegistryCache<?, ?>> caches = new ConcurrentSkipListMap<>();

  /**
   * Makes a cache.
   *
   * @param name what it remembers; no other cache is called so
   * @param heaviest the most that its answers may weigh together
   * @param weigher what an answer weighs with its question
   */
  public <K, V> RegistryCache<K, V> make(String name, long heaviest, Weigher<K, V> weigher) {
    RegistryCache<K, V> made = new RegistryCache<>(name, heaviest, weigher);
    if (caches.putIfAbsent(name, made) != null) {
      throw new IllegalStateException("there is a cache " + name + " already");
    }
    return made;
  }

  /** How each of them does, by name. */
  public List<CacheFigures> list() {
    return caches.values().stream().map(RegistryCache::figures).toList();
  }
}
