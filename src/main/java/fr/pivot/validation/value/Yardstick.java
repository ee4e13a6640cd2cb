package fr.pivot.validation.value;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Unlisted;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a column are held against: a point; or, of a referential of which no edition
 * is loaded, its form and check digit alone.
 *
 * @param registry everything, as it was when the question came
 * @param referential the referential
 * @param date the day
 * @param point its point on that day; null where no edition is loaded
 */
public record Yardstick(
    Registry registry, Referential referential, LocalDate date, @Nullable Point point) {

  /** What a point is. */
  public static Yardstick of(Point point) {
    return new Yardstick(point.registry(), point.referential(), point.date(), point);
  }

  /**
   * An edition of a referential on a day.
   *
   * @param release the edition; null where none is loaded
   */
  public static Yardstick of(
      Registry registry, Referential referential, @Nullable Release release, LocalDate date) {
    return new Yardstick(
        registry,
        referential,
        date,
        release == null
            ? null
            : registry
                .findCodes(referential.id())
                .map(codes -> new Point(registry, codes, release, date))
                .orElse(null));
  }

  /** The codes of the referential; null where no edition is loaded. */
  public @Nullable Codes codes() {
    return point == null ? null : point.codes();
  }

  /** The edition; null where none is loaded. */
  public @Nullable Release release() {
    return point == null ? null : point.release();
  }

  /** Whether form and check digit alone decide: no edition is loaded, or only a part of it. */
  public boolean isByRule() {
    return point == null || referential.partial();
  }

  /** How the reference is written: {@code communes@2026,2026-01-01}. */
  public String notation() {
    return point == null ? referential.id() : point.notation();
  }

  /** What a code is called on the day, or null. */
  public @Nullable String label(String code) {
    return point == null ? null : point.label(code);
  }

  /** The same on another day. */
  public Yardstick on(LocalDate day) {
    return new Yardstick(registry, referential, day, point == null ? null : point.withDate(day));
  }

  /** A code to write instead. */
  Suggestion suggest(String code) {
    return new Suggestion(referential.id(), code, label(code));
  }

  /** Whether a text has the form and the beginning of codes that the list leaves out. */
  boolean mayBeUnlisted(String text) {
    Unlisted unlisted = referential.unlisted();
    return unlisted != null
        && CodeForm.hasForm(referential, text)
        && beginsAsCodes(text, unlisted.beginning());
  }

  /** Whether a code begins with as many characters of a text. */
  boolean beginsAsCodes(String text, int characters) {
    Codes book = codes();
    if (book == null || text.length() < characters) {
      return false;
    }
    String beginning = text.substring(0, characters);
    return !book.listBeginning(beginning, 1).isEmpty();
  }
}
