package fr.pivot.search.index;

import fr.pivot.catalog.Release;
import fr.pivot.registry.memory.Codebook;
import fr.pivot.registry.memory.ColumnFiles;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Indexes of names as files, beside those of the codebooks: a start reads them instead of taking
 * every name apart again.
 */
@Singleton
public class NameIndexFiles {

  /**
   * To be changed whenever what {@link NameIndex} writes changes, or how names are taken apart
   * ({@link fr.pivot.registry.NameWords}).
   */
  static final String FORMAT = "pivot names 1";

  private final ColumnFiles files;

  /**
   * Files of a folder.
   *
   * @param folder where they are; null where nothing is kept
   */
  public NameIndexFiles(@Nullable @Property(name = "pivot.codebooks") String folder) {
    files = new ColumnFiles(folder, "names", FORMAT);
  }

  /** The index of all names of a codebook, from its file, or made and kept. */
  NameIndex findOrMake(Codebook book, Collection<Release> releases) {
    return files
        .find(book.referential(), releases, columns -> NameIndex.readFrom(book, columns))
        .orElseGet(
            () -> {
              NameIndex made = NameIndex.of(book);
              files.keep(book.referential(), releases, made::writeTo);
              return made;
            });
  }
}
