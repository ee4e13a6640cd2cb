package fr.pivot.registry.memory;

import fr.pivot.admission.Background;
import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.CurrentRegistry;
import fr.pivot.registry.NotLoadedException;
import fr.pivot.registry.Registry;
import io.micronaut.context.annotation.Property;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
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
public class Registries implements CurrentRegistry {

  private static final Logger LOG = LoggerFactory.getLogger(Registries.class);
  private static final Duration NET = Duration.ofSeconds(5);

  /** How often a copy is asked whether something was published. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private final CodebookStore store;
  private final CodebookFiles files;
  private final CorrespondenceFiles tables;
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile @Nullable Registry current;
  private Map<String, Codebook> loaded = Map.of();
  private Map<String, Long> publications = Map.of();
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  private volatile @Nullable Thread listener;
  private volatile long reached = System.nanoTime();
  private volatile Duration behind = Duration.ZERO;
  private volatile @Nullable Marked marked;

  private record Marked(Path data, FiledRegistry.Writer writer) {}

  Registries(
      CodebookStore store,
      CodebookFiles files,
      @Nullable @Property(name = "pivot.codebooks") String folder) {
    this.store = store;
    this.files = files;
    this.tables = new CorrespondenceFiles(folder);
  }

  @Override
  public Registry current() {
    Registry registry = current;
    if (registry == null) {
      throw new NotLoadedException();
    }
    return registry;
  }

  @Override
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
      Registry before = current;
      keep(store.read(this::swap));
      if (current != before) {
        followers.forEach(Runnable::run);
      }
      mark();
    } finally {
      refreshing.unlock();
    }
  }

  @Override
  public Duration sinceReached() {
    return Duration.ofNanos(System.nanoTime() - reached);
  }

  @Override
  public Duration behind() {
    return behind;
  }

  @Override
  public void onSwap(Runnable follower) {
    followers.add(follower);
  }

  /**
   * Reads what answers about the codes of one referential need and no more, for who ends after a
   * few of them: its codebook, and those that its links and events lead to or come from.
   */
  public void refreshFor(String referential) {
    refreshing.lock();
    try {
      keep(
          store.read(
              snapshot -> {
                Catalog catalog = snapshot.moment().catalog();
                Map<String, Codebook> codebooks = new HashMap<>();
                List<Codebook> read =
                    new ArrayList<>(load(snapshot, catalog, Set.of(referential), codebooks));
                Set<String> others = new TreeSet<>(snapshot.listOrigins(referential));
                codebooks.values().forEach(c -> others.addAll(c.listTargets()));
                others.remove(referential);
                read.addAll(load(snapshot, catalog, others, codebooks));
                current = new Registry(catalog, codebooks, List.of());
                loaded = Map.of();
                publications = Map.of();
                return read;
              }));
      mark();
    } finally {
      refreshing.unlock();
    }
  }

  /**
   * Has the folder of the data of a home say what is published, from the next reading on, so that
   * commands answer from the files of the home.
   *
   * @param writer who says so
   */
  public void keepMarked(Path data, FiledRegistry.Writer writer) {
    marked = new Marked(data, writer);
  }

  /** Marks what is published, where no mark says so. */
  private void mark() {
    Marked where = marked;
    if (where != null && !FiledRegistry.isMarked(where.data(), where.writer())) {
      store.mark(where.data(), where.writer(), current().listCorrespondences());
    }
  }

  private void keep(List<Codebook> read) {
    Registry now = current();
    read.forEach(
        codebook -> files.keep(codebook, now.catalog().listReleases(codebook.referential().id())));
  }

  /** Swaps the registry where there is something new; answers what had to be read for it. */
  private List<Codebook> swap(CodebookStore.Snapshot snapshot) {
    CodebookStore.Moment moment = snapshot.moment();
    reached = System.nanoTime();
    Registry before = current;
    if (before != null
        && !publications.isEmpty()
        && before.catalog().publication() == moment.catalog().publication()
        && before.catalog().listReferentials().size()
            == moment.catalog().listReferentials().size()) {
      return List.of();
    }
    Map<String, Codebook> codebooks = new HashMap<>();
    Set<String> changed = new HashSet<>();
    for (Referential referential : moment.catalog().listReferentials()) {
      String id = referential.id();
      Codebook kept = loaded.get(id);
      if (kept != null
          && kept.referential().equals(referential)
          && moment.publications().containsKey(id)
          && moment.publications().get(id).equals(publications.get(id))) {
        codebooks.put(id, kept);
      } else {
        changed.add(id);
      }
    }
    List<Codebook> read = load(snapshot, moment.catalog(), changed, codebooks);
    List<Correspondence> correspondences =
        snapshot.correspondences(before == null ? List.of() : before.listCorrespondences());
    current = new Registry(moment.catalog(), codebooks, correspondences);
    tables.keep(current().listCorrespondences());
    loaded = Map.copyOf(codebooks);
    publications = moment.publications();
    return read;
  }

  /**
   * Adds the codebooks of the referentials that have an edition, from their files where those are
   * good; answers those that had to be read from the database.
   */
  private List<Codebook> load(
      CodebookStore.Snapshot snapshot,
      Catalog catalog,
      Set<String> ids,
      Map<String, Codebook> codebooks) {
    // The largest first, so that the last to be read is a small one.
    List<Referential> missing =
        new ArrayList<>(
            catalog.listReferentials().stream()
                .filter(r -> ids.contains(r.id()) && catalog.findLatest(r.id()).isPresent())
                .sorted(Comparator.comparing(r -> -linksOf(catalog, r)))
                .toList());
    Map<String, Codebook> filed =
        missing.parallelStream()
            .flatMap(r -> files.find(r, catalog.listReleases(r.id())).stream())
            .collect(Collectors.toMap(c -> c.referential().id(), c -> c));
    missing.removeIf(r -> filed.containsKey(r.id()));
    Map<String, Codebook> read = snapshot.codebooks(missing);
    codebooks.putAll(filed);
    codebooks.putAll(read);
    return List.copyOf(read.values());
  }

  private static int linksOf(Catalog catalog, Referential referential) {
    return catalog.findLatest(referential.id()).map(Release::links).orElse(0);
  }

  /** Begins to follow publications in the background. */
  public void follow() {
    listener =
        Background.start("publications", () -> keepOn(() -> store.listen(NET, this::refresh)));
  }

  /**
   * Begins to follow the publications of a copy, which nobody can listen to: it is asked each
   * second.
   */
  public void poll() {
    listener = Background.start("publications", () -> keepOn(this::look));
  }

  private void look() {
    CodebookStore.Look before = null;
    while (!Thread.currentThread().isInterrupted()) {
      CodebookStore.Look now = store.look();
      reached = System.nanoTime();
      behind = now.behind();
      if (before == null || !before.published().equals(now.published())) {
        refresh();
        before = now;
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /** Does something again whenever the database was away. */
  private void keepOn(Runnable following) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        following.run();
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
