package fr.pivot.importing;

import static fr.pivot.importing.Imports.cog;
import static fr.pivot.importing.Imports.digests;
import static fr.pivot.importing.Imports.published;
import static fr.pivot.importing.Imports.registry;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.Release;
import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.SharedFiles;
import fr.pivot.formats.cog.OfficialFiles;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import fr.pivot.text.sheet.Delimited;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * All files of one edition of the COG over the shipped referentials: first those that the README
 * names, then those of the collectivities and cantons. What a file does not cover goes on.
 */
@PivotTest(Holding.SHIPPED_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoverageImportTest {

  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

  private final TestDatabase database;
  private final ApplicationContext context;
  private ImportOutcome readme;
  private ImportOutcome beside;
  private Map<String, String> digests;
  private Registry registry;

  CoverageImportTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  @BeforeAll
  void importAll() throws IOException {
    OfficialFiles.events(2026);
    // INSEE's lists above the commune are alike in these years: no département or région changed.
    InputFile[] files = {
      OfficialFiles.communes(2026),
      OfficialFiles.events(2026),
      as("v_arrondissement_2026.csv", "insee_cog/v_arrondissement_2024.csv"),
      as("v_departement_2026.csv", "insee_cog/v_departement_2024.csv"),
      as("v_region_2026.csv", "insee_cog/v_region_2024.csv")
    };
    readme = cog(context, files);
    digests = digests(database);
    beside =
        cog(
            context,
            laidOut(
                "v_comer_2026.csv",
                "COMER,TNCC,NCC,NCCENR,LIBELLE",
                "insee_cog/collectivites-outremer_etalab.csv",
                "code_collectivite,,,,nom_collectivite"),
            laidOut(
                "v_commune_comer_2026.csv",
                "COM_COMER,TNCC,NCC,NCCENR,LIBELLE,NATURE_ZONAGE,COMER,LIBELLE_COMER",
                "insee_cog/collectivites-outremer_etalab.csv",
                "code_commune,,,,nom_commune,,code_collectivite,nom_collectivite"),
            laidOut(
                "v_ctcd_2026.csv",
                "CTCD,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE",
                "insee_cog/cog-collectivities@2025.csv",
                "code,region_code,capital_code,,simple_name,single_name,name"),
            laidOut(
                "v_canton_2026.csv",
                "CAN,DEP,REG,COMPCT,BURCENTRAL,TNCC,NCC,NCCENR,LIBELLE,TYPECT",
                "insee_cog/cog-cantons@2025.csv",
                "code,department_code,region_code,composition_id,capital_code,article_id,simple_name,"
                    + "single_name,name,type_code"));
    registry = registry(context);
  }

  private static InputFile as(String name, String path) {
    return new InputFile(name, SharedFiles.get(path).content());
  }

  /** A file with the columns of INSEE's, made of those of a copy that names them otherwise. */
  private static InputFile laidOut(String name, String header, String path, String columns)
      throws IOException {
    InputFile copy = SharedFiles.get(path);
    StringBuilder text = new StringBuilder(header).append('\n');
    Map<String, String> lines = new TreeMap<>();
    try (Delimited file =
        Delimited.open(copy.name(), copy.content()::open, new Findings()).orElseThrow()) {
      file.forEach(
          row -> {
            String line =
                List.of(columns.split(",", -1)).stream()
                    .map(c -> c.isEmpty() ? "" : '"' + row.get(c) + '"')
                    .collect(Collectors.joining(","));
            lines.put(line.split(",", 2)[0], line);
          });
    }
    lines.values().forEach(line -> text.append(line).append('\n'));
    byte[] bytes = text.toString().getBytes(UTF_8);
    return new InputFile(name, () -> new ByteArrayInputStream(bytes));
  }

  private Codes book(String referential) {
    return registry.findCodes(referential).orElseThrow();
  }

  private Release release(String referential) {
    return registry.catalog().findRelease(referential, "2026").orElseThrow();
  }

  private List<String> states(String referential, String code) {
    return book(referential).listStates(code, release(referential)).stream()
        .map(s -> s.validity().from() + " " + s.validity().to() + " " + s.level() + " " + s.label())
        .toList();
  }

  private List<String> links(String code, String referential) {
    return book("communes").listLinks(code, release("communes"), DAY).stream()
        .filter(link -> link.referential().equals(referential))
        .map(Link::target)
        .toList();
  }

  private List<ConceptState> inForce(String referential, Predicate<ConceptState> which) {
    return book(referential).listInForce(release(referential), DAY).stream()
        .map(code -> book(referential).listStates(code, release(referential)).getLast())
        .filter(which)
        .toList();
  }

  @Test
  void the_import_of_the_readme_is_published_as_printed() {
    published(readme);
    assertThat(readme.findings().list().stream().map(Finding::rule))
        .doesNotContain(Rule.COUNT_DROP, Rule.DANGLING_TARGET);
  }

  @Test
  void the_overseas_collectivities_go_on_beside_the_departements_and_regions() {
    assertThat(inForce("departements", s -> s.level().equals("departement"))).hasSize(101);
    assertThat(inForce("departements", s -> s.level().equals("collectivite"))).hasSize(8);
    assertThat(inForce("regions", s -> s.level().equals("region"))).hasSize(18);
    assertThat(inForce("regions", s -> s.level().equals("collectivite"))).hasSize(8);
    assertThat(states("departements", "987"))
        .containsExactly(
            "1943-01-01 1957-07-26 collectivite Établissements français de l'Océanie",
            "1957-07-26 null collectivite Polynésie française");
    assertThat(states("regions", "977"))
        .containsExactly("2007-02-23 null collectivite Saint-Barthélemy");
  }

  @Test
  void what_the_files_add_to_a_name_begins_no_new_state() {
    assertThat(states("departements", "01")).containsExactly("1943-01-01 null departement Ain");
    assertThat(states("regions", "84"))
        .containsExactly("2016-01-01 null region Auvergne-Rhône-Alpes");
  }

  @Test
  void the_communes_overseas_keep_their_history_and_their_collectivity() {
    assertThat(states("communes", "98735")).containsExactly("1943-01-01 null commune Papeete");
    assertThat(states("communes", "97701"))
        .containsExactly("2007-02-23 null commune Saint-Barthélemy");
    assertThat(links("98735", "departements")).containsExactly("987");
    assertThat(links("98735", "codes-postaux")).isNotEmpty();
    assertThat(book("communes").listInForce(release("communes"), DAY)).hasSize(34_969);
  }

  @Test
  void collectivities_with_the_powers_of_a_departement_are_answered() {
    published(beside);
    // 972R, 973R, 974D, 976D and 971D; 69D and 69M share a département, 6AE and 20R have two each.
    assertThat(inForce("ctcd", s -> true)).hasSize(100);
    assertThat(states("ctcd", "69M")).hasSize(1).first().asString().endsWith("Métropole de Lyon");
    assertThat(links("69123", "ctcd")).containsExactly("69M");
    assertThat(links("68066", "ctcd")).containsExactly("6AE");
    assertThat(links("2A004", "ctcd")).containsExactly("20R");
    assertThat(links("75056", "ctcd")).containsExactly("75C");
  }

  @Test
  void cantons_are_answered_and_what_is_none_says_so() {
    assertThat(
            inForce("cantons", s -> true).stream()
                .collect(Collectors.groupingBy(ConceptState::level, Collectors.counting())))
        .isEqualTo(Map.of("canton", 2054L, "canton-ville", 219L, "canton-commune-nouvelle", 20L));
    assertThat(links("01004", "cantons")).containsExactly("0101");
    // Marseille is shared by twelve cantons.
    assertThat(links("13055", "cantons")).containsExactly("1398");
    assertThat(states("cantons", "1398").getFirst()).contains("canton-ville");
    // Martinique has none.
    assertThat(links("97209", "cantons")).isEmpty();
    long linked =
        book("communes").listInForce(release("communes"), DAY).stream()
            .filter(code -> !links(code, "cantons").isEmpty())
            .count();
    assertThat(linked).isEqualTo(34_819);
  }

  @Test
  void another_file_of_the_edition_leaves_what_it_does_not_cover() {
    // The list of the collectivities alone changes neither the départements nor their history.
    assertThat(digests).containsKeys("departements@2026", "regions@2026", "communes@2026");
    assertThat(links("11293", "epci")).containsExactly("200035715");
    assertThat(states("communes", "14666"))
        .containsExactly(
            "1943-01-01 2017-01-01 commune Sannerville", "2019-12-31 null commune Sannerville");
  }
}
