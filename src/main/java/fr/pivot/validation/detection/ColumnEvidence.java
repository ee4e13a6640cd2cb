package fr.pivot.validation.detection;

import fr.pivot.finding.Rule;
import fr.pivot.referential.Referential;
import fr.pivot.validation.value.CodeForm;
import fr.pivot.validation.value.Reading;
import fr.pivot.validation.value.SiblingReferential;
import fr.pivot.validation.value.Yardstick;
import java.util.List;

/**
 * What the values of a column say of a referential, heard one after the other: whether they confirm
 * what the column's name proposes, or tell by themselves what they are.
 */
final class ColumnEvidence {

  /** How many are tried first: a referential that knows none of them is not tried further. */
  private static final int GLANCE = 20;

  /** The share of values that must be codes for their rarity to count. */
  private static final double MOSTLY = 0.9;

  /** Below it a column holds other things than codes, whatever its name. */
  private static final double FEW = 0.1;

  /** What the name of a column says, in nats, where a descriptor lists it. */
  private static final double LISTED_NAME = 4;

  private static final double ENOUGH_EVIDENCE = 5;

  /** One value in so rare a shape is evidence in itself. */
  private static final double RARE = 4;

  private final Yardstick yardstick;
  private final Referential referential;
  private final Shapes rarity;
  private final List<SiblingReferential> near;

  /** How many values say something. */
  private int said;

  private int exact;

  /** How many are codes as they stand, but for blanks, quotes and punctuation. */
  private int sure;

  private int repaired;

  /** How many are no codes, but of a referential beside this one. */
  private int beside;

  /** How many have the form of a number that a check digit ends, right or wrong. */
  private int formed;

  /** The evidence of those that are sure, in nats. */
  private double evidence;

  private double rarest;

  /**
   * How much likelier, in nats, what was heard is where the column holds codes, one in ten of them
   * wrong, than where it holds any texts of these shapes.
   */
  private double odds;

  ColumnEvidence(Yardstick yardstick, Shapes rarity, List<SiblingReferential> near) {
    this.yardstick = yardstick;
    this.referential = yardstick.referential();
    this.rarity = rarity;
    this.near = near;
  }

  boolean isHopeless() {
    return said == GLANCE && 2 * (sure + repaired) < GLANCE;
  }

  void hear(String value) {
    Detector.Known known = rarity.mayHold(value) ? Detector.find(yardstick, value) : null;
    if (known != null) {
      said++;
      accept(known, value);
    } else if (!Reading.isPlaceholder(value)) {
      said++;
      doubt(value);
    }
  }

  private void accept(Detector.Known known, String value) {
    double one = rarity.evidence(known.code());
    boolean isSure =
        known.asWritten()
            || known.damage() == Rule.STRAY_CHARACTERS
            || Reading.isBare(value, known.code()) && !Reading.isNumber(value);
    exact += known.asWritten() ? 1 : 0;
    if (isSure) {
      sure++;
      evidence += one;
      rarest = Math.max(rarest, one);
    } else {
      repaired++;
    }
    formed++;
    odds += Math.max(0, one + Math.log(MOSTLY));
  }

  private void doubt(String value) {
    String text = Reading.listPlain(value).getLast().text();
    if (yardstick.isByRule()
        && (CodeForm.hasForm(referential, text) || Reading.isScientific(value))) {
      formed++;
    }
    if (near.stream().anyMatch(n -> n.find(text, n.yardstick().date()) != null)) {
      beside++;
    } else if (mayBeMeant(text)) {
      double miss = Math.max(1 - MOSTLY, 1 - rarity.chance(text));
      odds += Math.log((1 - MOSTLY) / miss);
    }
  }

  /** Whether a text has the form of a code, or would with the zeros that a spreadsheet took. */
  private boolean mayBeMeant(String text) {
    return CodeForm.hasForm(referential, text)
        || Reading.listRebuilt(text, null).stream()
            .anyMatch(reading -> CodeForm.hasForm(referential, reading.text()));
  }

  double share() {
    return said == 0 ? 0 : (double) (sure + repaired) / said;
  }

  double weight() {
    return said == 0 ? 0 : (sure + 0.8 * repaired) / said;
  }

  /** Whether values tell by themselves what they are. */
  boolean tells() {
    return share() >= MOSTLY && evidence >= ENOUGH_EVIDENCE && (sure >= 5 || rarest >= RARE);
  }

  /**
   * Whether values confirm what the name of the column says. A name is not enough: it must hold
   * codes, more of them than chance puts there; or numbers of the form that a name which is listed
   * calls for, whatever their check digits.
   */
  boolean confirms(double header) {
    if (header == 1 && yardstick.isByRule() && formed > 0 && 2 * formed >= said) {
      return true;
    }
    boolean isListed = header == 1;
    boolean enough = isListed || 2 * (sure + repaired + beside) >= said;
    return header > 0 && share() >= FEW && enough && odds + (isListed ? LISTED_NAME : 0) > 0;
  }

  /** The evidence of the values that are surely codes, in nats. */
  double nats() {
    return evidence;
  }

  /** Which part of the values that say something are codes as they stand. */
  double exactShare() {
    return said == 0 ? 0 : (double) exact / said;
  }
}
