package fr.pivot.validation;

import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;

/** What ships with Pivot, seen from a day of 2026; read once for all tests. */
final class Shipped {

  static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private static final Detector DETECTOR = new Detector(read(), TODAY);

  private Shipped() {}

  private static Registry read() {
    try {
      return ReadRegistry.shipped();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Detector detector() {
    return DETECTOR;
  }

  static Yardstick yardstick(String referential) {
    return DETECTOR.yardstick(
        DETECTOR.registry().catalog().findReferential(referential).orElseThrow());
  }

  static Verdict check(String referential, String value) {
    return check(referential).check(value);
  }

  static CodeCheck check(String referential) {
    return DETECTOR.check(yardstick(referential), CodeCheck.PRESENT_FORM);
  }
}
