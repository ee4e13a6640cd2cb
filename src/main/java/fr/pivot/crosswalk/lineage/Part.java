package fr.pivot.crosswalk.lineage;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Link;
import fr.pivot.referential.Succession;
import fr.pivot.registry.Codes;
import java.time.LocalDate;
import java.util.List;

/**
 * A referential that units of another one go on in after a merger: communes déléguées.
 *
 * @param referential its id
 * @param book its codes
 * @param release its edition beside the one that is believed
 */
record Part(String referential, Codes book, Release release) {

  /** Whether a unit is a part of another on a day. */
  boolean isInForce(String unit, LocalDate day) {
    return book.isInForce(unit, release, day);
  }

  /** What became of a part, by date. */
  List<Succession> listSuccessionsFrom(String unit) {
    return book.listSuccessionsFrom(unit, release);
  }

  /** What a part is linked to on any day. */
  List<Link> listLinks(String unit) {
    return book.listLinks(unit, release);
  }
}
