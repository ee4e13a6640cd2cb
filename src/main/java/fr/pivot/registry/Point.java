package fr.pivot.registry;

import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Release;
import fr.pivot.catalog.Resolution.Resolved;
import fr.pivot.referential.Referential;
import fr.pivot.text.PercentEncoding;
import java.time.LocalDate;

/**
 * Where a question is asked: a referential, in an edition, on a day, in the registry of one moment.
 *
 * @param registry everything, as it was when the question came
 * @param codes those of the referential
 * @param resolved what the reference stands for
 */
public record Point(Registry registry, Codes codes, Resolved resolved) {

  /** The referential. */
  public Referential referential() {
    return resolved.referential();
  }

  /** The edition. */
  public Release release() {
    return resolved.release();
  }

  /** The day of validity. */
  public LocalDate date() {
    return resolved.date();
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
  public Point withDate(LocalDate day) {
    return new Point(
        registry,
        codes,
        new Resolved(resolved.referential(), resolved.release(), day, resolved.pinned(), true));
  }
}
