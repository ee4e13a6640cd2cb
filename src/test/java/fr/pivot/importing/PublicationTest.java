package fr.pivot.importing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.TestDatabase;
import fr.pivot.catalog.Release;
import fr.pivot.importing.Synthetic.Edition;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import io.micronaut.context.ApplicationContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever editions come, in whatever order and however often one is replaced: each says exactly
 * what was last published under its name. The model is a map from editions to sets of statements.
 */
class PublicationTest {

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  private static ApplicationContext context;

  @BeforeContainer
  static void open() {
    database = TestDatabase.empty();
    context = database.start();
  }

  @AfterContainer
  static void close() {
    context.close();
    database.close();
  }

  @Property(tries = 12)
  void every_edition_says_what_was_last_published_of_it(@ForAll long seed) {
    Random random = new Random(seed);
    String referential = Synthetic.describe(context);
    Map<Integer, Set<String>> model = new TreeMap<>();
    Map<Set<String>, String> digests = new HashMap<>();
    for (int step = 0; step < 6; step++) {
      List<Edition> series = new ArrayList<>();
      Set<Integer> years = new TreeSet<>();
      int size = random.nextInt(4) == 0 ? 3 : 1;
      while (years.size() < size) {
        years.add(2000 + random.nextInt(7));
      }
      years.forEach(year -> series.add(Synthetic.edition(referential, year, random)));
      ImportOutcome outcome = Synthetic.run(context, series);
      series.forEach(e -> model.put(e.position(), e.statements()));
      assertThat(outcome.findings().hasErrors()).as(Imports.describe(outcome)).isFalse();
      check(referential, model, digests);
    }
    checkAnswers(referential, model);
  }

  private static void check(
      String referential, Map<Integer, Set<String>> model, Map<Set<String>, String> digests) {
    model.forEach(
        (position, expected) -> {
          List<String> stated = database.lines(STATEMENTS, referential, position);
          assertThat(stated).as("at " + position).doesNotHaveDuplicates();
          assertThat(new HashSet<>(stated)).as("at " + position).isEqualTo(expected);
          String digest =
              database.value(
                  """
                  select digest from release l join referential f on f.id = l.referential
                   where f.name = ? and l.position = ? and l.state = 'published'
                  """,
                  referential,
                  position);
          assertThat(digests.computeIfAbsent(expected, _ -> digest)).isEqualTo(digest);
        });
    assertThat(new HashSet<>(digests.values())).hasSameSizeAs(digests.keySet());
    assertThat(
            database.lines(
                """
                select l.position from release l join referential f on f.id = l.referential
                 where f.name = ? and l.state = 'published' order by 1
                """,
                referential))
        .isEqualTo(model.keySet().stream().map(String::valueOf).toList());
  }

  private static final String STATEMENTS =
      """
      with r as (select id, cast(? as text) as name, cast(? as int) as position from referential)
      select s from (
        select 'concept ' || c.code || ' ' || c.validity::text || ' ' || c.label as s, c.referential, c.releases from concept c
        union all select 'link ' || c.code || ' ' || c.target || ' ' || c.validity::text, c.referential, c.releases from link c
        union all select 'succession ' || c.date::text || ' ' || c.code || ' ' || c.code_after, c.referential, c.releases from succession c
        union all select 'measure ' || c.code || ' ' || c.value, c.referential, c.releases from measure c) as all_rows
        join r on r.id = all_rows.referential
        join referential f on f.id = r.id and f.name = r.name
       where all_rows.releases @> r.position
      """;

  private static void checkAnswers(String referential, Map<Integer, Set<String>> model) {
    Registry registry = Imports.registry(context);
    Codes codebook = registry.findCodes(referential).orElseThrow();
    for (Release release : registry.catalog().listReleases(referential)) {
      Set<String> said = new HashSet<>();
      codebook.forEachState(release, s -> said.add(Synthetic.text(s)));
      codebook.forEachLink(release, l -> said.add(Synthetic.text(l)));
      codebook.listSuccessions(release).forEach(s -> said.add(Synthetic.text(s)));
      codebook.forEachMeasure(release, m -> said.add(Synthetic.text(m)));
      assertThat(said).isEqualTo(model.get(release.position()));
    }
  }
}
