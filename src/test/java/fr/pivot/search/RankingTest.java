package fr.pivot.search;

import static fr.pivot.crosswalk.SmallRegistry.broader;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.crosswalk.SmallRegistry;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Relation;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.search.Query.Mode;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is found is put in an order, and always in the same. */
class RankingTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private static SmallRegistry communes() {
    return new SmallRegistry()
        .referential("departements", Kind.TERRITORY, List.of(), 2026)
        .referential("communes", Kind.TERRITORY, List.of(broader("departements")), 2026)
        .named("departements", "x", "86", "Vienne")
        .named("departements", "x", "89", "Yonne");
  }

  private static List<Hit> ask(SmallRegistry facts, String text, Mode mode, String... under) {
    Registry registry = facts.build();
    return NameSearch.of(registry)
        .search(
            Points.find(registry, Points.reference("communes@2026"), TODAY),
            new Query(
                text,
                mode,
                Set.of(),
                under.length == 0
                    ? List.of()
                    : List.of(new Context("departements", List.of(under), false)),
                10));
  }

  private static List<String> codes(List<Hit> hits) {
    return hits.stream().map(Hit::code).toList();
  }

  @Test
  void of_names_alike_the_greater_population_comes_first_then_the_higher_level_then_the_code() {
    SmallRegistry facts =
        communes()
            .named("communes", "x", "00004", "Vaux")
            .named("communes", "y", "00001", "Vaux")
            .named("communes", "x", "00003", "Vaux")
            .named("communes", "x", "00002", "Vaux")
            .population("communes", "00002", 500)
            .population("communes", "00003", 20);
    assertThat(codes(ask(facts, "Vaux", Mode.WHOLE)))
        .containsExactly("00002", "00003", "00004", "00001");
    assertThat(ask(facts, "Vaux", Mode.WHOLE)).noneMatch(Hit::certain);
  }

  @Test
  void of_names_that_begin_so_the_shorter_comes_first() {
    SmallRegistry facts =
        communes()
            .named("communes", "x", "00001", "Vauxcéré")
            .named("communes", "x", "00002", "Vauxbons")
            .named("communes", "x", "00003", "Vauxtin");
    assertThat(codes(ask(facts, "vaux", Mode.TYPED))).containsExactly("00003", "00001", "00002");
  }

  @Test
  void the_name_itself_comes_before_a_greater_one_that_only_begins_so() {
    SmallRegistry facts =
        communes()
            .named("communes", "x", "00001", "Vauxcéré")
            .named("communes", "x", "00002", "Vaux")
            .population("communes", "00001", 90_000);
    List<Hit> hits = ask(facts, "vaux", Mode.TYPED);
    assertThat(codes(hits)).containsExactly("00002", "00001");
    assertThat(hits.getFirst().score()).isEqualTo(100);
    assertThat(hits.getFirst().certain()).isTrue();
    assertThat(hits.getLast().score()).isEqualTo(Ranking.BEGINNING);
  }

  @Test
  void the_code_comes_before_what_is_called_so_however_great_that_is() {
    SmallRegistry facts =
        communes()
            .named("communes", "x", "00001", "Aka")
            .named("communes", "x", "AKA", "Akan")
            .population("communes", "00001", 90_000);
    for (Mode mode : Mode.values()) {
      List<Hit> hits = ask(facts, "aka", mode);
      assertThat(codes(hits)).containsExactly("AKA", "00001");
      assertThat(hits).extracting(Hit::score).containsOnly(100.0);
      assertThat(hits.getFirst().certain()).isTrue();
      assertThat(hits.getLast().certain()).isFalse();
    }
  }

  @Test
  void what_is_known_beside_the_name_goes_before_the_population() {
    SmallRegistry facts =
        communes()
            .named("communes", "x", "00001", "Vaux")
            .named("communes", "x", "00002", "Vaux")
            .population("communes", "00001", 90_000)
            .link("communes", "00001", Relation.BROADER, "departements", "86")
            .link("communes", "00002", Relation.BROADER, "departements", "89");
    assertThat(codes(ask(facts, "Vaux", Mode.WHOLE))).containsExactly("00001", "00002");
    List<Hit> inYonne = ask(facts, "Vaux", Mode.WHOLE, "89");
    assertThat(codes(inYonne)).containsExactly("00002", "00001");
    assertThat(inYonne.getFirst().certain()).isTrue();
    assertThat(inYonne.getLast().score()).isEqualTo(100 * Ranking.CONTRADICTED);
  }

  @Test
  void a_former_name_leads_to_what_is_called_otherwise_today_and_scores_less() {
    SmallRegistry facts =
        communes()
            .named("communes", "x", "00001", "Vieuxbourg", null, "2019-01-01")
            .named("communes", "x", "00001", "Neuville", "2019-01-01", null);
    Hit hit = ask(facts, "Vieuxbourg", Mode.WHOLE).getFirst();
    assertThat(hit.code()).isEqualTo("00001");
    assertThat(hit.label()).isEqualTo("Neuville");
    assertThat(hit.former()).isEqualTo(new Hit.Former("00001", LocalDate.of(2019, 1, 1), null));
    assertThat(hit.score()).isEqualTo(97);
  }
}
