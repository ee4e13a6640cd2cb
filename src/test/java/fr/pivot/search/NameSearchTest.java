package fr.pivot.search;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.search.Hit.Kind;
import fr.pivot.search.Query.Mode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Names lead to codes, in what ships with Pivot; today is 1 March 2026. */
class NameSearchTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  @SuppressWarnings("NullAway.Init")
  private static NameSearch search;

  @BeforeAll
  static void read() throws IOException {
    search = NameSearch.of(ReadRegistry.shipped());
  }

  private static List<Hit> ask(String reference, String text, Mode mode, String... contexts) {
    Registry registry = search.registry();
    return search.search(
        Points.find(registry, Points.reference(reference), TODAY),
        new Query(
            text,
            mode,
            Set.of(),
            Arrays.stream(contexts)
                .map(c -> c.split("=", 2))
                .map(c -> new Context(c[0], List.of(c[1]), false))
                .toList(),
            10));
  }

  private static Hit best(String reference, String name, String... contexts) {
    return ask(reference, name, Mode.WHOLE, contexts).getFirst();
  }

  private static List<String> codes(List<Hit> hits) {
    return hits.stream().map(Hit::code).toList();
  }

  @Test
  void ways_of_writing_a_name_are_one_name() {
    for (String name :
        List.of(
            "Le Mont-Saint-Michel",
            "LE MONT ST MICHEL",
            "Mont-Saint-Michel (Le)",
            "MONT SAINT MICHEL LE",
            "le mont saint michel",
            "LeMontSaintMichel",
            "Mt St-Michel")) {
      Hit hit = best("communes", name);
      assertThat(hit.code()).as(name).isEqualTo("50353");
      assertThat(hit.kind()).as(name).isEqualTo(Kind.NAME);
      assertThat(hit.certain()).as(name).isTrue();
    }
    assertThat(best("communes", "Villeneuve d’Ascq").code()).isEqualTo("59009");
    assertThat(best("communes", "COMMUNE DE VILLENEUVE D'ASCQ").code()).isEqualTo("59009");
    assertThat(best("arrondissements-municipaux", "Paris 12ème arr.").code()).isEqualTo("75112");
    assertThat(best("arrondissements-municipaux", "Lyon 3").code()).isEqualTo("69383");
    assertThat(best("epci", "Communauté d'agglomération du Pays de Gex").code())
        .isEqualTo("240100750");
    assertThat(best("iso-3166-1", "Bolivie").code()).isEqualTo("BO");
    assertThat(best("iso-3166-1", "Germany").code()).isEqualTo("DE");
  }

  @Test
  void regions_are_found_by_short_names_and_by_those_of_regions_that_ended() {
    Hit paca = best("regions", "PACA");
    assertThat(paca.code()).isEqualTo("93");
    assertThat(paca.certain()).isFalse();
    Hit heir = best("regions", "Rhône-Alpes");
    assertThat(heir.code()).isEqualTo("84");
    assertThat(heir.former()).isEqualTo(new Hit.Former("82", LocalDate.of(2016, 1, 1), null));
    assertThat(best("regions@2015-01-01", "Rhône-Alpes").code()).isEqualTo("82");
    assertThat(best("regions@2015-01-01", "Rhône-Alpes").certain()).isTrue();
    assertThat(best("departements@1967-06-01", "Seine-et-Oise").code()).isEqualTo("78");
  }

  @Test
  void what_stands_beside_a_name_says_where_it_is() {
    for (String name :
        List.of(
            "St Denis (93)",
            "Saint-Denis 93",
            "93200 Saint-Denis",
            "93 - SAINT DENIS",
            "Saint-Denis, Seine-Saint-Denis",
            "93200 SAINT DENIS CEDEX 2",
            "Saint-Denis (Seine-Saint-Denis)")) {
      Hit hit = best("communes", name);
      assertThat(hit.code()).as(name).isEqualTo("93066");
      assertThat(hit.certain()).as(name).isTrue();
    }
    assertThat(best("communes", "Saint-Denis 974").code()).isEqualTo("97411");
    assertThat(best("communes", "Saint-Denis (Réunion)").code()).isEqualTo("97411");
    assertThat(best("communes", "Saint-Denis").certain()).isFalse();
  }

  @Test
  void what_else_is_known_decides_between_namesakes() {
    assertThat(best("communes", "Saint-Denis", "departement=93").code()).isEqualTo("93066");
    assertThat(best("communes", "Saint-Denis", "code_dep=974").code()).isEqualTo("97411");
    assertThat(best("communes", "Saint-Denis", "codePostal=11310").code()).isEqualTo("11339");
    assertThat(best("communes", "Saint-Denis", "region=Occitanie", "departement=Gard").code())
        .isEqualTo("30247");
    assertThat(best("communes", "Saint-Denis", "population=150000").code()).isIn("93066", "97411");
    assertThat(best("communes", "La Haye", "departement=50").code()).isEqualTo("50236");
    assertThat(best("epci", "Pays de Gex", "departement=1").code()).isEqualTo("240100750");
    Hit contradicted = best("communes", "Valserhône", "departement=93");
    assertThat(contradicted.code()).isEqualTo("01033");
    assertThat(contradicted.score()).isEqualTo(70);
    assertThat(contradicted.certain()).isFalse();
  }

  @Test
  void letters_may_be_wrong() {
    assertThat(best("communes", "Marsielle").code()).isEqualTo("13055");
    assertThat(best("communes", "Vileurbane").code()).isEqualTo("69266");
    assertThat(best("communes", "Provence Aix en").code()).isEqualTo("13001");
    assertThat(best("communes", "Clermond Ferran", "departement=63").code()).isEqualTo("63113");
    assertThat(best("communes", "Marsielle").certain()).isFalse();
    assertThat(best("communes", "Marsielle").kind()).isEqualTo(Kind.SPELLING);
    assertThat(ask("communes", "zzzzqqq", Mode.WHOLE)).isEmpty();
  }

  @Test
  void a_former_name_leads_to_what_became_of_it() {
    Hit renamed = best("communes", "Châlons-sur-Marne");
    assertThat(renamed.code()).isEqualTo("51108");
    assertThat(renamed.label()).isEqualTo("Châlons-en-Champagne");
    assertThat(renamed.former()).isEqualTo(new Hit.Former("51108", LocalDate.of(1998, 1, 4), null));
    Hit merged = best("communes", "Châtillon-en-Michaille");
    assertThat(merged.code()).isEqualTo("01033");
    assertThat(merged.former()).isEqualTo(new Hit.Former("01091", LocalDate.of(2019, 1, 1), null));
    assertThat(merged.certain()).isTrue();
    // Saline was divided again in 2021: nobody can say which of the two is meant.
    List<Hit> divided = ask("communes", "Saline", Mode.WHOLE);
    assertThat(codes(divided)).startsWith("14712", "14666");
    assertThat(divided.getFirst().certain()).isFalse();
  }

  @Test
  void names_are_those_of_the_day() {
    assertThat(best("communes@2018-06-01", "Châtillon-en-Michaille").code()).isEqualTo("01091");
    assertThat(best("communes@2018-06-01", "Châtillon-en-Michaille").former()).isNull();
    assertThat(best("communes@2018-06-01", "Saline").code()).isEqualTo("14712");
  }

  @Test
  void a_code_is_found_as_a_code() {
    Hit code = best("communes", "01004");
    assertThat(code.kind()).isEqualTo(Kind.CODE);
    assertThat(code.score()).isEqualTo(100);
    assertThat(code.certain()).isTrue();
    assertThat(best("communes", "1004").code()).isEqualTo("01004");
    assertThat(best("communes", "1004").certain()).isFalse();
    assertThat(best("naf@rev2", "6201z").code()).isEqualTo("62.01Z");
    Hit former = best("communes", "01091");
    assertThat(former.code()).isEqualTo("01033");
    assertThat(codes(ask("communes", "93430", Mode.WHOLE))).containsExactly("93079");
    assertThat(best("communes", "93430").kind()).isEqualTo(Kind.LINKED);
  }

  @Test
  void what_is_typed_begins_names_and_the_greatest_come_first() {
    assertThat(ask("communes", "par", Mode.TYPED).getFirst().code()).isEqualTo("75056");
    assertThat(codes(ask("communes", "saint-d", Mode.TYPED))).startsWith("97411", "93066");
    assertThat(codes(ask("communes", "la roch", Mode.TYPED))).startsWith("17300", "85191");
    assertThat(codes(ask("naf@rev2", "fruits legumes gros", Mode.TYPED)))
        .startsWith("46.31", "46.31Z");
    assertThat(codes(ask("communes", "0100", Mode.TYPED)))
        .contains("01001", "01002", "01004", "01005")
        .doesNotContain("01003");
  }

  @Test
  void one_name_of_two_levels_is_not_certain_until_the_level_is_said() {
    assertThat(best("naf@rev2", "Programmation informatique").certain()).isFalse();
    Hit subclass = best("naf@rev2", "Programmation informatique", "level=sous-classe");
    assertThat(subclass.code()).isEqualTo("62.01Z");
    assertThat(subclass.certain()).isTrue();
  }

  @Test
  void no_text_is_too_odd() {
    for (String text :
        List.of(
            "'",
            "(",
            ")",
            "((((",
            "-",
            "´",
            "\uD83D\uDE00",
            "١٢٣",
            "a".repeat(5_000),
            "saint ".repeat(500),
            "L'",
            "()",
            "93200",
            "( )",
            "\u0000",
            "Ⅻ",
            "ﬁ",
            "ß")) {
      for (Mode mode : Mode.values()) {
        for (String reference : List.of("communes", "naf@rev2", "iso-3166-1", "epci")) {
          assertThat(ask(reference, text, mode)).as(text).hasSizeLessThanOrEqualTo(10);
        }
      }
    }
  }
}
