package fr.pivot.validation.value;

import fr.pivot.finding.Rule;
import fr.pivot.referential.Referential;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Weighs the values of a column: what is no code of its referential tells, taken together, whether
 * codes of a neighbour are mixed into it or are so by chance.
 */
final class MixedCodes {

  /** The evidence, in nats, from which on a column surely mixes two referentials, or does not. */
  static final double EVIDENT = 3;

  /** How many different values of a column are weighed for what it mixes. */
  private static final int MOST_WEIGHED = 4000;

  /** Of the codes of a referential that is mixed into a column, the share that it knows. */
  private static final double KNOWN = 0.8;

  /** The share that it may leave out, where its list leaves out codes of that form. */
  private static final double LEFT_OUT = 0.5;

  private final Yardstick yardstick;
  private final List<SiblingReferential> neighbours;
  private final RetiredCodes retired;

  MixedCodes(Yardstick yardstick, List<SiblingReferential> neighbours, RetiredCodes retired) {
    this.yardstick = yardstick;
    this.neighbours = neighbours;
    this.retired = retired;
  }

  /**
   * The evidence that codes of other referentials are mixed into a column, in nats, by their ids.
   *
   * @param values the different values of the column
   * @param judge what one is, were it alone
   */
  Map<String, Double> weigh(Collection<String> values, Function<String, Verdict> judge) {
    Map<String, Double> evidence = new HashMap<>();
    // Files are sorted: the first values are those of one place.
    int step = Math.ceilDiv(Math.max(1, values.size()), MOST_WEIGHED);
    int place = 0;
    for (String value : values) {
      if (place++ % step == 0) {
        weigh(value, judge.apply(value), evidence);
      }
    }
    return Map.copyOf(evidence);
  }

  private void weigh(String value, Verdict verdict, Map<String, Double> evidence) {
    String code = verdict.code();
    String text = code == null ? Reading.listPlain(value).getLast().text() : code;
    if (!isWeighed(verdict, text)) {
      return;
    }
    for (SiblingReferential neighbour : neighbours) {
      Referential there = neighbour.yardstick().referential();
      double chance = Math.clamp(neighbour.chance(text, yardstick.referential()), 0.001, 0.999);
      boolean isOpen = neighbour.yardstick().mayBeUnlisted(text);
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
      LocalDate last = retired.lastDay(text, yardstick.date());
      return last != null && last.isBefore(retired.oldest());
    }
    return rule == Rule.UNKNOWN_CODE
        || rule == Rule.MALFORMED_CODE
        || rule == Rule.CODE_OF_ANOTHER_REFERENTIAL
        || rule == Rule.CODE_OF_A_PART;
  }
}
