package fr.pivot.reconciliation;

import fr.pivot.crosswalk.Crosswalks;
import fr.pivot.referential.Language;
import fr.pivot.registry.Points;
import fr.pivot.search.NameSearches;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * What all endpoints share.
 *
 * @param points finds referentials, and knows the day
 */
@Singleton
record Endpoints(
    Points points, NameSearches searches, Properties properties, Crosswalks crosswalks) {

  /**
   * The endpoint of a request.
   *
   * @param reference the referential at a point, as the address has it; null for all
   */
  Endpoint find(@Nullable String reference, String host, Language language) {
    // Before anything is loaded, this is what says so.
    points.registry();
    return Endpoint.of(
        searches.current(),
        points.today(),
        reference == null ? null : Points.reference(reference),
        host,
        language);
  }
}
