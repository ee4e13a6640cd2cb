package fr.pivot.registry;

import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Release;
import fr.pivot.catalog.Resolution.Resolved;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Validity;
import fr.pivot.text.PercentEncoding;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a question is asked, and where a step of its answer begins or ends: a referential, in an
 * edition, on a day, in the registry of one moment.
 *
 * @param registry everything, as it was when the question came
 * @param codes those of the referential
 * @param resolved what the reference stands for
 * @param day the number of the day, which is asked for at every code: the days since 1970-01-01
 */
public record Point(Registry registry, Codes codes, Resolved resolved, int day) {

  /** The point that a reference stands for. */
  public Point(Registry registry, Codes codes, Resolved resolved) {
    this(registry, codes, resolved, (int) resolved.date().toEpochDay());
  }

  /** The point of an edition on a day. */
  public Point(Registry registry, Codes codes, Release release, LocalDate date) {
    this(registry, codes, new Resolved(codes.referential(), release, date, false, true));
  }

  /** The referential. */
  public Referential referential() {
    return resolved.referential();
  }

  /** Whether it is a point of a referential. */
  public boolean isOf(String id) {
    return referential().id().equals(id);
  }

  /** The edition. */
  public Release release() {
    return resolved.release();
  }

  /** The day of validity. */
  public LocalDate date() {
    return resolved.date();
  }

  /** Whether the referential is a nomenclature, a territory or an entity. */
  public Kind kind() {
    return referential().kind();
  }

  /** The point in the notation of references, complete: {@code communes@2026,2026-01-01}. */
  public String notation() {
    return resolved.notation();
  }

  /** The permanent address of a code. */
  public String address(String code) {
    return address(Reference.latest(referential().id()), code);
  }

  /** The permanent address of what a code means at a point. */
  public static String address(Reference reference, String code) {
    return "/id/" + reference + '/' + PercentEncoding.encode(code);
  }

  /** The same point on another day, which then is asked for by name. */
  public Point withDate(LocalDate other) {
    return new Point(
        registry,
        codes,
        new Resolved(resolved.referential(), resolved.release(), other, resolved.pinned(), true));
  }

  /** The same day as another edition tells it. */
  public Point in(Release other) {
    return other == release() ? this : new Point(registry, codes, other, date());
  }

  /** Whether the edition holds a code in force on the day. */
  public boolean holds(String code) {
    return codes.isInForce(code, resolved.release(), day);
  }

  /** The code in force on the day that a text means, as its publisher writes it. */
  public Optional<String> findCodeInForce(String written) {
    return codes.findCanonical(written).filter(this::holds);
  }

  /** The state of a code that is in force on the day; null where it is not. */
  public @Nullable ConceptState findState(String code) {
    return codes.findState(code, release(), date());
  }

  /** What a code is called on the day; null where the edition does not say. */
  public @Nullable String label(String code) {
    return codes.findLabel(code, resolved.release(), day);
  }

  /** The level of a code on the day; null where it is not in force. */
  public @Nullable String level(String code) {
    ConceptState state = findState(code);
    return state == null ? null : state.level();
  }

  /** Of which days the edition knows what it says. */
  public Knowledge knowledge() {
    return codes.knowledge(release());
  }

  /** Whether codes may be held in force on the day without being known to be. */
  public boolean mayDoubt() {
    return knowledge().mayDoubt(ReleaseRows.CONCEPTS, date());
  }

  /**
   * The days of which it is known that a code is in force, where the day of the point is none of
   * them; else null.
   */
  public @Nullable Validity known(String code) {
    ConceptState state = findState(code);
    Validity known = state == null ? null : knowledge().find(state);
    return known == null || known.contains(date()) ? null : known;
  }

  @Override
  public String toString() {
    return notation();
  }
}
