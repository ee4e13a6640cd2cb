package fr.pivot.search;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.search.Damage.Group;
import fr.pivot.search.Scores.Given;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How often the first answer is the right one, over names that were written otherwise than in the
 * lists ({@link Damage}), with and without the département. The tables are printed; what went wrong
 * is in {@code target/search-failures*.txt}.
 *
 * <p>Another draw of names and damages: {@code -Dpivot.search.seed=6}.
 *
 * <p>What is expected was decided so:
 *
 * <ul>
 *   <li>A former name leads to the code in force today that INSEE's events lead to, where they lead
 *       to one. What a commune nouvelle was put together from is a former name of it.
 *   <li>What is called so today goes before what was: a name that is that of a commune and the
 *       former name of others means the commune.
 *   <li>A former name that is what people make of a present one who drop its article (Cerqueux, and
 *       Les Cerqueux) or its spaces (Lapanouse, and La Panouse) cannot be told from it. One that
 *       has the article which the present one lacks (Le Haucourt, and Haucourt) can.
 *   <li>Accents and spaces that are there tell names apart (Vaire and Vairé, Val-Mont and Valmont);
 *       where they are lost, nothing does.
 *   <li>The département of a former commune is that of its heir. Where it is not the one that the
 *       old code begins with (Freigné, 49144, is in 44), the département is not told.
 *   <li>Paris, Lyon and Marseille with a number are the commune where a commune is asked for.
 * </ul>
 */
class SearchQualityTest {

  @SuppressWarnings("NullAway.Init")
  private static Registry registry;

  @SuppressWarnings("NullAway.Init")
  private static QualitySet set;

  @BeforeAll
  static void read() throws IOException {
    registry = ReadRegistry.shipped();
    set = new QualitySet(registry);
  }

  @Test
  void names_of_the_shipped_lists_lead_to_their_codes() throws IOException {
    List<NamedCode> names = set.listShipped();
    assertThat(names).hasSizeGreaterThan(1_000);
    check("shipped lists", names, Path.of("target", "search-failures-shipped.txt"));
  }

  @Test
  void names_as_people_published_them_lead_to_their_codes() throws IOException {
    List<NamedCode> names = new ArrayList<>(set.listPublished());
    names.addAll(set.listFormer(ReadRegistry.official(2026)));
    assertThat(names).hasSizeGreaterThan(2_000);
    check("published tables", names, Path.of("target", "search-failures.txt"));
  }

  private static void check(String title, List<NamedCode> names, Path failures) throws IOException {
    Scores scores = new Scores(set, QualitySet.search(registry));
    scores.ask(names, QualitySet.SEED);
    scores.writeFailures(failures, 40);
    System.out.println(title + ": " + QualitySet.count(names));
    System.out.println(scores.table());
    SoftAssertions softly = new SoftAssertions();
    least(softly, scores, Given.DEPARTEMENT, null, 99);
    least(softly, scores, Given.NOTHING, null, 95);
    for (Given given : Given.values()) {
      least(softly, scores, given, Group.EXACT, 99.8);
      least(softly, scores, given, Group.ONE_TYPO, 95);
      least(softly, scores, given, Group.TWO_TYPOS, 92);
    }
    softly.assertThat(scores.certain()).as("answers that are certain").isGreaterThan(1_000);
    softly.assertThat(scores.certainlyWrong()).as("certain and wrong, %%").isLessThanOrEqualTo(0.1);
    softly.assertAll();
  }

  private static void least(
      SoftAssertions softly, Scores scores, Given given, @Nullable Group group, double percent) {
    softly
        .assertThat(scores.first(given, group))
        .as("%s, given %s, %%", group == null ? "all" : group.title(), given)
        .isGreaterThanOrEqualTo(percent);
    softly.assertThat(scores.count(given, group)).isGreaterThan(100);
  }
}
