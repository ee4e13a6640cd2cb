package fr.pivot.referential;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * When something is true in the world: the days from {@code from}, included, to {@code to},
 * excluded.
 *
 * @param from the first day, or null where there is no beginning
 * @param to the first day after, or null where there is no end
 */
public record Validity(@Nullable LocalDate from, @Nullable LocalDate to) {

  /** True on every day. */
  public static final Validity ALWAYS = new Validity(null, null);

  /** Refuses a validity that holds on no day. */
  public Validity {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException(
          "a validity must end after it begins: " + from + ", " + to);
    }
  }

  /** True from a day on. */
  public static Validity since(LocalDate from) {
    return new Validity(from, null);
  }

  /** Whether it is true on that day. */
  public boolean contains(LocalDate day) {
    return (from == null || !day.isBefore(from)) && (to == null || day.isBefore(to));
  }

  /** As an interval of ISO 8601, its end excluded; without limit where two dots stand. */
  @Override
  public String toString() {
    return (from == null ? ".." : from) + "/" + (to == null ? ".." : to);
  }

  /** Whether both are true on some same day. */
  public boolean overlaps(Validity other) {
    return (from == null || other.to == null || from.isBefore(other.to))
        && (other.from == null || to == null || other.from.isBefore(to));
  }
}
