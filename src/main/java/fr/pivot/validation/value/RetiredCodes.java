package fr.pivot.validation.value;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.Heirs;
import fr.pivot.crosswalk.Translation;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.finding.Rule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.registry.Answer;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Knowledge;
import fr.pivot.registry.Point;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges codes of other days and editions: what they became, and what they may be instead. */
final class RetiredCodes {

  /** How many codes that one became are told. */
  private static final int MOST_SUGGESTIONS = 5;

  /** For how many days at a time the ways to heirs are kept: rows may have days of their own. */
  private static final int MOST_DAYS = 32;

  private final Yardstick yardstick;
  private final Referential referential;
  private final ForeignCodes foreign;
  private final LocalDate oldest;
  private final Map<LocalDate, Heirs> heirs = new ConcurrentHashMap<>();

  /**
   * Prepares to judge.
   *
   * @param oldest the day before which a code of the file had surely not retired
   */
  RetiredCodes(Yardstick yardstick, ForeignCodes foreign, LocalDate oldest) {
    this.yardstick = yardstick;
    this.referential = yardstick.referential();
    this.foreign = foreign;
    this.oldest = oldest;
  }

  /** The day before which a code of the file had surely not retired. */
  LocalDate oldest() {
    return oldest;
  }

  /** Judges a code that is in force on another day or in another edition. */
  Verdict judge(Reading reading, LocalDate day, Witness witness) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    if (book == null || release == null) {
      throw new IllegalStateException("only a codes knows what retired");
    }
    String code = reading.text();
    if (referential.isBeforeHorizon(day) || CodeStanding.isDoubtful(yardstick, code, day)) {
      return doubt(reading, day);
    }
    Outcome outcome = reading.damage() == null ? Outcome.OBSOLETE : Outcome.REPAIRABLE;
    if (book.find(code, release, day) instanceof Answer.NotInForce(List<ConceptState> states)) {
      ConceptState first = states.getFirst();
      LocalDate from = first.validity().from();
      if (from != null && from.isAfter(day)) {
        return future(reading, release, first, from);
      }
      return ceased(code, release, ConceptState.nearest(states, day), outcome, day, witness);
    }
    return ofAnotherEdition(code, release, outcome, day);
  }

  /** A code of which nobody knows whether it was in force on a day: that is no error. */
  Verdict doubt(Reading reading, LocalDate day) {
    return reading.damage() == null
        ? new Verdict(
            Outcome.VALID,
            Rule.NOT_KNOWN_AT_DATE,
            reading.text(),
            reading.text(),
            List.of(),
            silence(day))
        : Verdict.repaired(reading.damage(), reading.text());
  }

  /** That nothing is known of a day. */
  Text silence(LocalDate day) {
    LocalDate horizon = referential.horizon();
    return referential.isBeforeHorizon(day)
        ? new Text(
            "rien n'est su du " + day + " : l'historique commence le " + horizon,
            "nothing is known of " + day + ": the history begins on " + horizon)
        : new Text(
            "entre deux listes qui diffèrent sur ce code, rien n'est su du " + day,
            "between two lists that differ about this code, nothing is known of " + day);
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
      Verdict other = foreign.find(code, day, witness, true);
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
    ConceptState state = ConceptState.nearest(book.listStates(code, other), on);
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
  List<String> listPresent(String code, LocalDate day) {
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
  @Nullable LocalDate lastDay(String code, LocalDate day) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    if (book == null
        || release == null
        || !(book.find(code, release, day)
            instanceof Answer.NotInForce(List<ConceptState> states))) {
      return null;
    }
    LocalDate to = ConceptState.nearest(states, day).validity().to();
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
}
