package fr.pivot.validation;

import fr.pivot.catalog.Release;
import fr.pivot.codebook.Answer;
import fr.pivot.codebook.Codebook;
import fr.pivot.crosswalk.Arrival;
import fr.pivot.crosswalk.Heirs;
import fr.pivot.crosswalk.Translation;
import fr.pivot.finding.Rule;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.text.CheckDigits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges values against one referential. Nothing is remembered between values but what speeds up
 * the next one, so that the same value on the same day always has the same verdict. Safe for many
 * threads.
 */
final class CodeCheck {

  /** French codes have had their present form since 1968; older heirs are not proposed blindly. */
  static final LocalDate PRESENT_FORM = LocalDate.of(1968, 1, 1);

  private static final int MOST_SUGGESTIONS = 5;

  /** For how many days at a time the ways to heirs are kept: rows may have days of their own. */
  private static final int MOST_DAYS = 32;

  private final Yardstick yardstick;
  private final Referential referential;
  private final LocalDate oldest;
  private final List<Neighbour> neighbours;
  private final Map<LocalDate, Heirs> heirs = new ConcurrentHashMap<>();
  private final Supplier<Labels> labels;

  /**
   * Prepares to judge.
   *
   * @param yardstick what values are held against
   * @param neighbours the referentials whose codes turn up in its columns
   * @param labels what its codes are called on the day of the yardstick
   * @param oldest the day before which a code of the file had surely not retired, as its other
   *     codes tell: what retired before is rather a code of something else
   */
  CodeCheck(
      Yardstick yardstick, List<Neighbour> neighbours, Supplier<Labels> labels, LocalDate oldest) {
    this.yardstick = yardstick;
    this.labels = labels;
    this.referential = yardstick.referential();
    this.oldest = oldest;
    this.neighbours = neighbours;
  }

  Yardstick yardstick() {
    return yardstick;
  }

  /** Judges a value on the day of the yardstick. */
  Verdict check(String value) {
    return check(value, yardstick.date());
  }

  /** Judges a value on another day. */
  Verdict check(String value, LocalDate day) {
    if (Reading.isBlank(value)) {
      return Verdict.EMPTY;
    }
    if (value.length() > Proof.LONGEST) {
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
    Verdict rebuilt = retired == null ? rebuild(value, text, day) : null;
    if (rebuilt != null) {
      return rebuilt;
    }
    return retired == null ? refuse(value, text, day) : retire(retired, day);
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
    Codebook book = yardstick.codebook();
    Release release = yardstick.release();
    if (book == null || release == null || referential.partial()) {
      boolean right = Proof.hasForm(referential, text) && Proof.isChecked(referential, text);
      return right ? Standing.IN_FORCE : Standing.NEVER;
    }
    if (book.isInForce(text, release, day)) {
      return Standing.IN_FORCE;
    }
    if (book.rank(text) >= 0) {
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
  private @Nullable Verdict rebuild(String value, String text, LocalDate day) {
    List<Reading> readings = Reading.listRebuilt(text, yardstick.codebook());
    List<Reading> inForce = new ArrayList<>(1);
    Reading retired = null;
    for (Reading reading : readings) {
      if (reading.damage() == Rule.SUPERFLUOUS_ZERO && Proof.hasForm(referential, text)) {
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
    return retired == null ? null : retire(retired, day);
  }

  private Suggestion suggestion(String code) {
    return new Suggestion(referential.id(), code, yardstick.label(code));
  }

  // --- Codes of other days and editions ---

  private Verdict retire(Reading reading, LocalDate day) {
    Codebook book = yardstick.codebook();
    Release release = yardstick.release();
    if (book == null || release == null) {
      throw new IllegalStateException("only a codebook knows what retired");
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
        return future(reading, first, from);
      }
      return ceased(code, release, nearest(states, day), outcome, day);
    }
    return ofAnotherEdition(code, release, outcome, day);
  }

  /** Whether a list of an earlier day and one of a later day differ about a code. */
  private boolean isDoubtful(String code, LocalDate day) {
    Codebook book = yardstick.codebook();
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

  private Verdict future(Reading reading, ConceptState state, LocalDate from) {
    Outcome outcome = reading.damage() == null ? Outcome.FUTURE : Outcome.REPAIRABLE;
    return new Verdict(
        outcome,
        Rule.CODE_NOT_YET_IN_FORCE,
        reading.text(),
        null,
        List.of(),
        new Text(
            reading.text() + ' ' + state.label() + ", à partir du " + from,
            reading.text() + ' ' + state.label() + ", from " + from));
  }

  private Verdict ceased(
      String code, Release release, ConceptState state, Outcome outcome, LocalDate day) {
    LocalDate to = state.validity().to();
    LocalDate last = to == null ? day : to.minusDays(1);
    Translation translation = heirs(day).find(code, release, last);
    List<Suggestion> targets = suggestions(translation, day);
    String until = code + ' ' + state.label();
    Text became = became(translation, targets);
    Text detail =
        new Text(
            until + ", jusqu'au " + last + became.fr(), until + ", until " + last + became.en());
    if (to != null && !to.isAfter(oldest)) {
      Verdict other = elsewhere(code, day);
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
    Codebook book = yardstick.codebook();
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

  private Heirs heirs(LocalDate day) {
    Codebook book = yardstick.codebook();
    Release release = yardstick.release();
    if (book == null || release == null) {
      throw new IllegalStateException("only a codebook knows heirs");
    }
    if (heirs.size() >= MOST_DAYS) {
      heirs.clear();
    }
    return heirs.computeIfAbsent(day, d -> new Heirs(yardstick.registry(), book, release, d));
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

  private Verdict refuse(String value, String text, LocalDate day) {
    boolean formed = Proof.hasForm(referential, value);
    // A text that only gets the form by being cleaned or filled is not excused by it, except that
    // a code that would be looked up is then unknown, as any other.
    boolean unknown = formed || referential.check() == CheckRule.NONE && hasRebuiltForm(text);
    Outcome outcome = unknown ? Outcome.UNKNOWN : Outcome.MALFORMED;
    if (Reading.isPlaceholder(value)) {
      return Verdict.wrong(outcome, Rule.PLACEHOLDER_VALUE);
    }
    if (formed && !Proof.isChecked(referential, value) || hasWrongCheckDigit(text)) {
      return Verdict.wrong(Outcome.BAD_CHECK_DIGIT, Rule.BAD_CHECK_DIGIT);
    }
    if (Reading.isScientific(value)) {
      return Verdict.wrong(Outcome.MALFORMED, Rule.DIGITS_LOST);
    }
    if (formed && referential.isBeforeHorizon(day)) {
      return Verdict.wrong(Outcome.UNKNOWN, Rule.NOT_KNOWN_AT_DATE).with(silence(day));
    }
    Verdict other = elsewhere(text, day);
    if (other != null) {
      Outcome of = outcome;
      if (other.rule() == Rule.CODE_OF_A_PART) {
        of = text.equals(value) ? other.outcome() : Outcome.REPAIRABLE;
      }
      return new Verdict(
          of, other.rule(), other.code(), other.repair(), other.suggestions(), other.detail());
    }
    Verdict label = byLabel(value, outcome);
    return label != null
        ? label
        : Verdict.wrong(outcome, unknown ? Rule.UNKNOWN_CODE : Rule.MALFORMED_CODE);
  }

  private boolean hasRebuiltForm(String text) {
    if (Proof.hasForm(referential, text)) {
      return true;
    }
    return Reading.listRebuilt(text, null).stream()
        .anyMatch(r -> Proof.hasForm(referential, r.text()));
  }

  private boolean hasWrongCheckDigit(String text) {
    String unchecked = withoutCheckDigit(text);
    Codebook book = yardstick.codebook();
    return unchecked != null && book != null && book.rank(unchecked) >= 0;
  }

  /** What a text is in the referentials beside this one; null where it is nothing there either. */
  private @Nullable Verdict elsewhere(String text, LocalDate day) {
    for (Neighbour neighbour : neighbours) {
      String code = neighbour.find(text, day);
      if (code != null) {
        return neighbour.tie() == Neighbour.Tie.OTHER
            ? foreign(neighbour, code)
            : part(neighbour, code, day);
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

  private static Verdict foreign(Neighbour neighbour, String code) {
    Yardstick there = neighbour.yardstick();
    Suggestion same = new Suggestion(there.referential().id(), code, there.label(code));
    Text title = there.referential().title();
    return Verdict.wrong(Outcome.UNKNOWN, Rule.CODE_OF_ANOTHER_REFERENTIAL)
        .with(new Text(title.fr() + " : " + same, title.en() + ": " + same));
  }

  private Verdict part(Neighbour neighbour, String code, LocalDate day) {
    Yardstick there = neighbour.yardstick();
    Codebook book = there.codebook();
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
    boolean former = neighbour.tie() == Neighbour.Tie.FORMER;
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
