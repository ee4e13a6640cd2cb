package fr.pivot.formats.cog;

import fr.pivot.finding.Place;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A row of the file of events: one territory before, one after. A merger of three communes is three
 * rows or more.
 *
 * @param place where it stands
 * @param mod INSEE's type of event (MOD), verbatim; it is relabelled from one edition to the next
 * @param date the first day of the new state
 * @param before the territory before, or null where something appears from nothing
 * @param after the territory after, or null where nothing takes its place
 */
record Event(
    Place place, String mod, LocalDate date, @Nullable Named before, @Nullable Named after) {

  /** Refuses an event that ties nothing to nothing. */
  Event {
    if (before == null && after == null) {
      throw new IllegalArgumentException("an event needs a territory before or after");
    }
  }

  /** Whether the territory is the same before and after: it was part of something and goes on. */
  boolean isSelf() {
    return before != null && after != null && before.unit().equals(after.unit());
  }
}
