package fr.pivot.search;

import fr.pivot.lookup.NamesOfCodes;
import fr.pivot.registry.CurrentRegistry;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.search.index.NameIndexFiles;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds the search that answers now. A server follows publications: the search of a new registry is
 * made beside the one that answers, which goes on until the new one is ready. Elsewhere indexes are
 * made when they are first asked for.
 */
@Singleton
public class NameSearches implements NamesOfCodes {

  private final CurrentRegistry registries;
  private final Points points;
  private final NameIndexFiles files;
  private final ReentrantLock making = new ReentrantLock();
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile @Nullable NameSearch current;
  private volatile boolean following;

  NameSearches(CurrentRegistry registries, Points points, NameIndexFiles files) {
    this.registries = registries;
    this.points = points;
    this.files = files;
  }

  /**
   * The search that answers now: for a moment after a publication, that of the registry before.
   * Before the first registry is loaded, a problem says so.
   */
  public NameSearch current() {
    Registry registry = points.registry();
    NameSearch search = current;
    if (search != null && search.registry() == registry) {
      return search;
    }
    if (search != null && following) {
      begin();
      return search;
    }
    return make(registry, false);
  }

  @Override
  public Snapshot snapshot() {
    return current();
  }

  /** Begins to make the indexes of each registry as soon as it is there. */
  public void follow() {
    registries.onSwap(this::begin);
    begin();
    following = true;
  }

  private void begin() {
    if (begun.compareAndSet(false, true)) {
      Thread.ofPlatform()
          .daemon()
          .name("names")
          .start(
              () -> {
                begun.set(false);
                make(registries.current(), true);
              });
    }
  }

  private NameSearch make(Registry registry, boolean whole) {
    making.lock();
    try {
      NameSearch search = current;
      if (search == null || search.registry() != registry) {
        search = new NameSearch(registry, files, search);
        if (whole) {
          search.prepare();
        }
        current = search;
      } else if (whole) {
        search.prepare();
      }
      return search;
    } finally {
      making.unlock();
    }
  }
}
