package fr.pivot.search;

import fr.pivot.admission.Background;
import fr.pivot.finding.ProblemType;
import fr.pivot.lookup.NamesOfCodes;
import fr.pivot.registry.CurrentRegistry;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.RegistryCaches;
import fr.pivot.search.index.NameIndexFiles;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds the search that answers now. A server follows publications: the search of a new registry is
 * made beside the one that answers, which goes on until the new one is ready; before the first is
 * ready, searches are told to come back, as lookups are before the first registry is loaded.
 * Elsewhere indexes are made when they are first asked for.
 */
@Singleton
public class NameSearches implements NamesOfCodes {

  private final CurrentRegistry registries;
  private final Points points;
  private final NameIndexFiles files;
  private final SearchMemory memory;
  private final ReentrantLock making = new ReentrantLock();
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile @Nullable NameSearch current;
  private volatile boolean following;

  NameSearches(
      CurrentRegistry registries, Points points, NameIndexFiles files, SearchMemory memory) {
    this.registries = registries;
    this.points = points;
    this.files = files;
    this.memory = memory;
  }

  /**
   * Searches outside a server.
   *
   * @param codebooks the folder where indexes of names are kept; null for none
   */
  public static NameSearches of(
      CurrentRegistry registries, Points points, @Nullable String codebooks) {
    return new NameSearches(
        registries, points, new NameIndexFiles(codebooks), new SearchMemory(new RegistryCaches()));
  }

  /**
   * The search that answers now: for a moment after a publication, that of the registry before.
   *
   * @throws fr.pivot.finding.ProblemException where there is none yet: it will be there soon
   */
  public NameSearch current() {
    Registry registry = points.registry();
    NameSearch search = current;
    if (search != null && search.registry() == registry) {
      return search;
    }
    if (following) {
      begin();
      if (search == null) {
        throw ProblemType.UNAVAILABLE.problem().exception();
      }
      return search;
    }
    return make(registry, false);
  }

  @Override
  public Snapshot snapshot() {
    return current();
  }

  /** Has the search of each registry made as soon as that is there, from the next one on. */
  public void follow() {
    following = true;
    registries.onSwap(this::begin);
  }

  /** Makes the search of the registry that answers now, or waits until it is made. */
  public void prepare() {
    make(points.registry(), true);
  }

  private void begin() {
    if (begun.compareAndSet(false, true)) {
      Background.start(
          "names",
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
        search = new NameSearch(registry, files, memory, search);
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
