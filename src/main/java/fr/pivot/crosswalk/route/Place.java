package fr.pivot.crosswalk.route;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Validity;
import fr.pivot.registry.Answer;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Knowledge;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a step begins or ends: a referential, in an edition, on a day.
 *
 * @param codes those of the referential
 * @param release the edition
 * @param date the day
 * @param day its number, which is asked for at every code: the days since 1970-01-01
 */
public record Place(Codes codes, Release release, LocalDate date, int day) {

  /** A place on a day. */
  public Place(Codes codes, Release release, LocalDate date) {
    this(codes, release, date, (int) date.toEpochDay());
  }

  /** The id of the referential. */
  public String referential() {
    return codes.referential().id();
  }

  Kind kind() {
    return codes.referential().kind();
  }

  /** Whether the edition holds a code in force on the day. */
  public boolean holds(String code) {
    return codes.isInForce(code, release, day);
  }

  /** The code in force on the day that a text means, as its publisher writes it. */
  public Optional<String> findCodeInForce(String written) {
    return codes.findCanonical(written).filter(this::holds);
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
    return other == release ? this : new Place(codes, other, date, day);
  }

  /** Of which days the edition knows what it says. */
  Knowledge knowledge() {
    return codes.knowledge(release);
  }

  /** Whether codes may be held in force on the day without being known to be. */
  public boolean mayDoubt() {
    return knowledge().mayDoubt(ReleaseRows.CONCEPTS, date);
  }

  /**
   * The days of which it is known that a code is in force, where that of the place is none of them;
   * else null.
   */
  public @Nullable Validity known(String code) {
    Validity known =
        codes.find(code, release, date) instanceof Answer.InForce(ConceptState state)
            ? knowledge().find(state)
            : null;
    return known == null || known.contains(date) ? null : known;
  }

  /** What a code is called here; null where the edition does not say. */
  public @Nullable String label(String code) {
    return codes.findLabel(code, release, day);
  }

  /** The level of a code here; null where it is not in force. */
  @Nullable String level(String code) {
    ConceptState state = codes.findState(code, release, date);
    return state == null ? null : state.level();
  }

  @Override
  public String toString() {
    return referential() + '@' + release.edition() + ',' + date;
  }
}
