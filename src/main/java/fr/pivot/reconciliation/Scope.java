package fr.pivot.reconciliation;

import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Release;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Point;
import java.time.LocalDate;

/**
 * A referential where candidates are looked for.
 *
 * @param reference how it was asked for: {@code communes}, {@code communes@2020}
 * @param point what that stands for
 */
public record Scope(Reference reference, Point point) {

  Referential referential() {
    return point.referential();
  }

  /** The reference to another referential that stands beside this one: its edition and its day. */
  Reference beside(String other) {
    if (!point.resolved().dated()) {
      return Reference.latest(other);
    }
    if (!point.resolved().pinned()) {
      return new Reference(other, null, point.date());
    }
    Release release = point.registry().catalog().findBeside(point.release(), other).orElseThrow();
    LocalDate day = release.head().referenceDate();
    return new Reference(other, release.edition(), day.equals(point.date()) ? null : point.date());
  }
}
