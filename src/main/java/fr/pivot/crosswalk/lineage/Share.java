package fr.pivot.crosswalk.lineage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What part of a source goes to a target.
 *
 * @param numerator how much goes to it, in what the basis counts
 * @param denominator how much there is in all; positive
 * @param basis what is counted: {@code population}; {@code whole} where all of it goes to one
 *     target
 * @param edition the edition that states the figures, or null where none are needed
 */
public record Share(double numerator, double denominator, String basis, @Nullable String edition) {

  /** All of the source. */
  public static final Share WHOLE = new Share(1, 1, "whole", null);

  /** The share as a number from 0 to 1. */
  public double value() {
    return numerator / denominator;
  }

  /** The share as a decimal number with at most twelve places, never in powers of ten. */
  public String text() {
    return BigDecimal.valueOf(numerator)
        .divide(BigDecimal.valueOf(denominator), 12, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  static @Nullable Share product(@Nullable Share a, @Nullable Share b) {
    if (a == null || b == null) {
      return null;
    }
    if (a == WHOLE) {
      return b;
    }
    return b == WHOLE
        ? a
        : new Share(
            a.numerator * b.numerator, a.denominator * b.denominator, basis(a, b), edition(a, b));
  }

  static @Nullable Share sum(@Nullable Share a, @Nullable Share b) {
    return a == null || b == null
        ? null
        : new Share(
            a.numerator * b.denominator + b.numerator * a.denominator,
            a.denominator * b.denominator,
            basis(a, b),
            edition(a, b));
  }

  private static String basis(Share a, Share b) {
    return a.basis.equals(b.basis) || b == WHOLE
        ? a.basis
        : a == WHOLE ? b.basis : a.basis + '+' + b.basis;
  }

  private static @Nullable String edition(Share a, Share b) {
    return a.edition != null ? a.edition : b.edition;
  }
}
