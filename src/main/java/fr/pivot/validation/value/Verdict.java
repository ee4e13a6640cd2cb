package fr.pivot.validation.value;

import fr.pivot.finding.Rule;
import fr.pivot.referential.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The judgement of one value against one referential on one day.
 *
 * @param outcome what the value turned out to be
 * @param rule the rule that it breaks; null where there is nothing to say
 * @param code the code that the value means, as its publisher writes it, in force or not; null
 *     where it means none
 * @param repair the code in force to write in its place, where that is certain: the code itself
 *     where the value is right; null where nothing is certain
 * @param suggestions what it may stand for, where that is not certain
 * @param detail what there is to say of this value beyond the rule; null where there is nothing
 */
public record Verdict(
    Outcome outcome,
    @Nullable Rule rule,
    @Nullable String code,
    @Nullable String repair,
    List<Suggestion> suggestions,
    @Nullable Text detail) {

  /** Of a value that says nothing. */
  public static final Verdict EMPTY = new Verdict(Outcome.EMPTY, null, null, null, List.of(), null);

  /** Of a value that is right. */
  public static Verdict valid(String code) {
    return new Verdict(Outcome.VALID, null, code, code, List.of(), null);
  }

  /** Of a value that was damaged on its way, and what it was. */
  static Verdict repaired(Rule damage, String code) {
    return new Verdict(Outcome.REPAIRABLE, damage, code, code, List.of(), null);
  }

  /** Of a value about which nothing is sure. */
  public static Verdict wrong(Outcome outcome, Rule rule) {
    return new Verdict(outcome, rule, null, null, List.of(), null);
  }

  /** The same verdict with another detail. */
  public Verdict with(Text said) {
    return new Verdict(outcome, rule, code, repair, suggestions, said);
  }

  /** The same verdict of a value that is not repeated: without what the value may stand for. */
  public Verdict withholding(Text said) {
    return new Verdict(outcome, rule, null, null, List.of(), said);
  }

  Verdict suggesting(List<Suggestion> some) {
    return new Verdict(outcome, rule, code, repair, some, detail);
  }
}
