package fr.pivot.cli.session;

import fr.pivot.home.HomeFiles;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.FiledRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A home folder whose files say what is published in it, for this very program and the referentials
 * that come with it now.
 */
final class KnownHome {

  private final FiledRegistry registry;
  private final Path codebooks;

  private KnownHome(FiledRegistry registry, Path codebooks) {
    this.registry = registry;
    this.codebooks = codebooks;
  }

  /** The home of a command; null where its files say nothing, or another database is named. */
  static @Nullable KnownHome find(@Nullable Path home) throws IOException {
    if (Installation.namedDatabase() != null) {
      return null;
    }
    Optional<HomeFiles> files = HomeFiles.find(home == null ? Installation.defaultHome() : home);
    if (files.isEmpty()) {
      return null;
    }
    HomeFiles found = files.get();
    return FiledRegistry.find(found.data(), found.codebooks(), Installation.writer())
        .map(registry -> new KnownHome(registry, found.codebooks()))
        .orElse(null);
  }

  Path codebooks() {
    return codebooks;
  }

  /**
   * The registry; null where a file of it is missing or damaged.
   *
   * @param referential the one that is asked about; null for the whole
   */
  @Nullable Registry find(@Nullable String referential) {
    return (referential == null ? registry.findWhole() : registry.findFor(referential))
        .orElse(null);
  }
}
