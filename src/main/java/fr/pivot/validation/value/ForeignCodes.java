package fr.pivot.validation.value;

import fr.pivot.catalog.Release;
import fr.pivot.finding.Rule;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.Text;
import fr.pivot.referential.Unlisted;
import fr.pivot.registry.Codes;
import fr.pivot.text.CheckDigits;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds codes of other referentials among the values of a column. */
final class ForeignCodes {

  /** A value that is a code elsewhere by a greater chance may as well be none. */
  private static final double MOST_CHANCE = 0.25;

  private final Yardstick yardstick;
  private final List<SiblingReferential> neighbours;
  private final Map<String, Double> mixed;

  /**
   * Prepares to find.
   *
   * @param neighbours the referentials whose codes turn up in columns of the yardstick's
   * @param mixed the evidence that codes of other referentials are mixed into the column, in nats
   */
  ForeignCodes(
      Yardstick yardstick, List<SiblingReferential> neighbours, Map<String, Double> mixed) {
    this.yardstick = yardstick;
    this.neighbours = neighbours;
    this.mixed = mixed;
  }

  /**
   * What a text is in the referentials beside this one; null where that is not sure.
   *
   * @param known whether it was a code of this one
   */
  @Nullable Verdict find(String text, LocalDate day, Witness witness, boolean known) {
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
          && neighbour.yardstick().mayBeUnlisted(text)
          && witness.says(unlisted.words())) {
        return foreign(neighbour.tell(unlisted, text));
      }
    }
    if (yardstick.referential().check() == CheckRule.LUHN && CheckDigits.isSiret(text)) {
      String siren = text.substring(0, 9);
      return Verdict.wrong(Outcome.MALFORMED, Rule.CODE_OF_ANOTHER_REFERENTIAL)
          .suggesting(List.of(yardstick.suggest(siren)))
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
    boolean isOpen = yardstick.mayBeUnlisted(text);
    double column = mixed.getOrDefault(there.referential().id(), 0.0);
    return neighbour.bond() == SiblingReferential.Bond.FORMER
        || column >= MixedCodes.EVIDENT
        || !known
            && !isOpen
            && column > -MixedCodes.EVIDENT
            && neighbour.chance(text, yardstick.referential()) <= MOST_CHANCE
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
                .filter(link -> link.referential().equals(yardstick.referential().id()))
                .map(link -> link.target())
                .findFirst()
                .orElse(null);
    Suggestion part = there.suggest(code);
    Text title = there.referential().title();
    List<Suggestion> above = whole == null ? List.of() : List.of(yardstick.suggest(whole));
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
}
