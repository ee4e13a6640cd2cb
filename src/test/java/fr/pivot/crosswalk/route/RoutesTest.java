package fr.pivot.crosswalk.route;

import static fr.pivot.crosswalk.SmallRegistry.broader;
import static fr.pivot.crosswalk.SmallRegistry.one;
import static fr.pivot.crosswalk.SmallRegistry.several;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.crosswalk.Crosswalk;
import fr.pivot.crosswalk.Probe;
import fr.pivot.crosswalk.SmallRegistry;
import fr.pivot.crosswalk.Status;
import fr.pivot.crosswalk.Translation;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.cog.CogFormat;
import fr.pivot.formats.pack.PackFormat;
import fr.pivot.importing.files.LocalFiles;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Relation;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which route is taken, and by which other way a code goes that it does not carry. */
class RoutesTest {

  private static String told(Registry registry, String from, String to, String code) {
    Translation translation = Probe.crosswalk(registry, from, to).translate(code);
    return translation.status().id()
        + ' '
        + translation.targets().stream().map(Arrival::code).collect(Collectors.joining("|"));
  }

  private static String route(List<Step> steps) {
    return steps.stream()
        .map(s -> s.getClass().getSimpleName() + ' ' + s.to())
        .collect(Collectors.joining("; "));
  }

  private static String route(Registry registry, String from, String to) {
    return route(Probe.crosswalk(registry, from, to).route());
  }

  private static InputFile file(String name, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new InputFile(name, () -> new ByteArrayInputStream(bytes));
  }

  /**
   * Lines of v_commune_2026.csv (1, 4, 4470, 4524, 4589) and of v_mvtcommune_2026.csv (1, 13549).
   */
  private static Registry marseille() throws IOException {
    ReadRegistry registry = new ReadRegistry();
    registry.read(
        new CogFormat(),
        List.of(
            file(
                "v_commune_2026.csv",
                """
                TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT
                COM,01004,84,01,01D,011,1,AMBERIEU EN BUGEY,Ambérieu-en-Bugey,Ambérieu-en-Bugey,0101,
                COM,13001,93,13,13D,131,1,AIX EN PROVENCE,Aix-en-Provence,Aix-en-Provence,1397,
                COM,13055,93,13,13D,133,0,MARSEILLE,Marseille,Marseille,1398,
                ARM,13201,93,13,13D,133,0,MARSEILLE 1ER ARRONDISSEMENT,Marseille 1er Arrondissement,Marseille 1er Arrondissement,1398,13055
                """),
            file(
                "v_mvtcommune_2026.csv",
                """
                MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP
                20,1946-10-18,COM,13055,0,MARSEILLE,Marseille,Marseille,ARM,13201,0,MARSEILLE 1ER ARRONDISSEMENT,Marseille 1er Arrondissement,Marseille 1er Arrondissement
                """)),
        "2026");
    for (String referential : List.of("departements", "regions")) {
      try (Stream<Path> files = Files.list(Path.of("referentials", referential, "2019-2026"))) {
        registry.read(new PackFormat(), files.sorted().map(LocalFiles::of).toList(), null);
      }
    }
    return registry.toRegistry();
  }

  @Test
  void a_commune_is_in_its_departement_and_not_in_that_of_arrondissements_it_does_not_have()
      throws IOException {
    Registry registry = marseille();
    assertThat(route(registry, "communes@2018-01-01", "departements@2026"))
        .isEqualTo("ThroughTime communes@2026,2026-01-01; AlongLinks departements@2026,2026-01-01");
    assertThat(told(registry, "communes@2018-01-01", "departements@2026", "01004"))
        .isEqualTo("single 01");
    assertThat(told(registry, "communes@2018-01-01", "departements@2026", "13055"))
        .isEqualTo("merged 13");
    assertThat(told(registry, "communes@1999-01-01", "regions@2026", "01004"))
        .isEqualTo("single 84");
    assertThat(told(registry, "arrondissements-municipaux@2018-01-01", "regions@2026", "13201"))
        .isEqualTo("single 93");
  }

  /**
   * La Poste writes to the arrondissements of Paris and not to Paris (75101;75001), so that a table
   * or links made of its lines do not name 75056.
   */
  private static SmallRegistry postal() {
    return new SmallRegistry()
        .referential("departements", Kind.TERRITORY, List.of(), 2026)
        .referential("postal", Kind.TERRITORY, List.of(), 2026)
        .referential(
            "communes", Kind.TERRITORY, List.of(broader("departements"), several("postal")), 2026)
        .referential(
            "districts", Kind.TERRITORY, List.of(broader("communes"), several("postal")), 2026)
        .codes("departements", "13", "69", "75")
        .codes("communes", "13001", "69123", "69266", "75056", "97501")
        .codes("districts", "69381", "75101", "75102")
        .codes("postal", "13100", "69001", "69100", "75001", "75002")
        .link("communes", "13001", Relation.BROADER, "departements", "13")
        .link("communes", "69123", Relation.BROADER, "departements", "69")
        .link("communes", "69266", Relation.BROADER, "departements", "69")
        .link("communes", "75056", Relation.BROADER, "departements", "75")
        .link("districts", "69381", Relation.BROADER, "communes", "69123")
        .link("districts", "75101", Relation.BROADER, "communes", "75056")
        .link("districts", "75102", Relation.BROADER, "communes", "75056")
        .link("communes", "13001", Relation.RELATED, "postal", "13100")
        .link("communes", "69266", Relation.RELATED, "postal", "69100")
        .link("districts", "69381", Relation.RELATED, "postal", "69001")
        .link("districts", "75101", Relation.RELATED, "postal", "75001")
        .link("districts", "75102", Relation.RELATED, "postal", "75002");
  }

  @Test
  void what_is_stated_of_the_arrondissements_of_paris_is_true_of_paris() {
    Registry registry = postal().build();
    Crosswalk crosswalk = Probe.crosswalk(registry, "communes@2026", "postal@2026");
    assertThat(route(crosswalk.route())).isEqualTo("AlongLinks postal@2026,2026-01-01");
    assertThat(crosswalk.translate("13001").detour()).isNull();
    Translation paris = crosswalk.translate("75056");
    assertThat(paris.targets().stream().map(Arrival::code)).containsExactly("75001", "75002");
    assertThat(route(Objects.requireNonNull(paris.detour())))
        .isEqualTo("AlongLinks districts@2026,2026-01-01; AlongLinks postal@2026,2026-01-01");
    assertThat(told(registry, "communes@2026", "postal@2026", "97501")).isEqualTo("none ");
  }

  @Test
  void a_departement_keeps_the_postal_codes_of_a_commune_that_states_none_itself() {
    Registry registry = postal().build();
    Translation rhone =
        Probe.crosswalk(registry, "departements@2026", "postal@2026").translate("69");
    assertThat(rhone.targets().stream().map(Arrival::code)).containsExactly("69001", "69100");
    assertThat(route(Objects.requireNonNull(rhone.detour())))
        .isEqualTo(
            "AlongLinks communes@2026,2026-01-01; AlongLinks postal@2026,2026-01-01; "
                + "AlongLinks districts@2026,2026-01-01; AlongLinks postal@2026,2026-01-01");
  }

  @Test
  void a_table_that_lists_some_codes_leaves_the_others_their_links() {
    Registry registry =
        postal().line("communes@2026", "postal@2026", Match.RELATED, "69266", "69100").build();
    Crosswalk crosswalk = Probe.crosswalk(registry, "communes@2026", "postal@2026");
    assertThat(crosswalk.route().getFirst()).isInstanceOf(Step.ByTable.class);
    assertThat(told(registry, "communes@2026", "postal@2026", "69266")).isEqualTo("single 69100");
    assertThat(told(registry, "communes@2026", "postal@2026", "13001")).isEqualTo("single 13100");
    assertThat(told(registry, "postal@2026", "communes@2026", "13100")).isEqualTo("single 13001");
    assertThat(crosswalk.listAll().stream().filter(t -> t.status() == Status.NONE))
        .extracting(Translation::code)
        .containsExactly("97501");
  }

  @Test
  void who_else_leads_to_a_target_is_the_same_for_one_code_and_for_all() {
    Registry registry =
        postal()
            .link("districts", "75102", Relation.RELATED, "postal", "13100")
            .line("communes@2026", "postal@2026", Match.RELATED, "69266", "69100")
            .build();
    for (String from : List.of("communes@2026", "departements@2026", "districts@2026")) {
      Crosswalk crosswalk = Probe.crosswalk(registry, from, "postal@2026");
      for (Translation translation : crosswalk.listAll()) {
        assertThat(crosswalk.translate(translation.code())).isEqualTo(translation);
      }
    }
    assertThat(told(registry, "communes@2026", "postal@2026", "13001")).isEqualTo("merged 13100");
  }

  @Test
  void neighbours_are_no_answer() {
    // 97501 shares the postal code 13100 here; that makes it neither Aix nor of its département.
    Registry registry =
        postal().link("communes", "97501", Relation.RELATED, "postal", "13100").build();
    assertThat(told(registry, "communes@2026", "departements@2026", "97501")).isEqualTo("none ");
    assertThat(told(registry, "communes@2026", "districts@2026", "97501")).isEqualTo("none ");
  }

  /** The SIREN of Lyon is no EPCI's, and that of its métropole is no commune's. */
  @Test
  void a_name_is_that_of_the_unit_itself() {
    Registry registry =
        new SmallRegistry()
            .referential("epci", Kind.TERRITORY, List.of(), 2026)
            .referential("communes", Kind.TERRITORY, List.of(broader("epci"), one("siren")), 2026)
            .referential("siren", Kind.ENTITY, List.of(one("communes"), one("epci")), 2026)
            .codes("epci", "200046977")
            .codes("communes", "69123", "69266")
            .codes("siren", "216901231", "200046977")
            .link("communes", "69123", Relation.BROADER, "epci", "200046977")
            .link("communes", "69266", Relation.BROADER, "epci", "200046977")
            .link("communes", "69123", Relation.RELATED, "siren", "216901231")
            .link("siren", "216901231", Relation.RELATED, "communes", "69123")
            .link("siren", "200046977", Relation.RELATED, "epci", "200046977")
            .build();
    assertThat(told(registry, "siren@2026", "communes@2026", "216901231"))
        .isEqualTo("single 69123");
    assertThat(told(registry, "siren@2026", "communes@2026", "200046977")).isEqualTo("none ");
    assertThat(told(registry, "siren@2026", "epci@2026", "200046977"))
        .isEqualTo("single 200046977");
    assertThat(told(registry, "communes@2026", "siren@2026", "69266")).isEqualTo("none ");
  }

  @Test
  void time_is_passed_among_communes_and_not_among_regions() {
    // Limousin and Aquitaine became one région in 2016; a commune went over to another one before.
    Registry registry =
        new SmallRegistry()
            .referential("regions", Kind.TERRITORY, List.of(), 2026)
            .referential("communes", Kind.TERRITORY, List.of(broader("regions")), 2026)
            .code("regions", "x", "72", null, "2016-01-01")
            .code("regions", "x", "75", "2016-01-01", null)
            .codes("regions", "84")
            .codes("communes", "33063", "15001")
            .link("communes", "33063", Relation.BROADER, "regions", "72")
            .link("communes", "33063", Relation.BROADER, "regions", "75")
            .link("communes", "15001", Relation.BROADER, "regions", "84")
            .succession("regions", "2016-01-01", "72", SuccessionKind.MERGED, "regions", "75")
            .succession(
                "communes", "1990-01-01", "15999", SuccessionKind.MERGED, "communes", "15001")
            .build();
    assertThat(route(registry, "communes@1999-01-01", "regions@2026"))
        .isEqualTo("ThroughTime communes@2026,2026-01-01; AlongLinks regions@2026,2026-01-01");
    assertThat(route(registry, "regions@2026", "communes@1999-01-01"))
        .isEqualTo("AlongLinks communes@2026,2026-01-01; ThroughTime communes@2026,1999-01-01");
  }

  /** 46.89Y of NAF 2025 has no ancestor in INSEE's table, though its NACE class has one. */
  @Test
  void what_the_table_of_a_nomenclature_leaves_out_becomes_nothing() {
    SmallRegistry facts =
        new SmallRegistry()
            .referential("nace", Kind.NOMENCLATURE, List.of(), 2008, 2025)
            .referential("naf", Kind.NOMENCLATURE, List.of(one("nace")), 2008, 2025)
            .codes("nace", "46.89", "46.90")
            .code("naf", "x", "46.89", null, null)
            .code("naf", "y", "46.89Y", null, null)
            .code("naf", "y", "46.90Z", null, null)
            .link("naf", "46.89", Relation.RELATED, "nace", "46.89")
            .link("naf", "46.89Y", Relation.RELATED, "nace", "46.89")
            .link("naf", "46.90Z", Relation.RELATED, "nace", "46.90")
            .line("nace@2008", "nace@2025", Match.EXACT, "46.89", "46.89")
            .line("nace@2008", "nace@2025", Match.EXACT, "46.90", "46.90");
    assertThat(told(facts.build(), "naf@2025", "naf@2008", "46.89Y"))
        .isEqualTo("ambiguous 46.89|46.89Y");
    Registry published =
        facts.line("naf@2008", "naf@2025", Match.EXACT, "46.90Z", "46.90Z").build();
    assertThat(told(published, "naf@2025", "naf@2008", "46.89Y")).isEqualTo("none ");
    assertThat(told(published, "naf@2025", "naf@2008", "46.90Z")).isEqualTo("single 46.90Z");
    // The table does not list classes: what it does not speak of goes on by the NACE.
    assertThat(told(published, "naf@2025", "naf@2008", "46.89")).startsWith("ambiguous");
    // Between the nomenclatures, the finer one changes its edition.
    assertThat(route(published, "naf@2008", "nace@2025"))
        .isEqualTo("ByTable naf@2025,2025-01-01; AlongLinks nace@2025,2025-01-01");
    assertThat(route(published, "nace@2025", "naf@2008"))
        .isEqualTo("AlongLinks naf@2025,2025-01-01; ByTable naf@2008,2008-01-01");
  }
}
