package fr.pivot.registry.memory;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Referential;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Codebooks as files: a start takes them instead of asking the database for every row. */
@Singleton
public class CodebookFiles {

  /** To be changed whenever what {@link Codebook} writes changes. */
  static final String FORMAT = "pivot codebook 3";

  private final ColumnFiles files;

  CodebookFiles(@Nullable @Property(name = "pivot.codebooks") String folder) {
    files = new ColumnFiles(folder, "codebook", FORMAT);
  }

  /** The codebook of a referential with these editions; empty where no file says just that. */
  Optional<Codebook> find(Referential referential, Collection<Release> releases) {
    return files.find(referential, releases, columns -> Codebook.readFrom(referential, columns));
  }

  /** Keeps a codebook for later starts. Where that cannot be done they read the database. */
  void keep(Codebook codebook, Collection<Release> releases) {
    files.keep(codebook.referential(), releases, codebook::writeTo);
  }
}
