package fr.pivot.crosswalk;

import fr.pivot.catalog.Release;
import fr.pivot.codebook.Codebook;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a step begins or ends: a referential, in an edition, on a day.
 *
 * @param codebook the referential's
 * @param release the edition
 * @param date the day
 */
record Place(Codebook codebook, Release release, LocalDate date) {

  String referential() {
    return codebook.referential().id();
  }

  /** Whether the edition holds a code in force on the day. */
  boolean holds(String code) {
    return codebook.isInForce(code, release, date);
  }

  /** Whether the edition holds all of these in force on the day. */
  boolean holdsAll(List<Arrival> arrivals) {
    for (Arrival arrival : arrivals) {
      if (!holds(arrival.code())) {
        return false;
      }
    }
    return true;
  }

  /** The same day as another edition tells it. */
  Place in(Release other) {
    return new Place(codebook, other, date);
  }

  /** What a code is called here; null where the edition does not say. */
  @Nullable String label(String code) {
    return codebook.findLabel(code, release, date);
  }

  @Override
  public String toString() {
    return referential() + '@' + release.edition() + ',' + date;
  }
}
