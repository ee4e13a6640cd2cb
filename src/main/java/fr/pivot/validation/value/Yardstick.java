package fr.pivot.validation.value;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a column are held against: a referential, in an edition, on a day. Where no
 * edition of it is loaded, or where it is partial, form and check digit alone decide.
 *
 * @param registry everything, as it was when the question came
 * @param referential the referential
 * @param codes its codes; null where no edition is loaded
 * @param release the edition; null where none is loaded
 * @param date the day
 */
public record Yardstick(
    Registry registry,
    Referential referential,
    @Nullable Codes codes,
    @Nullable Release release,
    LocalDate date) {

  /** Whether form and check digit alone decide. */
  public boolean isByRule() {
    return codes == null || release == null || referential.partial();
  }

  /** How the reference is written: {@code communes@2026,2026-01-01}. */
  public String notation() {
    return release == null
        ? referential.id()
        : referential.id() + '@' + release.edition() + ',' + date;
  }

  /** What a code is called on the day, or null. */
  public @Nullable String label(String code) {
    return codes == null || release == null ? null : codes.findLabel(code, release, date);
  }

  /** The same on another day. */
  public Yardstick on(LocalDate day) {
    return new Yardstick(registry, referential, codes, release, day);
  }
}
