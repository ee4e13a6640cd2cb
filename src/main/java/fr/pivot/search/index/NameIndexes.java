package fr.pivot.search.index;

import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.Codebook;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of the names of one registry, each made when it is first asked for; those of
 * codebooks that did not change are taken over from the registry before.
 */
public final class NameIndexes {

  private final Registry registry;
  private final Map<String, NameIndex> made = new ConcurrentHashMap<>();

  public NameIndexes(Registry registry, @Nullable NameIndexes before) {
    this.registry = registry;
    if (before != null) {
      before.made.forEach(
          (id, index) -> {
            if (registry.findCodebook(id).orElse(null) == index.book()) {
              made.put(id, index);
            }
          });
    }
  }

  /** The index of a referential; null where it has no edition. */
  public @Nullable NameIndex get(String referential) {
    NameIndex index = made.get(referential);
    if (index != null) {
      return index;
    }
    Codebook book = registry.findCodebook(referential).orElse(null);
    return book == null ? null : made.computeIfAbsent(referential, _ -> NameIndex.of(book));
  }

  /** Makes all that are missing. */
  public void makeAll() {
    registry.listCodebooks().parallelStream().forEach(book -> get(book.referential().id()));
  }
}
