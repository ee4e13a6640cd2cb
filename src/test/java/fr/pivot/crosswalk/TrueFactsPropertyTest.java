package fr.pivot.crosswalk;

import static fr.pivot.crosswalk.SmallRegistry.broader;
import static fr.pivot.crosswalk.SmallRegistry.several;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.referential.Kind;
import fr.pivot.referential.Relation;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever is added to a registry (links, parts, successions, tables), no code that had an answer
 * loses it; nor does one whose event is told in more steps than before.
 */
class TrueFactsPropertyTest {

  private static final String UNITS = "units";
  private static final String PARTS = "parts";
  private static final String GROUPS = "groups";
  private static final String REGIONS = "regions";
  private static final String POSTAL = "postal";

  private static final List<String> REFERENCES =
      List.of(
          "units@2010",
          "units@2026",
          "parts@2010",
          "parts@2026",
          "groups@2010",
          "groups@2026",
          "regions@2010",
          "regions@2026",
          "postal@2010",
          "postal@2026");

  /**
   * Units, of which some ended in 2020, in groups and regions; some have parts. One became a part
   * under another code.
   *
   * @param atLength whether the new code is told of as a unit first, which it was on no day, as
   *     INSEE tells of communes that left their département in order to merge
   */
  private static SmallRegistry begin(boolean atLength) {
    SmallRegistry facts =
        new SmallRegistry()
            .referential(REGIONS, Kind.TERRITORY, List.of(), 2010, 2026)
            .referential(GROUPS, Kind.TERRITORY, List.of(broader(REGIONS)), 2010, 2026)
            .referential(
                UNITS,
                Kind.TERRITORY,
                List.of(broader(GROUPS), broader(REGIONS), several(POSTAL)),
                2010,
                2026)
            .referential(
                PARTS,
                Kind.TERRITORY,
                List.of(broader(UNITS), broader(REGIONS), several(POSTAL)),
                2010,
                2026)
            .referential(POSTAL, Kind.TERRITORY, List.of(several(UNITS)), 2010, 2026)
            .codes(REGIONS, "R0", "R1")
            .codes(GROUPS, "G0", "G1", "G2")
            .codes(UNITS, "U0", "U1", "U2", "U3")
            .codes(PARTS, "P0", "P1")
            .codes(POSTAL, "L0", "L1", "L2");
    for (String ended : List.of("U4", "U5", "U6")) {
      facts.code(UNITS, "x", ended, null, "2020-01-01");
    }
    String passed = "U6";
    if (atLength) {
      passed = "U7";
      facts.succession(UNITS, "2020-01-01", "U6", SuccessionKind.RECODED, UNITS, passed);
    }
    return facts
        .code(PARTS, "x", "P7", "2020-01-01", null)
        .link(PARTS, "P7", Relation.BROADER, UNITS, "U1")
        .succession(UNITS, "2020-01-01", passed, SuccessionKind.MERGED, UNITS, "U1")
        .succession(UNITS, "2020-01-01", passed, SuccessionKind.MOVED, PARTS, "P7")
        .link(PARTS, "P0", Relation.BROADER, UNITS, "U0")
        .link(PARTS, "P1", Relation.BROADER, UNITS, "U0")
        .succession(UNITS, "2020-01-01", "U4", SuccessionKind.MERGED, UNITS, "U1");
  }

  private static String any(Random random, String letter, int count) {
    return letter + random.nextInt(count);
  }

  /** A statement that may be true of them. */
  private static UnaryOperator<SmallRegistry> fact(Random random) {
    String unit = any(random, "U", 6);
    String part = any(random, "P", 2);
    String group = any(random, "G", 3);
    String region = any(random, "R", 2);
    String postal = any(random, "L", 3);
    return switch (random.nextInt(11)) {
      case 0 -> f -> f.link(UNITS, unit, Relation.BROADER, GROUPS, group);
      case 1 -> f -> f.link(UNITS, unit, Relation.BROADER, REGIONS, region);
      case 2 -> f -> f.link(GROUPS, group, Relation.BROADER, REGIONS, region);
      case 3 -> f -> f.link(PARTS, part, Relation.BROADER, REGIONS, region);
      case 4 -> f -> f.link(UNITS, unit, Relation.RELATED, POSTAL, postal);
      case 5 -> f -> f.link(PARTS, part, Relation.RELATED, POSTAL, postal);
      case 6 -> f -> f.link(POSTAL, postal, Relation.RELATED, UNITS, unit);
      case 7 -> f -> f.succession(UNITS, "2000-01-01", "U0", SuccessionKind.CREATED, PARTS, part);
      case 8 -> f -> f.succession(UNITS, "2020-01-01", "U5", SuccessionKind.MERGED, UNITS, "U2");
      case 9 -> f -> table(f, POSTAL, UNITS, Match.RELATED, postal, unit);
      default -> f -> table(f, UNITS, GROUPS, Match.BROADER, unit, group);
    };
  }

  /** A line of a table that is published for each edition. */
  private static SmallRegistry table(
      SmallRegistry facts, String from, String to, Match match, String code, String target) {
    return facts
        .line(from + "@2010", to + "@2010", match, code, target)
        .line(from + "@2026", to + "@2026", match, code, target);
  }

  @Property(tries = 60)
  void what_is_added_takes_no_answer_away(@ForAll long seed) {
    Random random = new Random(seed);
    List<UnaryOperator<SmallRegistry>> facts = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      facts.add(fact(random));
    }
    int known = random.nextInt(facts.size());
    boolean atLength = random.nextBoolean();
    Unanswered before = ask(registry(facts.subList(0, known), false));
    Unanswered after = ask(registry(facts, atLength));
    assertThat(after.since(before)).as("%s facts known of seed %s", known, seed).isEmpty();
  }

  private static Unanswered ask(Registry registry) {
    return Unanswered.list(registry, REFERENCES, REFERENCES);
  }

  private static Registry registry(List<UnaryOperator<SmallRegistry>> facts, boolean atLength) {
    SmallRegistry small = begin(atLength);
    for (UnaryOperator<SmallRegistry> fact : facts) {
      small = fact.apply(small);
    }
    return small.build();
  }
}
