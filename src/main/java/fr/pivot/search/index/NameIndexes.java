package fr.pivot.search.index;

import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.Codebook;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of the names of one registry, each read from its file, or made, when it is first
 * asked for; those of codebooks that did not change are taken over from the registry before.
 */
public final class NameIndexes {

  private final Registry registry;
  private final NameIndexFiles files;
  private final Map<String, NameIndex> made = new ConcurrentHashMap<>();

  /** The indexes of a registry; those of the one before whose codes are the same are kept. */
  public NameIndexes(Registry registry, NameIndexFiles files, @Nullable NameIndexes before) {
    this.registry = registry;
    this.files = files;
    if (before != null) {
      before.made.forEach(
          (id, index) -> {
            if (registry.findCodes(id).filter(index.codes()::isOf).isPresent()) {
              made.put(id, index);
            }
          });
    }
  }

  /** The index of a referential; null where it has no edition, or too many codes for memory. */
  public @Nullable NameIndex get(String referential) {
    NameIndex index = made.get(referential);
    if (index != null) {
      return index;
    }
    return registry.findCodes(referential).orElse(null) instanceof Codebook book
        ? made.computeIfAbsent(
            referential, id -> files.findOrMake(book, registry.catalog().listReleases(id)))
        : null;
  }

  /** Makes all that are missing. */
  public void makeAll() {
    registry.listAll().parallelStream().forEach(codes -> get(codes.referential().id()));
  }
}
