package fr.pivot.importing;

import static fr.pivot.importing.Imports.published;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.Release;
import fr.pivot.importing.Synthetic.Edition;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.ReleaseRows;
import io.micronaut.context.ApplicationContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** On which days the lists were seen that an edition was made from. */
@PivotTest(Holding.SHIPPED_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObservedDaysTest {

  private final TestDatabase database;
  private final ApplicationContext context;

  ObservedDaysTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  private Release release(String referential, int edition) {
    return Imports.registry(context)
        .catalog()
        .findRelease(referential, Integer.toString(edition))
        .orElseThrow();
  }

  private static List<LocalDate> firstsOfJanuary(int... years) {
    return IntStream.of(years).mapToObj(year -> LocalDate.of(year, 1, 1)).toList();
  }

  @Test
  void the_shipped_territories_were_seen_on_the_reference_days_of_their_editions() {
    List<LocalDate> all = firstsOfJanuary(2019, 2021, 2022, 2023, 2024, 2025, 2026);
    assertThat(release("communes", 2026).observedDays("epci")).isEqualTo(all);
    assertThat(release("communes", 2026).observedDays(ReleaseRows.CONCEPTS)).isEqualTo(all);
    assertThat(release("communes", 2026).observedDays(ReleaseRows.MEASURES))
        .isEqualTo(firstsOfJanuary(2026));
    assertThat(release("communes", 2022).observedDays("epci"))
        .isEqualTo(firstsOfJanuary(2019, 2021, 2022));
    assertThat(release("epci", 2019).observedDays(ReleaseRows.CONCEPTS))
        .isEqualTo(firstsOfJanuary(2019));
    assertThat(
            Imports.registry(context)
                .catalog()
                .findRelease("nuts", "2024")
                .orElseThrow()
                .observed())
        .isEmpty();
  }

  @Test
  void every_date_since_2019_that_the_shipped_packs_worked_out_is_the_day_of_a_list() {
    assertThat(
            database.lines(
                """
                select f.name, l.edition, b.part, b.day, count(*)
                  from release l
                  join referential f on f.id = l.referential
                  join (select referential, releases, 'concepts' as part, unnest(array[lower(validity), upper(validity)]) as day from concept where derived
                        union all
                        select k.referential, k.releases, t.name, unnest(array[lower(k.validity), upper(k.validity)])
                          from link k join referential t on t.id = k.target_referential where k.derived) as b
                    on b.referential = l.referential and b.releases @> l.position
                 where b.day >= date '2019-01-01' and l.state = 'published'
                   and not coalesce(l.observed -> b.part, '[]') @> to_jsonb(b.day)
                 group by 1, 2, 3, 4 order by 1, 2, 3, 4
                """))
        .isEmpty();
  }

  @Test
  void a_list_adds_its_day_and_what_it_does_not_state_keeps_those_of_the_edition_before() {
    String id = Synthetic.describe(context);
    Random random = new Random(1);
    Coverage list = new Coverage(true, Set.of(id), true, false, false, null);
    Coverage codesAlone = new Coverage(true, Set.of(), true, true, false, null);
    published(Synthetic.run(context, List.of(Synthetic.list(id, 2020, random)), list));
    Edition second = Synthetic.list(id, 2022, random);
    second.links().clear();
    published(Synthetic.run(context, List.of(second), codesAlone));
    assertThat(release(id, 2020).observed())
        .isEqualTo(Map.of(ReleaseRows.CONCEPTS, firstsOfJanuary(2020), id, firstsOfJanuary(2020)));
    assertThat(release(id, 2022).observedDays(ReleaseRows.CONCEPTS))
        .isEqualTo(firstsOfJanuary(2020, 2022));
    assertThat(release(id, 2022).observedDays(id)).isEqualTo(firstsOfJanuary(2020));
    assertThat(release(id, 2022).observedDays(ReleaseRows.MEASURES))
        .isEqualTo(firstsOfJanuary(2022));
  }

  @Test
  void dates_that_a_publisher_states_were_not_seen_on_the_day_of_a_list() {
    String id = Synthetic.describe(context);
    Random random = new Random(2);
    Coverage list = new Coverage(true, Set.of(id), true, false, false, null);
    Coverage history = new Coverage(false, Set.of(id), true, false, true, null);
    published(Synthetic.run(context, List.of(Synthetic.list(id, 2020, random)), list));
    published(Synthetic.run(context, List.of(Synthetic.edition(id, 2021, random)), history));
    assertThat(release(id, 2021).observed()).isEqualTo(Map.of(id, firstsOfJanuary(2020, 2021)));
  }

  @Test
  void the_registry_keeps_what_the_files_state() {
    String id = Synthetic.describe(context);
    Edition edition = Synthetic.list(id, 2020, new Random(3));
    published(
        Synthetic.run(
            context, List.of(edition), new Coverage(true, Set.of(id), true, false, false, "^B")));
    assertThat(
            database.value(
                """
                select l.coverage = jsonb_build_object('snapshot', true, 'links', jsonb_build_array(f.name), 'linksAreSnapshot', true,
                                                       'measures', false, 'successions', false, 'uncoveredCodes', '^B')
                  from release l join referential f on f.id = l.referential where f.name = ?
                """,
                id))
        .isEqualTo("true");
  }
}
