package fr.pivot.validation.value;

import fr.pivot.finding.Rule;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.referential.Unlisted;
import fr.pivot.registry.Codes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says of values that are no codes of a referential what is wrong, and what they may be. */
final class UnknownValues {

  /** How many codes of one label are told. */
  private static final int MOST_SUGGESTIONS = 5;

  /** How many characters at the beginning of a number with a check digit tell what it numbers. */
  private static final int KIND = 2;

  /** What is to be done about digits that are lost. */
  private static final Text AT_THE_SOURCE =
      new Text(
          "Reprendre la colonne comme texte, à sa source.",
          "Take the column as text, from its source.");

  private final Yardstick yardstick;
  private final Referential referential;
  private final List<SiblingReferential> neighbours;
  private final ForeignCodes foreign;
  private final RetiredCodes retired;
  private final Supplier<Labels> labels;
  private final BiFunction<String, LocalDate, Verdict> judge;

  /**
   * Prepares to judge.
   *
   * @param labels what the codes are called on the day of the yardstick
   * @param judge what a value is on a day, were it alone: lists are judged by what they list
   */
  UnknownValues(
      Yardstick yardstick,
      List<SiblingReferential> neighbours,
      ForeignCodes foreign,
      RetiredCodes retired,
      Supplier<Labels> labels,
      BiFunction<String, LocalDate, Verdict> judge) {
    this.yardstick = yardstick;
    this.referential = yardstick.referential();
    this.neighbours = neighbours;
    this.foreign = foreign;
    this.retired = retired;
    this.labels = labels;
    this.judge = judge;
  }

  /**
   * Judges a value.
   *
   * @param value as it stands in the file
   * @param text the same without spaces and signs around it
   */
  Verdict judge(String value, String text, LocalDate day, Witness witness) {
    boolean formed = CodeForm.hasForm(referential, value);
    // A text that only gets the form by being cleaned or filled is not excused by it, except that
    // a code that would be looked up is then unknown, as any other.
    boolean unknown =
        formed
            || referential.check() == CheckRule.NONE && CodeForm.hasRebuiltForm(referential, text);
    Outcome outcome = unknown ? Outcome.UNKNOWN : Outcome.MALFORMED;
    if (Reading.isPlaceholder(value)) {
      return Verdict.wrong(outcome, Rule.PLACEHOLDER_VALUE);
    }
    if (CodeForm.isRounded(referential, text)) {
      return Verdict.wrong(Outcome.MALFORMED, Rule.DIGITS_LOST).with(AT_THE_SOURCE);
    }
    if (formed && !CodeForm.isChecked(referential, value) || hasWrongCheckDigit(text)) {
      return Verdict.wrong(Outcome.BAD_CHECK_DIGIT, Rule.BAD_CHECK_DIGIT);
    }
    if (Reading.isScientific(value)) {
      return Verdict.wrong(Outcome.MALFORMED, Rule.DIGITS_LOST).with(AT_THE_SOURCE);
    }
    if (formed && referential.isBeforeHorizon(day)) {
      return Verdict.wrong(Outcome.UNKNOWN, Rule.NOT_KNOWN_AT_DATE).with(retired.silence(day));
    }
    Unlisted unlisted = referential.unlisted();
    boolean mayBeUnlisted = yardstick.mayBeUnlisted(value);
    if (unlisted != null && mayBeUnlisted && witness.says(unlisted.words())) {
      return new Verdict(
          Outcome.VALID, Rule.UNLISTED_CODE, value, value, List.of(), sentence(unlisted));
    }
    Verdict other = foreign.find(text, day, witness, false);
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
            .map(piece -> judge.apply(piece, day))
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
        && yardstick.beginsAsCodes(text, KIND);
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

  private boolean hasWrongCheckDigit(String text) {
    String unchecked = CodeForm.withoutCheckDigit(referential, text);
    Codes book = yardstick.codes();
    return unchecked != null && book != null && book.contains(unchecked);
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
        codes.stream().limit(MOST_SUGGESTIONS).map(yardstick::suggest).toList();
    String only = codes.size() == 1 ? codes.getFirst() : null;
    return new Verdict(outcome, Rule.LABEL_FOR_CODE, only, only, suggestions, null);
  }
}
