package fr.pivot.validation.value;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.Heirs;
import fr.pivot.crosswalk.Translation;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.finding.Rule;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.referential.Unlisted;
import fr.pivot.registry.Answer;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Knowledge;
import fr.pivot.registry.Misread;
import fr.pivot.registry.Point;
import fr.pivot.text.CheckDigits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges values against one referential. Nothing is remembered between values but what speeds up
 * the next one, so that the same value on the same day always has the same verdict. Safe for many
 * threads.
 */
public final class CodeCheck {

  private static final int MOST_SUGGESTIONS = 5;

  /** How many different values of a column are weighed for what it mixes. */
  private static final int MOST_WEIGHED = 4000;

  /** A value that is a code elsewhere by a greater chance may as well be none. */
  private static final double MOST_CHANCE = 0.25;

  /** Of the codes of a referential that is mixed into a column, the share that it knows. */
  private static final double KNOWN = 0.8;

  /** The share that it may leave out, where its list leaves out codes of that form. */
  private static final double LEFT_OUT = 0.5;

  /** The evidence, in nats, from which on a column surely mixes two referentials, or does not. */
  private static final double EVIDENT = 3;

  /** What is to be done about digits that are lost. */
  private static final Text AT_THE_SOURCE =
      new Text(
          "Reprendre la colonne comme texte, à sa source.",
          "Take the column as text, from its source.");

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

  /** How many characters at the beginning of a number with a check digit tell what it numbers. */
  private static final int KIND = 2;

  /** For how many days at a time the ways to heirs are kept: rows may have days of their own. */
  private static final int MOST_DAYS = 32;

  private final Yardstick yardstick;
  private final Referential referential;
  private final LocalDate oldest;
  private final List<SiblingReferential> neighbours;
  private final Map<LocalDate, Heirs> heirs = new ConcurrentHashMap<>();
  private final Supplier<Labels> labels;

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
    this.mixed = mixed;
    this.guessed = guessed;
    this.hasUnlisted =
        neighbours.stream().anyMatch(n -> n.yardstick().referential().unlisted() != null);
    this.yardstick = yardstick;
    this.labels = labels;
    this.referential = yardstick.referential();
    this.oldest = oldest;
    this.neighbours = neighbours;
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
    Map<String, Double> evidence = new HashMap<>();
    // Files are sorted: the first values are those of one place.
    int step = Math.ceilDiv(Math.max(1, values.size()), MOST_WEIGHED);
    int place = 0;
    for (String value : values) {
      if (place++ % step == 0) {
        weigh(value, evidence);
      }
    }
    return new CodeCheck(yardstick, neighbours, labels, oldest, Map.copyOf(evidence), guessed);
  }

  /**
   * The same for a column whose values alone told which of several like referentials it holds: what
   * is none of its codes, or no longer or not yet, is asked and not told to be wrong.
   */
  public CodeCheck asking() {
    return new CodeCheck(yardstick, neighbours, labels, oldest, mixed, true);
  }

  private void weigh(String value, Map<String, Double> evidence) {
    Verdict verdict = check(value);
    String code = verdict.code();
    String text = code == null ? Reading.listPlain(value).getLast().text() : code;
    if (!isWeighed(verdict, text)) {
      return;
    }
    for (SiblingReferential neighbour : neighbours) {
      Referential there = neighbour.yardstick().referential();
      double chance = Math.clamp(chance(neighbour, text), 0.001, 0.999);
      Unlisted unlisted = there.unlisted();
      boolean isOpen = unlisted != null && mayBe(unlisted, neighbour.yardstick(), text);
      double missed = isOpen ? LEFT_OUT : 1 - KNOWN;
      if (neighbour.find(text, yardstick.date()) != null) {
        evidence.merge(there.id(), Math.max(0, Math.log(KNOWN / chance)), Double::sum);
      } else if (CodeForm.hasForm(there, text)) {
        evidence.merge(there.id(), Math.min(0, Math.log(missed / (1 - chance))), Double::sum);
      }
    }
  }

  /** Whether a value may be of another referential: no code of this one, or one of long ago. */
  private boolean isWeighed(Verdict verdict, String text) {
    Rule rule = verdict.rule();
    if (rule == Rule.CODE_NO_LONGER_IN_FORCE) {
      LocalDate last = lastDay(text, yardstick.date());
      return last != null && last.isBefore(oldest);
    }
    return rule == Rule.UNKNOWN_CODE
        || rule == Rule.MALFORMED_CODE
        || rule == Rule.CODE_OF_ANOTHER_REFERENTIAL
        || rule == Rule.CODE_OF_A_PART;
  }

  /** The chance that a text which is no code here is one there. */
  private double chance(SiblingReferential neighbour, String text) {
    boolean sameProof =
        neighbour.yardstick().isByRule()
            && neighbour.yardstick().referential().check() == referential.check()
            && !neighbour.lists(text);
    return sameProof ? 1 : neighbour.crowd().chance(text);
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
            ? List.of(suggestion(verdict.repair()))
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
      switch (standing(reading.text(), day)) {
        case IN_FORCE -> {
          return isDoubtful(reading.text(), day) ? doubt(reading, day) : right(reading);
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
    return retired == null ? refuse(value, text, day, witness) : retire(retired, day, witness);
  }

  private enum Standing {
    /** A code in force on the day, or proved by its check digit. */
    IN_FORCE,
    /** A code of another day or edition. */
    KNOWN,
    /** Not a code. */
    NEVER
  }

  private Standing standing(String text, LocalDate day) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    if (book == null || release == null || referential.partial()) {
      boolean right = CodeForm.hasForm(referential, text) && CodeForm.isChecked(referential, text);
      return right ? Standing.IN_FORCE : Standing.NEVER;
    }
    if (book.isInForce(text, release, day)) {
      return Standing.IN_FORCE;
    }
    if (book.contains(text)) {
      return Standing.KNOWN;
    }
    String unchecked = withoutCheckDigit(text);
    return unchecked != null
            && book.isInForce(unchecked, release, day)
            && book.findCanonical(text).isPresent()
        ? Standing.IN_FORCE
        : Standing.NEVER;
  }

  /** A CPV code without the check digit that may be written after it; null where none is. */
  private @Nullable String withoutCheckDigit(String text) {
    return referential.check() == CheckRule.CPV && text.length() == 10 && text.charAt(8) == '-'
        ? text.substring(0, 8)
        : null;
  }

  private Verdict right(Reading reading) {
    String unchecked = withoutCheckDigit(reading.text());
    String code = unchecked == null ? reading.text() : unchecked;
    return reading.damage() == null ? Verdict.valid(code) : repaired(reading.damage(), code);
  }

  private static Verdict repaired(Rule damage, String code) {
    return new Verdict(Outcome.REPAIRABLE, damage, code, code, List.of(), null);
  }

  /** A code in force, or one that retired, that the damaged text was; null where it was none. */
  private @Nullable Verdict rebuild(String value, String text, LocalDate day, Witness witness) {
    List<Reading> readings = Reading.listRebuilt(text, yardstick.codes());
    List<Reading> inForce = new ArrayList<>(1);
    Reading retired = null;
    for (Reading reading : readings) {
      if (reading.damage() == Rule.SUPERFLUOUS_ZERO && CodeForm.hasForm(referential, text)
          || isRounded(text)) {
        continue;
      }
      switch (standing(reading.text(), day)) {
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
      return repaired(damage == null ? Rule.CODE_PUNCTUATION : damage, only.text());
    }
    if (inForce.size() > 1) {
      return Verdict.wrong(Outcome.UNKNOWN, Rule.AMBIGUOUS_CODE)
          .suggesting(inForce.stream().map(r -> suggestion(r.text())).toList());
    }
    return retired == null ? null : retire(retired, day, witness);
  }

  private Suggestion suggestion(String code) {
    return new Suggestion(referential.id(), code, yardstick.label(code));
  }

  // --- Codes of other days and editions ---

  private Verdict retire(Reading reading, LocalDate day, Witness witness) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    if (book == null || release == null) {
      throw new IllegalStateException("only a codes knows what retired");
    }
    String code = reading.text();
    if (referential.isBeforeHorizon(day) || isDoubtful(code, day)) {
      return doubt(reading, day);
    }
    Outcome outcome = reading.damage() == null ? Outcome.OBSOLETE : Outcome.REPAIRABLE;
    if (book.find(code, release, day) instanceof Answer.NotInForce(List<ConceptState> states)) {
      ConceptState first = states.getFirst();
      LocalDate from = first.validity().from();
      if (from != null && from.isAfter(day)) {
        return future(reading, release, first, from);
      }
      return ceased(code, release, nearest(states, day), outcome, day, witness);
    }
    return ofAnotherEdition(code, release, outcome, day);
  }

  /** Whether a list of an earlier day and one of a later day differ about a code. */
  private boolean isDoubtful(String code, LocalDate day) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    return book != null
        && release != null
        && !referential.partial()
        && book.knowledge(release).isDoubtful(code, day);
  }

  /** A code of which nobody knows whether it was in force on a day: that is no error. */
  private Verdict doubt(Reading reading, LocalDate day) {
    return reading.damage() == null
        ? new Verdict(
            Outcome.VALID,
            Rule.NOT_KNOWN_AT_DATE,
            reading.text(),
            reading.text(),
            List.of(),
            silence(day))
        : repaired(reading.damage(), reading.text());
  }

  private Text silence(LocalDate day) {
    LocalDate horizon = referential.horizon();
    return referential.isBeforeHorizon(day)
        ? new Text(
            "rien n'est su du " + day + " : l'historique commence le " + horizon,
            "nothing is known of " + day + ": the history begins on " + horizon)
        : new Text(
            "entre deux listes qui diffèrent sur ce code, rien n'est su du " + day,
            "between two lists that differ about this code, nothing is known of " + day);
  }

  /** The last state that began before a day. */
  private static ConceptState nearest(List<ConceptState> states, LocalDate day) {
    ConceptState nearest = states.getFirst();
    for (ConceptState state : states) {
      LocalDate from = state.validity().from();
      if (from == null || !from.isAfter(day)) {
        nearest = state;
      }
    }
    return nearest;
  }

  private Verdict future(Reading reading, Release release, ConceptState state, LocalDate from) {
    Text latest = latest(release, k -> k.findBeginsAfter(state));
    Outcome outcome = reading.damage() == null ? Outcome.FUTURE : Outcome.REPAIRABLE;
    return new Verdict(
        outcome,
        Rule.CODE_NOT_YET_IN_FORCE,
        reading.text(),
        null,
        List.of(),
        new Text(
            reading.text() + ' ' + state.label() + ", à partir du " + from + latest.fr(),
            reading.text() + ' ' + state.label() + ", from " + from + latest.en()));
  }

  /** That a day of a state is the latest possible one, where that is so. */
  private Text latest(Release release, Function<Knowledge, @Nullable LocalDate> after) {
    Codes book = yardstick.codes();
    return Knowledge.latest(book == null ? null : after.apply(book.knowledge(release)));
  }

  private Verdict ceased(
      String code,
      Release release,
      ConceptState state,
      Outcome outcome,
      LocalDate day,
      Witness witness) {
    LocalDate to = state.validity().to();
    LocalDate last = to == null ? day : to.minusDays(1);
    Translation translation = heirs(day).find(code, release, last);
    List<Suggestion> targets = suggestions(translation, day);
    String until = code + ' ' + state.label();
    Text became = became(translation, targets);
    Text latest = latest(release, k -> k.findEndsAfter(state));
    Text detail =
        new Text(
            until + ", jusqu'au " + last + latest.fr() + became.fr(),
            until + ", until " + last + latest.en() + became.en());
    // What the row calls by its name is what it says, however long ago it retired.
    boolean isNamed =
        witness.names(state.label()) || targets.stream().anyMatch(t -> witness.names(t.label()));
    if (to != null && !to.isAfter(oldest) && !isNamed) {
      Verdict other = elsewhere(code, day, witness, true);
      if (other != null) {
        return new Verdict(
            outcome,
            other.rule(),
            other.code(),
            other.repair(),
            other.suggestions(),
            both(other.detail(), detail));
      }
      return new Verdict(outcome, Rule.CODE_NO_LONGER_IN_FORCE, code, null, targets, detail);
    }
    String heir = targets.size() == 1 ? targets.getFirst().code() : null;
    return new Verdict(outcome, Rule.CODE_NO_LONGER_IN_FORCE, code, heir, targets, detail);
  }

  private static Text both(@Nullable Text one, Text other) {
    return one == null
        ? other
        : new Text(one.fr() + " (" + other.fr() + ")", one.en() + " (" + other.en() + ")");
  }

  private Verdict ofAnotherEdition(String code, Release release, Outcome ceased, LocalDate day) {
    Codes book = yardstick.codes();
    List<Release> stating =
        yardstick.registry().catalog().listReleases(referential.id()).stream()
            .filter(other -> book != null && !book.listStates(code, other).isEmpty())
            .toList();
    if (book == null || stating.isEmpty()) {
      throw new IllegalStateException("no edition states " + code);
    }
    List<Release> older =
        stating.stream().filter(other -> other.position() < release.position()).toList();
    boolean isOlder = !older.isEmpty();
    boolean isYounger = older.size() < stating.size();
    Release other = isOlder ? older.getLast() : stating.getFirst();
    LocalDate on = other.head().referenceDate();
    ConceptState state = nearest(book.listStates(code, other), on);
    LocalDate at = state.validity().contains(on) ? on : lastDay(state, on);
    Translation translation = heirs(day).find(code, other, at);
    List<Suggestion> targets = suggestions(translation, day);
    Rule rule =
        referential.kind() == Kind.NOMENCLATURE || isYounger
            ? Rule.CODE_OF_ANOTHER_EDITION
            : Rule.CODE_NO_LONGER_IN_FORCE;
    Text became = became(translation, targets);
    String name = code + ' ' + state.label();
    String editions = String.join(", ", stating.stream().map(Release::edition).toList());
    boolean isOne = stating.size() == 1;
    // Where older and younger editions hold the code, nothing says which of them is meant.
    boolean isCertain = targets.size() == 1 && isOlder != isYounger;
    return new Verdict(
        ceased == Outcome.OBSOLETE && !isOlder ? Outcome.FUTURE : ceased,
        rule,
        code,
        isCertain ? targets.getFirst().code() : null,
        targets,
        new Text(
            name + (isOne ? ", dans l'édition " : ", dans les éditions ") + editions + became.fr(),
            name + (isOne ? ", in the edition " : ", in the editions ") + editions + became.en()));
  }

  private static LocalDate lastDay(ConceptState state, LocalDate otherwise) {
    LocalDate to = state.validity().to();
    LocalDate from = state.validity().from();
    return to != null ? to.minusDays(1) : from != null ? from : otherwise;
  }

  /**
   * What a code is on a day: itself while it is in force, or where no edition lists it; later what
   * it became, as far as that is known.
   */
  public List<String> listPresent(String code, LocalDate day) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    if (book == null
        || release == null
        || !book.contains(code)
        || book.isInForce(code, release, day)) {
      return List.of(code);
    }
    LocalDate last = lastDay(code, day);
    return last == null
        ? List.of()
        : heirs(day).find(code, release, last).targets().stream().map(Arrival::code).toList();
  }

  /** The last day on which a code that retired before a day was in force; null where it did not. */
  public @Nullable LocalDate lastDay(String code, LocalDate day) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    if (book == null
        || release == null
        || !(book.find(code, release, day)
            instanceof Answer.NotInForce(List<ConceptState> states))) {
      return null;
    }
    LocalDate to = nearest(states, day).validity().to();
    return to == null || to.isAfter(day) ? null : to.minusDays(1);
  }

  private Heirs heirs(LocalDate day) {
    Point point = yardstick.point();
    if (point == null) {
      throw new IllegalStateException("only a point knows heirs");
    }
    if (heirs.size() >= MOST_DAYS) {
      heirs.clear();
    }
    return heirs.computeIfAbsent(day, d -> new Heirs(point.withDate(d)));
  }

  private List<Suggestion> suggestions(Translation translation, LocalDate day) {
    Yardstick then = yardstick.on(day);
    return translation.targets().stream()
        .limit(MOST_SUGGESTIONS)
        .map(Arrival::code)
        .map(code -> new Suggestion(referential.id(), code, then.label(code)))
        .toList();
  }

  private static Text became(Translation translation, List<Suggestion> targets) {
    String list = String.join(", ", targets.stream().map(Suggestion::toString).toList());
    return switch (translation.status()) {
      case SINGLE, MERGED -> new Text(" ; devenu " + list, "; became " + list);
      case SPLIT -> new Text(" ; partagé entre " + list, "; shared out among " + list);
      case AMBIGUOUS -> new Text(" ; aujourd'hui peut-être " + list, "; today one of " + list);
      case NONE, UNKNOWN -> new Text("", "");
    };
  }

  // --- What is no code of the referential ---

  private Verdict refuse(String value, String text, LocalDate day, Witness witness) {
    boolean formed = CodeForm.hasForm(referential, value);
    // A text that only gets the form by being cleaned or filled is not excused by it, except that
    // a code that would be looked up is then unknown, as any other.
    boolean unknown = formed || referential.check() == CheckRule.NONE && hasRebuiltForm(text);
    Outcome outcome = unknown ? Outcome.UNKNOWN : Outcome.MALFORMED;
    if (Reading.isPlaceholder(value)) {
      return Verdict.wrong(outcome, Rule.PLACEHOLDER_VALUE);
    }
    if (isRounded(text)) {
      return Verdict.wrong(Outcome.MALFORMED, Rule.DIGITS_LOST).with(AT_THE_SOURCE);
    }
    if (formed && !CodeForm.isChecked(referential, value) || hasWrongCheckDigit(text)) {
      return Verdict.wrong(Outcome.BAD_CHECK_DIGIT, Rule.BAD_CHECK_DIGIT);
    }
    if (Reading.isScientific(value)) {
      return Verdict.wrong(Outcome.MALFORMED, Rule.DIGITS_LOST).with(AT_THE_SOURCE);
    }
    if (formed && referential.isBeforeHorizon(day)) {
      return Verdict.wrong(Outcome.UNKNOWN, Rule.NOT_KNOWN_AT_DATE).with(silence(day));
    }
    Unlisted unlisted = referential.unlisted();
    boolean mayBeUnlisted = unlisted != null && mayBe(unlisted, yardstick, value);
    if (unlisted != null && mayBeUnlisted && witness.says(unlisted.words())) {
      return new Verdict(
          Outcome.VALID, Rule.UNLISTED_CODE, value, value, List.of(), sentence(unlisted));
    }
    Verdict other = elsewhere(text, day, witness, false);
    if (other != null) {
      Outcome of = outcome;
      if (other.rule() == Rule.CODE_OF_A_PART) {
        of = text.equals(value) ? other.outcome() : Outcome.REPAIRABLE;
      }
      return new Verdict(
          of, other.rule(), other.code(), other.repair(), other.suggestions(), other.detail());
    }
    Verdict list = ofList(value, day);
    if (list != null) {
      return list;
    }
    Verdict label = byLabel(value, outcome);
    if (label != null) {
      return label;
    }
    boolean mayBeRight =
        unlisted != null && mayBeUnlisted && isNamedNear(unlisted, value, day, witness)
            || mayHaveRetired(text);
    Rule rule =
        mayBeRight ? Rule.UNCONFIRMED_CODE : unknown ? Rule.UNKNOWN_CODE : Rule.MALFORMED_CODE;
    Verdict unheard = Verdict.wrong(outcome, rule);
    Text question = question(text, day, mayBeUnlisted ? unlisted : null);
    return question == null ? unheard : unheard.with(question);
  }

  /** A list of codes in one cell, {@code ["01","03"]}; null where it is none, or one is no code. */
  private @Nullable Verdict ofList(String value, LocalDate day) {
    String text = value.strip();
    if (!text.startsWith("[") || !text.endsWith("]")) {
      return null;
    }
    List<String> codes =
        Arrays.stream(text.substring(1, text.length() - 1).split(",", -1))
            .map(piece -> judge(piece, day, Witness.NONE))
            .map(verdict -> verdict.outcome() == Outcome.VALID ? verdict.code() : verdict.repair())
            .map(code -> code == null ? "" : code)
            .toList();
    if (codes.size() < 2 || codes.contains("")) {
      return null;
    }
    String told = String.join(", ", codes);
    return Verdict.wrong(Outcome.MALFORMED, Rule.CODE_PUNCTUATION)
        .with(
            new Text(
                "une liste de " + codes.size() + " codes : " + told,
                "a list of " + codes.size() + " codes: " + told));
  }

  /** Whether a number with a check digit lost its last digits in a spreadsheet. */
  private boolean isRounded(String text) {
    return (referential.check() == CheckRule.LUHN || referential.check() == CheckRule.SIRET)
        && Misread.isRounded(text)
        && hasRebuiltForm(text);
  }

  /** Whether a text has the form and the beginning of codes that a list leaves out. */
  private static boolean mayBe(Unlisted unlisted, Yardstick yardstick, String text) {
    return CodeForm.hasForm(yardstick.referential(), text)
        && beginsAsCodes(yardstick, text, unlisted.beginning());
  }

  /** Whether a code begins with as many characters of a text. */
  private static boolean beginsAsCodes(Yardstick yardstick, String text, int characters) {
    Codes book = yardstick.codes();
    if (book == null || text.length() < characters) {
      return false;
    }
    String beginning = text.substring(0, characters);
    return !book.listBeginning(beginning, 1).isEmpty();
  }

  /**
   * Whether the row names something to which a listed code with the beginning of a text belongs: a
   * commune of the département of a CEDEX code.
   */
  private boolean isNamedNear(Unlisted unlisted, String text, LocalDate day, Witness witness) {
    String beginning = text.substring(0, unlisted.beginning());
    return witness.any(
        field ->
            neighbours.stream().anyMatch(n -> n.ties(field, referential.id(), beginning, day)));
  }

  /**
   * Whether a text that no list has is proved by its check digit, begins as codes do, and may have
   * retired before the history begins.
   */
  private boolean mayHaveRetired(String text) {
    return referential.horizon() != null
        && CodeForm.isProved(referential, text)
        && beginsAsCodes(yardstick, text, KIND);
  }

  private static Text sentence(Unlisted unlisted) {
    Text title = unlisted.title();
    return new Text("D'après la ligne : " + title.fr() + '.', "By the row: " + title.en() + '.');
  }

  /**
   * What a value that is no code may be, where nothing tells: a question, not an answer. Null where
   * there is none.
   */
  private @Nullable Text question(String text, LocalDate day, @Nullable Unlisted unlisted) {
    List<Text> answers = new ArrayList<>(2);
    if (unlisted != null) {
      answers.add(unlisted.title());
    }
    LocalDate horizon = referential.horizon();
    if (horizon != null && mayHaveRetired(text)) {
      answers.add(
          new Text(
              "code d'avant le " + horizon + ", que ce référentiel ne connaît pas",
              "code from before " + horizon + ", which this referential does not know"));
    }
    for (SiblingReferential neighbour : neighbours) {
      String code = neighbour.find(text, day);
      Text told = code == null ? neighbour.tellFormer(text, day) : neighbour.tell(code);
      if (told != null) {
        answers.add(told);
      }
    }
    return answers.isEmpty()
        ? null
        : new Text(
            "Peut-être : " + String.join(" ; ou : ", answers.stream().map(Text::fr).toList()) + '.',
            "Perhaps: " + String.join("; or: ", answers.stream().map(Text::en).toList()) + '.');
  }

  /** Whether what stands beside a value may change what is said of it. */
  public boolean isDoubtful(Verdict verdict) {
    Rule rule = verdict.rule();
    return rule == Rule.CODE_OF_ANOTHER_REFERENTIAL
        || rule == Rule.CODE_NO_LONGER_IN_FORCE && verdict.repair() == null
        || (rule == Rule.UNKNOWN_CODE || rule == Rule.MALFORMED_CODE)
            && (verdict.detail() != null || hasUnlisted);
  }

  private boolean hasRebuiltForm(String text) {
    if (CodeForm.hasForm(referential, text)) {
      return true;
    }
    return Reading.listRebuilt(text, null).stream()
        .anyMatch(r -> CodeForm.hasForm(referential, r.text()));
  }

  private boolean hasWrongCheckDigit(String text) {
    String unchecked = withoutCheckDigit(text);
    Codes book = yardstick.codes();
    return unchecked != null && book != null && book.contains(unchecked);
  }

  /**
   * What a text is in the referentials beside this one; null where that is not sure.
   *
   * @param known whether it was a code of this one
   */
  private @Nullable Verdict elsewhere(String text, LocalDate day, Witness witness, boolean known) {
    for (SiblingReferential neighbour : neighbours) {
      String code = neighbour.find(text, day);
      if (code != null && isSure(neighbour, code, text, witness, known)) {
        return neighbour.bond() == SiblingReferential.Bond.OTHER
            ? foreign(neighbour.tell(code))
            : part(neighbour, code, day);
      }
      Unlisted unlisted = neighbour.yardstick().referential().unlisted();
      if (code == null
          && unlisted != null
          && mayBe(unlisted, neighbour.yardstick(), text)
          && witness.says(unlisted.words())) {
        return foreign(neighbour.tell(unlisted, text));
      }
    }
    if (referential.check() == CheckRule.LUHN && CheckDigits.isSiret(text)) {
      String siren = text.substring(0, 9);
      return Verdict.wrong(Outcome.MALFORMED, Rule.CODE_OF_ANOTHER_REFERENTIAL)
          .suggesting(List.of(suggestion(siren)))
          .with(new Text("un SIRET, dont le SIREN est " + siren, "a SIRET, of SIREN " + siren));
    }
    return null;
  }

  /**
   * Whether a text that is a code of a neighbour is meant as one: what retires here and goes on
   * there is the same; else a name beside it says so, or the other values of the column, or that
   * few texts of its shape are codes there. Rarity says nothing of a code that this referential
   * knew, nor where its list leaves out codes of that form.
   *
   * @param known whether the text was a code of this referential
   */
  private boolean isSure(
      SiblingReferential neighbour, String code, String text, Witness witness, boolean known) {
    Yardstick there = neighbour.yardstick();
    Unlisted unlisted = referential.unlisted();
    boolean isOpen = unlisted != null && mayBe(unlisted, yardstick, text);
    double column = mixed.getOrDefault(there.referential().id(), 0.0);
    return neighbour.bond() == SiblingReferential.Bond.FORMER
        || column >= EVIDENT
        || !known && !isOpen && column > -EVIDENT && chance(neighbour, text) <= MOST_CHANCE
        || witness.names(there.label(code));
  }

  private static Verdict foreign(Text told) {
    return Verdict.wrong(Outcome.UNKNOWN, Rule.CODE_OF_ANOTHER_REFERENTIAL).with(told);
  }

  private Verdict part(SiblingReferential neighbour, String code, LocalDate day) {
    Yardstick there = neighbour.yardstick();
    Codes book = there.codes();
    Release release = there.release();
    String whole =
        book == null || release == null
            ? null
            : book.listLinks(code, release, day).stream()
                .filter(link -> link.referential().equals(referential.id()))
                .map(link -> link.target())
                .findFirst()
                .orElse(null);
    Suggestion part = new Suggestion(there.referential().id(), code, there.label(code));
    Text title = there.referential().title();
    List<Suggestion> above = whole == null ? List.of() : List.of(suggestion(whole));
    String of = above.isEmpty() ? "" : " → " + above.getFirst();
    boolean former = neighbour.bond() == SiblingReferential.Bond.FORMER;
    return new Verdict(
        former ? Outcome.OBSOLETE : Outcome.VALID,
        Rule.CODE_OF_A_PART,
        whole,
        whole,
        above,
        new Text(title.fr() + " : " + part + of, title.en() + ": " + part + of));
  }

  private @Nullable Verdict byLabel(String value, Outcome outcome) {
    if (yardstick.isByRule() || value.codePoints().noneMatch(Character::isLetter)) {
      return null;
    }
    List<String> codes = labels.get().find(value);
    if (codes.isEmpty()) {
      return null;
    }
    List<Suggestion> suggestions =
        codes.stream().limit(MOST_SUGGESTIONS).map(this::suggestion).toList();
    String only = codes.size() == 1 ? codes.getFirst() : null;
    return new Verdict(outcome, Rule.LABEL_FOR_CODE, only, only, suggestions, null);
  }
}
