package fr.pivot.crosswalk.lineage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What part of a source goes to a target: an exact fraction in lowest terms, so that the parts of a
 * whole make the whole again however often they are divided and brought together.
 *
 * @param numerator how many parts go to it; not negative
 * @param denominator how many parts there are in all; positive
 * @param basis what is counted: {@code population}; {@code whole} where all of it goes to one
 *     target
 * @param edition the edition that states the figures, or null where none are needed
 */
public record Share(
    BigInteger numerator, BigInteger denominator, String basis, @Nullable String edition) {

  private static final int PLACES = 12;

  /** All of the source. */
  public static final Share WHOLE = of(1, 1, "whole", null);

  /** Holds a fraction in lowest terms; it is not less than 0. */
  public Share {
    if (numerator.signum() < 0 || denominator.signum() <= 0) {
      throw new IllegalArgumentException(numerator + "/" + denominator);
    }
    BigInteger divisor = numerator.gcd(denominator);
    if (!divisor.equals(BigInteger.ONE)) {
      numerator = numerator.divide(divisor);
      denominator = denominator.divide(divisor);
    }
  }

  /** So many of all. */
  public static Share of(long part, long whole, String basis, @Nullable String edition) {
    return new Share(BigInteger.valueOf(part), BigInteger.valueOf(whole), basis, edition);
  }

  /** A part that is stated as a decimal number. */
  public static Share of(BigDecimal part, String basis, @Nullable String edition) {
    BigDecimal exact = part.scale() < 0 ? part.setScale(0) : part;
    return new Share(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale()), basis, edition);
  }

  /** The share as a number from 0 to 1. */
  public double value() {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), MathContext.DECIMAL128)
        .doubleValue();
  }

  /** The share as a decimal number with at most twelve places, never in powers of ten. */
  public String text() {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), PLACES, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** What it is of another share, which it is a part of; the other one is not zero. */
  public Share outOf(Share whole) {
    return new Share(
        numerator.multiply(whole.denominator),
        denominator.multiply(whole.numerator),
        basis,
        edition);
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
            a.numerator.multiply(b.numerator),
            a.denominator.multiply(b.denominator),
            basis(a, b),
            edition(a, b));
  }

  /** Both together; null where one of them is not known. */
  public static @Nullable Share sum(@Nullable Share a, @Nullable Share b) {
    return a == null || b == null
        ? null
        : new Share(
            a.numerator.multiply(b.denominator).add(b.numerator.multiply(a.denominator)),
            a.denominator.multiply(b.denominator),
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
