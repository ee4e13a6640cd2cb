package fr.pivot.pages;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.referential.Referential;
import org.jspecify.annotations.Nullable;

/**
 * A referential in a list of them.
 *
 * @param referential the referential
 * @param latest its latest edition; null where none is loaded
 * @param editions how many editions are loaded
 */
public record ReferentialLine(Referential referential, @Nullable Release latest, int editions) {

  public static ReferentialLine of(Catalog catalog, Referential referential) {
    return new ReferentialLine(
        referential,
        catalog.findLatest(referential.id()).orElse(null),
        catalog.listReleases(referential.id()).size());
  }
}
