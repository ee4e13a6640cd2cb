package fr.pivot.crosswalk.file;

import fr.pivot.crosswalk.Crosswalk;
import fr.pivot.crosswalk.Status;
import fr.pivot.crosswalk.Translation;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Share;
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.table.Decisions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translates the codes of a file: by the crosswalk, but where a person decided.
 *
 * @param crosswalk the crosswalk
 * @param choices what was decided
 */
record Translator(Crosswalk crosswalk, Decisions choices) {

  /** The status that rows have whose targets a person chose. */
  static final String CHOSEN = "chosen";

  /** What rows of a file are counted as: the statuses of translations, and the choice. */
  static final List<String> OUTCOMES = outcomes();

  /**
   * What a code of a file becomes.
   *
   * @param translation its targets, those that were chosen where some were
   * @param chosen whether a person decided
   */
  record Decided(Translation translation, boolean chosen) {

    /** What becomes of it, as it is written in files. */
    String status() {
      return chosen ? CHOSEN : translation.status().id();
    }

    /** The rank of its status among {@link #OUTCOMES}. */
    int outcome() {
      return chosen ? OUTCOMES.size() - 1 : translation.status().ordinal();
    }
  }

  private static List<String> outcomes() {
    List<String> outcomes = new ArrayList<>();
    for (Status status : Status.values()) {
      outcomes.add(status.id());
    }
    outcomes.add(CHOSEN);
    return List.copyOf(outcomes);
  }

  /** Translates a code, as somebody wrote it. */
  Decided translate(String written) {
    Translation computed = crosswalk.translate(written);
    @Nullable List<String> codes = choices.find(List.of(written));
    if (codes == null && !computed.code().equals(written)) {
      codes = choices.find(List.of(computed.code()));
    }
    return codes == null
        ? new Decided(computed, false)
        : new Decided(choose(computed, codes), true);
  }

  /**
   * The days of which a translation is known, where it rests on what is not known of its day and
   * nobody decided; else null.
   */
  @Nullable Validity findKnown(Decided decided) {
    return decided.chosen() ? null : crosswalk.findKnown(decided.translation());
  }

  private static Translation choose(Translation computed, List<String> codes) {
    List<Arrival> targets = new ArrayList<>(codes.size());
    @Nullable Share sum = null;
    boolean counted = true;
    for (String code : codes) {
      Arrival target =
          computed.targets().stream()
              .filter(t -> t.code().equals(code))
              .findFirst()
              .orElse(new Arrival(code, Match.RELATED, null));
      targets.add(target);
      counted &= target.share() != null;
      sum = sum == null ? target.share() : Share.sum(sum, target.share());
    }
    @Nullable Share whole = counted && sum != null && sum.numerator().signum() > 0 ? sum : null;
    // All of the source goes to what a person chose, in the proportions that are known.
    targets.replaceAll(
        t ->
            new Arrival(
                t.code(),
                t.match(),
                codes.size() == 1
                    ? Share.WHOLE
                    : whole != null && t.share() != null ? t.share().outOf(whole) : null));
    Status status =
        targets.isEmpty() ? Status.NONE : targets.size() == 1 ? Status.SINGLE : Status.SPLIT;
    return new Translation(
        computed.code(),
        status,
        targets,
        List.of(),
        0,
        null,
        null,
        computed.detour(),
        computed.events());
  }
}
