package fr.pivot.codebook;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Referential;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the registry that answers now, and swaps it whole when something is published, here or by
 * another node on the same database. Readers that hold an older one finish with it.
 */
@Singleton
public class Registries {

  private static final Logger LOG = LoggerFactory.getLogger(Registries.class);
  private static final Duration NET = Duration.ofSeconds(5);

  private final CodebookStore store;
  private final CodebookFiles files;
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile @Nullable Registry current;
  private Map<String, Long> publications = Map.of();
  private volatile @Nullable Thread listener;

  Registries(CodebookStore store, CodebookFiles files) {
    this.store = store;
    this.files = files;
  }

  /**
   * The registry that answers now.
   *
   * @throws NotLoadedException before the first refresh
   */
  public Registry current() {
    Registry registry = current;
    if (registry == null) {
      throw new NotLoadedException();
    }
    return registry;
  }

  /** The registry that answers now, or null before the first refresh. */
  public @Nullable Registry currentOrNull() {
    return isLoaded() ? current() : null;
  }

  /** Whether there is a registry to answer. */
  public boolean isLoaded() {
    return current != null;
  }

  /** Reads again what was published since, and swaps. Never leaves readers without a registry. */
  public void refresh() {
    refreshing.lock();
    try {
      List<Codebook> read = store.read(this::swap);
      Registry now = current();
      read.forEach(
          codebook ->
              files.keep(codebook, now.catalog().listReleases(codebook.referential().id())));
    } finally {
      refreshing.unlock();
    }
  }

  /** Swaps the registry where there is something new; answers what had to be read for it. */
  private List<Codebook> swap(CodebookStore.Snapshot snapshot) {
    CodebookStore.Moment moment = snapshot.moment();
    Registry before = current;
    if (before != null
        && before.catalog().publication() == moment.catalog().publication()
        && before.catalog().listReferentials().size()
            == moment.catalog().listReferentials().size()) {
      return List.of();
    }
    Map<String, Codebook> codebooks = new HashMap<>();
    List<Referential> changed = new ArrayList<>();
    for (Referential referential : moment.catalog().listReferentials()) {
      String id = referential.id();
      Codebook kept = before == null ? null : before.findCodebook(id).orElse(null);
      if (moment.catalog().findLatest(id).isEmpty()) {
        continue;
      }
      if (kept != null
          && kept.referential().equals(referential)
          && moment.publications().containsKey(id)
          && moment.publications().get(id).equals(publications.get(id))) {
        codebooks.put(id, kept);
      } else {
        changed.add(referential);
      }
    }
    // The largest first, so that the last to be read is a small one.
    changed.sort(
        Comparator.comparingInt(
            (Referential r) -> -moment.catalog().findLatest(r.id()).map(Release::links).orElse(0)));
    Map<String, Codebook> filed =
        changed.parallelStream()
            .flatMap(r -> files.find(r, moment.catalog().listReleases(r.id())).stream())
            .collect(Collectors.toMap(c -> c.referential().id(), c -> c));
    codebooks.putAll(filed);
    changed.removeIf(r -> filed.containsKey(r.id()));
    Map<String, Codebook> read = snapshot.codebooks(changed);
    codebooks.putAll(read);
    List<Correspondence> correspondences =
        snapshot.correspondences(before == null ? List.of() : before.listCorrespondences());
    current = new Registry(moment.catalog(), codebooks, correspondences);
    publications = moment.publications();
    return List.copyOf(read.values());
  }

  /** Begins to follow publications in the background. */
  public void follow() {
    // Not a virtual thread: requests that keep those busy would keep it from listening.
    listener = Thread.ofPlatform().daemon().name("publications").start(this::listen);
  }

  private void listen() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        store.listen(NET, this::refresh);
      } catch (RuntimeException e) {
        if (listener == null) {
          return;
        }
        LOG.warn("The database does not answer; answers from memory go on. {}", e.getMessage());
        try {
          Thread.sleep(Duration.ofSeconds(1));
        } catch (InterruptedException _) {
          return;
        }
      }
    }
  }

  @PreDestroy
  void close() {
    Thread thread = listener;
    listener = null;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
