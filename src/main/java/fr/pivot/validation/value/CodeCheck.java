package fr.pivot.validation.value;

import fr.pivot.catalog.Release;
import fr.pivot.finding.Rule;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges values against one referential. Nothing is remembered between values but what speeds up
 * the next one, so that the same value on the same day always has the same verdict. Safe for many
 * threads.
 */
public final class CodeCheck {

  /** What is said of a value by what one referential lists, not by how the value is written. */
  private static final Set<Rule> OF_ONE_REFERENTIAL =
      EnumSet.of(
          Rule.UNKNOWN_CODE,
          Rule.MALFORMED_CODE,
          Rule.LABEL_FOR_CODE,
          Rule.AMBIGUOUS_CODE,
          Rule.LOST_LEADING_ZERO,
          Rule.SUPERFLUOUS_ZERO,
          Rule.CODE_NOT_YET_IN_FORCE,
          Rule.CODE_NO_LONGER_IN_FORCE,
          Rule.CODE_OF_ANOTHER_EDITION,
          Rule.CODE_OF_ANOTHER_REFERENTIAL);

  private final Yardstick yardstick;
  private final Referential referential;
  private final List<SiblingReferential> neighbours;
  private final Supplier<Labels> labels;
  private final RetiredCodes retiredCodes;
  private final UnknownValues unknownValues;

  /** The evidence that codes of other referentials are mixed into the column, in nats. */
  private final Map<String, Double> mixed;

  /** Whether a neighbour's list leaves out codes that may stand here. */
  private final boolean hasUnlisted;

  /** Whether a value that is no code may be one of a referential that is like this one. */
  private final boolean guessed;

  /**
   * Prepares to judge.
   *
   * @param yardstick what values are held against
   * @param neighbours the referentials whose codes turn up in its columns
   * @param labels what its codes are called on the day of the yardstick
   * @param oldest the day before which a code of the file had surely not retired, as its other
   *     codes tell: what retired before is rather a code of something else
   */
  public CodeCheck(
      Yardstick yardstick,
      List<SiblingReferential> neighbours,
      Supplier<Labels> labels,
      LocalDate oldest) {
    this(yardstick, neighbours, labels, oldest, Map.of(), false);
  }

  /**
   * Prepares to judge.
   *
   * @param mixed the evidence that codes of other referentials are mixed into the column
   * @param guessed whether a value that is no code may be one of a referential that is like this
   *     one
   */
  private CodeCheck(
      Yardstick yardstick,
      List<SiblingReferential> neighbours,
      Supplier<Labels> labels,
      LocalDate oldest,
      Map<String, Double> mixed,
      boolean guessed) {
    this.yardstick = yardstick;
    this.referential = yardstick.referential();
    this.neighbours = neighbours;
    this.labels = labels;
    this.mixed = mixed;
    this.guessed = guessed;
    this.hasUnlisted =
        neighbours.stream().anyMatch(n -> n.yardstick().referential().unlisted() != null);
    ForeignCodes foreign = new ForeignCodes(yardstick, neighbours, mixed);
    this.retiredCodes = new RetiredCodes(yardstick, foreign, oldest);
    this.unknownValues =
        new UnknownValues(
            yardstick,
            neighbours,
            foreign,
            retiredCodes,
            labels,
            (value, day) -> judge(value, day, Witness.NONE));
  }

  /** What values are held against. */
  public Yardstick yardstick() {
    return yardstick;
  }

  /**
   * The same for a column that has these among its values: what is no code of this referential
   * tells, taken together, whether codes of a neighbour are mixed into it or are so by chance.
   */
  public CodeCheck knowing(Collection<String> values) {
    Map<String, Double> evidence =
        new MixedCodes(yardstick, neighbours, retiredCodes).weigh(values, this::check);
    return new CodeCheck(yardstick, neighbours, labels, retiredCodes.oldest(), evidence, guessed);
  }

  /**
   * The same for a column whose values alone told which of several like referentials it holds: what
   * is none of its codes, or no longer or not yet, is asked and not told to be wrong.
   */
  public CodeCheck asking() {
    return new CodeCheck(yardstick, neighbours, labels, retiredCodes.oldest(), mixed, true);
  }

  /** Judges a value on the day of the yardstick. */
  public Verdict check(String value) {
    return check(value, yardstick.date());
  }

  /** Judges a value on another day. */
  public Verdict check(String value, LocalDate day) {
    return check(value, day, Witness.NONE);
  }

  /** Judges a value on another day by what stands beside it. */
  public Verdict check(String value, LocalDate day, Witness witness) {
    Verdict verdict = judge(value, day, witness);
    return guessed ? asked(verdict) : verdict;
  }

  /** A verdict that holds of one referential only, as a question; others as they are. */
  private Verdict asked(Verdict verdict) {
    Rule rule = verdict.rule();
    if (rule == null || !OF_ONE_REFERENTIAL.contains(rule)) {
      return verdict;
    }
    List<Suggestion> suggestions =
        verdict.suggestions().isEmpty() && verdict.repair() != null
            ? List.of(yardstick.suggest(verdict.repair()))
            : verdict.suggestions();
    String code = verdict.outcome() == Outcome.REPAIRABLE ? null : verdict.code();
    Text detail = verdict.detail() == null && suggestions.isEmpty() ? taken() : verdict.detail();
    return new Verdict(Outcome.UNKNOWN, Rule.UNCONFIRMED_CODE, code, null, suggestions, detail);
  }

  /** What the column was taken for. */
  private Text taken() {
    Text title = referential.title();
    Release release = yardstick.release();
    String edition = release == null ? "" : " (" + release.edition() + ')';
    return new Text(
        "D'après ses autres valeurs, la colonne est de : "
            + title.fr()
            + edition
            + ", ou d'une liste proche.",
        "By its other values, the column is of: "
            + title.en()
            + edition
            + ", or of a list like it.");
  }

  private Verdict judge(String value, LocalDate day, Witness witness) {
    if (Reading.isBlank(value)) {
      return Verdict.EMPTY;
    }
    if (value.length() > CodeForm.LONGEST) {
      return Verdict.wrong(Outcome.MALFORMED, Rule.MALFORMED_CODE);
    }
    List<Reading> plain = Reading.listPlain(value);
    Reading retired = null;
    for (Reading reading : plain) {
      switch (CodeStanding.of(yardstick, reading.text(), day)) {
        case IN_FORCE -> {
          return CodeStanding.isDoubtful(yardstick, reading.text(), day)
              ? retiredCodes.doubt(reading, day)
              : right(reading);
        }
        case KNOWN -> {
          retired = retired == null ? reading : retired;
        }
        case NEVER -> {}
      }
    }
    String text = plain.getLast().text();
    Verdict rebuilt = retired == null ? rebuild(value, text, day, witness) : null;
    if (rebuilt != null) {
      return rebuilt;
    }
    return retired == null
        ? unknownValues.judge(value, text, day, witness)
        : retiredCodes.judge(retired, day, witness);
  }

  private Verdict right(Reading reading) {
    String unchecked = CodeForm.withoutCheckDigit(referential, reading.text());
    String code = unchecked == null ? reading.text() : unchecked;
    return reading.damage() == null
        ? Verdict.valid(code)
        : Verdict.repaired(reading.damage(), code);
  }

  /** A code in force, or one that retired, that the damaged text was; null where it was none. */
  private @Nullable Verdict rebuild(String value, String text, LocalDate day, Witness witness) {
    List<Reading> readings = Reading.listRebuilt(text, yardstick.codes());
    List<Reading> inForce = new ArrayList<>(1);
    Reading retired = null;
    for (Reading reading : readings) {
      if (reading.damage() == Rule.SUPERFLUOUS_ZERO && CodeForm.hasForm(referential, text)
          || CodeForm.isRounded(referential, text)) {
        continue;
      }
      switch (CodeStanding.of(yardstick, reading.text(), day)) {
        case IN_FORCE -> inForce.add(reading);
        case KNOWN -> retired = retired == null ? reading : retired;
        case NEVER -> {}
      }
    }
    if (inForce.size() == 1) {
      Reading only = inForce.getFirst();
      if (only.damage() == Rule.CODE_PUNCTUATION && Reading.isBare(value, only.text())) {
        return new Verdict(
            Outcome.VALID, Rule.CODE_PUNCTUATION, only.text(), only.text(), List.of(), null);
      }
      boolean caseOnly = only.text().equalsIgnoreCase(text);
      Rule damage = caseOnly ? Rule.LETTER_CASE : only.damage();
      return Verdict.repaired(damage == null ? Rule.CODE_PUNCTUATION : damage, only.text());
    }
    if (inForce.size() > 1) {
      return Verdict.wrong(Outcome.UNKNOWN, Rule.AMBIGUOUS_CODE)
          .suggesting(inForce.stream().map(r -> yardstick.suggest(r.text())).toList());
    }
    return retired == null ? null : retiredCodes.judge(retired, day, witness);
  }

  /**
   * What a code is on a day: itself while it is in force, or where no edition lists it; later what
   * it became, as far as that is known.
   */
  public List<String> listPresent(String code, LocalDate day) {
    return retiredCodes.listPresent(code, day);
  }

  /** The last day on which a code that retired before a day was in force; null where it did not. */
  public @Nullable LocalDate lastDay(String code, LocalDate day) {
    return retiredCodes.lastDay(code, day);
  }

  /** Whether what stands beside a value may change what is said of it. */
  public boolean isDoubtful(Verdict verdict) {
    Rule rule = verdict.rule();
    return rule == Rule.CODE_OF_ANOTHER_REFERENTIAL
        || rule == Rule.CODE_NO_LONGER_IN_FORCE && verdict.repair() == null
        || (rule == Rule.UNKNOWN_CODE || rule == Rule.MALFORMED_CODE)
            && (verdict.detail() != null || hasUnlisted);
  }
}
