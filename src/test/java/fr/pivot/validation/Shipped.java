package fr.pivot.validation;

import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.validation.detection.Detector;
import fr.pivot.validation.value.CodeCheck;
import fr.pivot.validation.value.Verdict;
import fr.pivot.validation.value.Yardstick;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;

/** What ships with Pivot, seen from a day of 2026; read once for all tests. */
public final class Shipped {

  public static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private static final Detector DETECTOR = new Detector(read(), TODAY);

  private Shipped() {}

  private static Registry read() {
    try {
      return ReadRegistry.shipped();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Detector detector() {
    return DETECTOR;
  }

  public static Yardstick yardstick(String referential) {
    return DETECTOR.yardstick(
        DETECTOR.registry().catalog().findReferential(referential).orElseThrow());
  }

  public static Verdict check(String referential, String value) {
    return check(referential).check(value);
  }

  public static CodeCheck check(String referential) {
    return DETECTOR.check(yardstick(referential));
  }
}
