package fr.pivot.search;

import static fr.pivot.crosswalk.SmallRegistry.broader;
import static fr.pivot.crosswalk.SmallRegistry.several;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.crosswalk.SmallRegistry;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.RegistryCaches;
import fr.pivot.search.index.NameIndexFiles;
import fr.pivot.search.index.NameIndexes;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said beside a name means codes. */
class ContextsTest {

  private static final Registry REGISTRY =
      new SmallRegistry()
          .referential("regions", Kind.TERRITORY, List.of(), 2026)
          .referential("departements", Kind.TERRITORY, List.of(broader("regions")), 2026)
          .referential("postal", Kind.TERRITORY, List.of(), 2026)
          .referential(
              "communes", Kind.TERRITORY, List.of(broader("departements"), several("postal")), 2026)
          .named("regions", "x", "11", "Île-de-France")
          .named("regions", "x", "84", "Auvergne-Rhône-Alpes")
          .named("departements", "x", "1", "Ain")
          .named("departements", "x", "93", "Seine-Saint-Denis")
          .named("communes", "x", "01004", "Ambérieu-en-Bugey")
          .named("communes", "x", "93066", "Saint-Denis")
          .named("communes", "y", "93070", "Saint-Ouen-sur-Seine")
          .codes("postal", "93200", "93400")
          .link("departements", "1", Relation.BROADER, "regions", "84")
          .link("departements", "93", Relation.BROADER, "regions", "11")
          .link("communes", "01004", Relation.BROADER, "departements", "1")
          .link("communes", "93066", Relation.BROADER, "departements", "93")
          .link("communes", "93070", Relation.BROADER, "departements", "93")
          .link("communes", "93066", Relation.RELATED, "postal", "93200")
          .link("communes", "93070", Relation.RELATED, "postal", "93400")
          .build();

  private static final List<String> COMMUNES = List.of("01004", "93066", "93070");
  private static final Point POINT =
      Points.find(REGISTRY, Points.reference("communes@2026"), LocalDate.of(2026, 3, 1));

  private final NameIndexes indexes = new NameIndexes(REGISTRY, new NameIndexFiles(null), null);
  private final Contexts contexts =
      new Contexts(REGISTRY, indexes, new SearchMemory(new RegistryCaches()));

  /** The communes that a property leaves. */
  private List<String> left(String property, String... values) {
    return codes(contexts.find(POINT, new Context(property, List.of(values), false)).orElseThrow());
  }

  private static List<String> codes(Constraint constraint) {
    return Arrays.stream(((Constraint.Codes) constraint).ranks()).mapToObj(COMMUNES::get).toList();
  }

  @Test
  void a_departement_means_its_communes_by_its_code_and_by_its_name() {
    for (String said : List.of("93", "093", "Seine-Saint-Denis", "SEINE ST DENIS", " 93 ")) {
      assertThat(left("departements", said)).as(said).containsExactly("93066", "93070");
    }
    assertThat(left("departements", "93", "1")).isEqualTo(COMMUNES);
  }

  @Test
  void a_name_and_its_code_in_brackets_are_the_code() {
    assertThat(left("departements", "Ain (93)")).containsExactly("93066", "93070");
    assertThat(left("departements", "Ain (dans l'est)")).containsExactly("01004");
  }

  @Test
  void what_is_above_a_departement_means_the_communes_below_it() {
    assertThat(left("regions", "Île-de-France")).containsExactly("93066", "93070");
    assertThat(left("regions", "84")).containsExactly("01004");
  }

  @Test
  void the_nearest_referential_around_comes_first() {
    assertThat(new Surroundings(REGISTRY).listAround(POINT.referential()))
        .extracting(Referential::id)
        .containsExactly("departements", "postal", "regions");
  }

  @Test
  void a_text_alone_is_a_code_before_it_is_a_name() {
    assertThat(contexts.findAround(POINT, "84"))
        .contains(new Context("regions", List.of("84"), false));
    assertThat(contexts.findAround(POINT, "ain"))
        .contains(new Context("departements", List.of("ain"), false));
    assertThat(contexts.findAround(POINT, "nulle part")).isEmpty();
  }

  @Test
  void a_postal_code_alone_means_the_communes_that_it_serves() {
    assertThat(contexts.findLinked(POINT, "93200").map(ContextsTest::codes))
        .contains(List.of("93066"));
    assertThat(contexts.findLinked(POINT, "93")).isEmpty();
    assertThat(contexts.findLinked(POINT, "")).isEmpty();
  }

  @Test
  void a_level_a_code_and_what_nobody_knows() {
    assertThat(contexts.find(POINT, new Context("level", List.of("y"), false)))
        .contains(new Constraint.Levels(Set.of("y")));
    assertThat(left("code", "93066")).containsExactly("93066");
    assertThat(contexts.find(POINT, new Context("level", List.of("z"), false))).isEmpty();
    assertThat(contexts.find(POINT, new Context("departements", List.of("Oz"), false))).isEmpty();
    assertThat(contexts.find(POINT, new Context("colour", List.of("red"), false))).isEmpty();
    assertThat(contexts.knows(POINT, "colour")).isFalse();
    assertThat(contexts.knows(POINT, "Departements")).isTrue();
    assertThat(contexts.listProperties(POINT))
        .containsExactly("code", "departements", "level", "postal", "regions");
  }
}
