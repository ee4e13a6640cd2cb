package fr.pivot.importing;

import static fr.pivot.importing.Imports.alreadyPublished;
import static fr.pivot.importing.Imports.published;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.VerificationStore;
import fr.pivot.finding.Finding;
import fr.pivot.finding.Rule;
import fr.pivot.importing.Synthetic.Edition;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Validity;
import io.micronaut.context.ApplicationContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the registry says does not depend on the order in which editions came in. */
@PivotTest(Holding.EMPTY_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportOrderTest {

  private static final LocalDate BORDER = LocalDate.of(2000, 2, 29);

  /** Referentials that links lead to; the same for all, so that equal content has equal digests. */
  private static final List<String> KINDS = List.of("made-up-above", "made-up-beside");

  private static final Coverage LIST = new Coverage(true, Set.of(), true, false, false, null);

  private final TestDatabase database;
  private final ApplicationContext context;

  ImportOrderTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  @AfterAll
  void isSound() {
    assertThat(context.getBean(VerificationStore.class).verify().isSound()).isTrue();
  }

  /** What the files of an edition state, and which part of it that is. */
  private record Files(Edition edition, Coverage coverage) {}

  /** Draws what the files of an edition state; the same for a seed and a year. */
  private static Files draw(String referential, long seed, int year) {
    Random random = new Random(seed * 10_000 + year);
    Set<String> links =
        random.nextBoolean() ? Set.copyOf(KINDS) : Set.of(KINDS.get(random.nextInt(2)));
    Coverage coverage =
        switch (random.nextInt(5)) {
          case 0 -> Coverage.whole(Set.copyOf(KINDS));
          case 1 ->
              new Coverage(
                  false,
                  links,
                  random.nextBoolean(),
                  random.nextBoolean(),
                  true,
                  uncovered(random));
          default ->
              new Coverage(
                  true, links, true, random.nextBoolean(), random.nextBoolean(), uncovered(random));
        };
    Edition edition =
        new Edition(
            referential,
            year,
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    LocalDate day = LocalDate.of(year, 1, 1);
    for (String code : List.of("A", "B", "C", "D", "E")) {
      boolean isUncovered =
          coverage.uncoveredCodes() != null && code.matches(coverage.uncoveredCodes());
      if (!code.equals("A") && random.nextInt(isUncovered ? 8 : 4) != 1 == isUncovered) {
        continue;
      }
      edition.states().addAll(states(code, coverage.snapshot() ? day : null, random));
      for (String kind : coverage.links()) {
        if (random.nextInt(3) > 0) {
          Validity validity =
              coverage.linksAreSnapshot() ? Validity.since(day) : Validity.since(BORDER);
          edition
              .links()
              .add(
                  new Link(code, Relation.BROADER, kind, "T" + random.nextInt(2), validity, false));
        }
      }
      if (coverage.measures() && random.nextBoolean()) {
        edition.measures().add(new Measure(code, "count", random.nextInt(3)));
      }
      if (coverage.successions() && random.nextBoolean()) {
        edition
            .successions()
            .add(
                new Succession(
                    BORDER, code, KINDS.getFirst(), "T1", SuccessionKind.MERGED, null, false));
      }
    }
    return new Files(edition, coverage);
  }

  private static String uncovered(Random random) {
    return List.of("[B]", "[CD]", "[Z]").get(random.nextInt(3));
  }

  private static List<ConceptState> states(String code, @Nullable LocalDate listed, Random random) {
    if (listed != null) {
      return List.of(state(code, random.nextBoolean() ? "x" : "y", Validity.since(listed)));
    }
    return switch (random.nextInt(3)) {
      case 0 -> List.of(state(code, "x", Validity.ALWAYS));
      case 1 -> List.of(state(code, "y", new Validity(BORDER, BORDER.plusYears(4))));
      default ->
          List.of(
              state(code, "x", new Validity(null, BORDER)),
              state(code, "y", Validity.since(BORDER)));
    };
  }

  private static ConceptState state(String code, String label, Validity validity) {
    return new ConceptState(code, validity, "item", label, Map.of(), Map.of(), false);
  }

  private ImportOutcome.Published bring(Files files) {
    return published(Synthetic.run(context, List.of(files.edition()), files.coverage()));
  }

  /** Digests and statements of all editions of a referential. */
  private Map<String, String> say(String referential) {
    Map<String, String> editions = new TreeMap<>();
    database
        .lines(
            """
            select l.edition, l.digest || ' ' || l.observed::text || ' ' || coalesce((
                   select string_agg(s, e'\\n' order by s)
                     from (select c.code || ' ' || c.validity::text || ' ' || c.label || ' ' || c.derived as s from concept c
                            where c.referential = l.referential and c.releases @> l.position
                           union all
                           select k.code || ' > ' || k.target || ' ' || k.validity::text || ' ' || k.derived from link k
                            where k.referential = l.referential and k.releases @> l.position) as statements), '')
              from release l join referential f on f.id = l.referential
             where l.state = 'published' and f.name = ?
            """,
            referential)
        .forEach(line -> editions.put(line.split(" ", 2)[0], line.split(" ", 2)[1]));
    return editions;
  }

  private Map<String, String> inOrder(long seed, List<Integer> years) {
    String referential = Synthetic.describe(context);
    years.forEach(year -> bring(draw(referential, seed, year)));
    return say(referential);
  }

  private static List<List<Integer>> permutations(List<Integer> years) {
    if (years.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (Integer first : years) {
      List<Integer> rest = new ArrayList<>(years);
      rest.remove(first);
      for (List<Integer> tail : permutations(rest)) {
        List<Integer> order = new ArrayList<>(List.of(first));
        order.addAll(tail);
        all.add(order);
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void three_editions_say_the_same_whatever_the_order(long seed) {
    Map<String, String> expected = inOrder(seed, List.of(2001, 2002, 2003));
    for (List<Integer> order : permutations(List.of(2001, 2002, 2003))) {
      assertThat(inOrder(seed, order)).as(order.toString()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void six_editions_say_the_same_whatever_the_order(long seed) {
    List<Integer> years = List.of(2001, 2002, 2003, 2004, 2005, 2006);
    Map<String, String> expected = inOrder(seed, years);
    assertThat(inOrder(seed, years.reversed())).isEqualTo(expected);
    List<Integer> order = new ArrayList<>(years);
    Collections.shuffle(order, new Random(seed));
    assertThat(inOrder(seed, order)).as(order.toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void a_correction_says_what_it_would_have_said_at_once(long seed) {
    String corrected = Synthetic.describe(context);
    // Of the same coverage, which another seed seldom draws.
    Files wrong = draw(corrected, seed, 2002);
    Edition right = draw(corrected, seed + 100, 2002).edition();
    Files list = new Files(listed(corrected, 2002, right), LIST);
    bring(draw(corrected, seed, 2001));
    bring(new Files(listed(corrected, 2002, wrong.edition()), LIST));
    bring(draw(corrected, seed, 2003));
    ImportOutcome again = Synthetic.run(context, List.of(list.edition()), LIST);
    assertThat(again.findings().hasErrors()).as(Imports.describe(again)).isFalse();
    Map<String, String> said = say(corrected);

    String atOnce = Synthetic.describe(context);
    bring(draw(atOnce, seed, 2001));
    bring(new Files(listed(atOnce, 2002, right), LIST));
    bring(draw(atOnce, seed, 2003));
    assertThat(said).isEqualTo(say(atOnce));
  }

  private static Edition listed(String referential, int year, Edition of) {
    return Synthetic.list(referential, year, of.states().stream().map(ConceptState::code).toList());
  }

  private List<String> states(String referential, int edition) {
    return database.lines(
        """
        select c.code, c.validity::text, c.derived
          from concept c join referential f on f.id = c.referential join release l on l.referential = f.id and c.releases @> l.position
         where f.name = ? and l.edition = ? and l.state = 'published' order by c.code, c.validity
        """,
        referential,
        Integer.toString(edition));
  }

  @Test
  void an_edition_that_comes_in_between_tells_the_next_one_when_things_happened() {
    String id = Synthetic.describe(context);
    bring(new Files(Synthetic.list(id, 2010, List.of("A", "B")), LIST));
    Files youngest = new Files(Synthetic.list(id, 2014, List.of("A", "C")), LIST);
    bring(youngest);
    assertThat(states(id, 2014))
        .containsExactly("A (,) false", "B (,2014-01-01) true", "C [2014-01-01,) true");
    ImportOutcome.Published between =
        bring(new Files(Synthetic.list(id, 2012, List.of("A", "C")), LIST));
    assertThat(between.releases()).extracting(r -> r.edition()).containsExactly("2012");
    assertThat(between.findings().list())
        .filteredOn(f -> f.rule() == Rule.MADE_AGAIN)
        .extracting(Finding::place)
        .extracting(p -> p.file())
        .containsExactly(id + "@2014");
    assertThat(states(id, 2014))
        .containsExactly("A (,) false", "B (,2012-01-01) true", "C [2012-01-01,) true");
    assertThat(
            database.lines(
                """
                select l.edition, l.state, l.import = first_value(l.import) over (partition by l.edition order by l.id)
                  from release l join referential f on f.id = l.referential where f.name = ? order by l.id
                """,
                id))
        .containsExactly(
            "2010 published true",
            "2014 superseded true",
            "2012 published true",
            "2014 published true");
    // The registry still says what those files made, though not in that very release.
    assertThat(
            alreadyPublished(
                Synthetic.run(context, List.of(youngest.edition()), youngest.coverage())))
        .containsExactly(id + "@2014");
  }

  @Test
  void a_list_is_as_old_as_anything_known_only_while_it_is_the_first() {
    String id = Synthetic.describe(context);
    bring(new Files(Synthetic.list(id, 2012, List.of("A", "B")), LIST));
    assertThat(states(id, 2012)).containsExactly("A (,) false", "B (,) false");
    bring(new Files(Synthetic.list(id, 2010, List.of("A")), LIST));
    assertThat(states(id, 2012)).containsExactly("A (,) false", "B [2012-01-01,) true");
    assertThat(states(id, 2010)).containsExactly("A (,) false");
  }

  @Test
  void an_edition_that_states_everything_stands_for_itself() {
    String id = Synthetic.describe(context);
    published(
        Synthetic.run(context, List.of(Synthetic.labelled(id, 2012, Map.of("A", "a", "B", "b")))));
    bring(new Files(Synthetic.list(id, 2014, List.of("A")), LIST));
    ImportOutcome.Published older = bring(new Files(Synthetic.list(id, 2010, List.of("A")), LIST));
    assertThat(older.findings().list()).extracting(Finding::rule).doesNotContain(Rule.MADE_AGAIN);
    // Once it is superseded by a list, that list is completed from what it said.
    bring(new Files(Synthetic.list(id, 2012, List.of("A", "C")), LIST));
    assertThat(states(id, 2012))
        .containsExactly(
            "A (,2012-01-01) true",
            "A [2012-01-01,) true",
            "B (,2012-01-01) true",
            "C [2012-01-01,) true");
    assertThat(states(id, 2014)).contains("B (,2012-01-01) true", "C [2012-01-01,2014-01-01) true");
  }

  @Test
  void two_imports_that_state_different_parts_of_an_edition_make_one_whichever_comes_first() {
    Coverage ends = new Coverage(true, Set.of(), true, false, false, "[AB]");
    Coverage beginnings = new Coverage(true, Set.of(), true, false, false, "[CD]");
    List<Map<String, String>> said = new ArrayList<>();
    for (List<Coverage> order : List.of(List.of(ends, beginnings), List.of(beginnings, ends))) {
      String id = Synthetic.describe(context);
      for (Coverage part : order) {
        bring(new Files(Synthetic.list(id, 2012, List.of(part == ends ? "C" : "A")), part));
      }
      assertThat(states(id, 2012)).containsExactly("A (,) false", "C (,) false");
    }
    List<List<Integer>> orders =
        List.of(List.of(0, 1, 2, 3), List.of(3, 2, 1, 0), List.of(1, 3, 2, 0), List.of(2, 0, 3, 1));
    for (List<Integer> order : orders) {
      String id = Synthetic.describe(context);
      List<Files> files =
          List.of(
              new Files(Synthetic.list(id, 2010, List.of("A", "B", "C", "D")), LIST),
              new Files(Synthetic.list(id, 2012, List.of("A")), beginnings),
              new Files(Synthetic.list(id, 2012, List.of("C")), ends),
              new Files(Synthetic.list(id, 2014, List.of("A", "B", "C")), LIST));
      order.forEach(i -> bring(files.get(i)));
      said.add(say(id));
      assertThat(states(id, 2014))
          .as(order.toString())
          .containsExactly(
              "A (,) false",
              "B (,2012-01-01) true",
              "B [2014-01-01,) true",
              "C (,) false",
              "D (,2012-01-01) true");
    }
    assertThat(Set.copyOf(said)).hasSize(1);
  }
}
