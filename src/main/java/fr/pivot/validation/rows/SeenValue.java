package fr.pivot.validation.rows;

import fr.pivot.text.Discretion;
import fr.pivot.validation.value.Verdict;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value that was seen, and what came of it. */
final class SeenValue {

  /** Of a value that its check digit proves: it is not looked up, nor remembered. */
  static final SeenValue PROVED = new SeenValue("", Verdict.valid(""), false);

  /** On how many days a value is remembered: days times values may be as many as rows. */
  private static final int MOST_DAYS = 4;

  final String value;
  final Verdict verdict;

  /** What came of the value alone, where its row says more; else the verdict. */
  final Verdict alone;

  private final @Nullable Map<LocalDate, SeenValue> byDay;
  private @Nullable Boolean looksPersonal;

  /** What repairs add beside the value; null until the first of them. */
  byte @Nullable [] added;

  /**
   * A value by itself.
   *
   * @param dated whether it may be asked for {@linkplain #on on other days}
   */
  SeenValue(String value, Verdict verdict, boolean dated) {
    this(value, verdict, verdict, dated);
  }

  private SeenValue(String value, Verdict verdict, Verdict alone, boolean dated) {
    this.value = value;
    this.verdict = verdict;
    this.alone = alone;
    this.byDay = dated ? new HashMap<>(2) : null;
  }

  /** Whether it has the form of what is of a person. */
  boolean looksPersonal() {
    if (looksPersonal == null) {
      looksPersonal = Discretion.looksPersonal(value);
    }
    return looksPersonal;
  }

  /** The same value as its row tells it. */
  SeenValue inItsRow(Verdict told) {
    return told.equals(verdict) ? this : new SeenValue(value, told, verdict, false);
  }

  /** The same value on a day. */
  SeenValue on(LocalDate day, Function<LocalDate, Verdict> check) {
    if (byDay == null) {
      return this;
    }
    if (byDay.size() == MOST_DAYS) {
      byDay.clear();
    }
    return byDay.computeIfAbsent(day, d -> new SeenValue(value, check.apply(d), false));
  }
}
