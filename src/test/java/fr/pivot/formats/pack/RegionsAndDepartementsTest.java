package fr.pivot.formats.pack;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.pivot.finding.Findings;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.SharedFiles;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Succession;
import fr.pivot.text.Words;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The régions since 1960 and the départements since 1943, held against the laws that made them. */
class RegionsAndDepartementsTest {

  private static final Map<String, List<ReadRelease>> RELEASES = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    Findings findings = new Findings();
    for (String referential : List.of("regions", "departements", "communes")) {
      RELEASES.put(
          referential,
          ReadRelease.readAll(Path.of("referentials", referential, "2019-2026"), findings));
    }
    assertThat(findings.list()).isEmpty();
  }

  private static ReadRelease regions() {
    return requireLast("regions");
  }

  private static ReadRelease departements() {
    return requireLast("departements");
  }

  private static ReadRelease communes() {
    return requireLast("communes");
  }

  private static ReadRelease requireLast(String referential) {
    return RELEASES.getOrDefault(referential, List.of()).getLast();
  }

  private static LocalDate day(String iso) {
    return LocalDate.parse(iso);
  }

  /** What a code was on a day, or nothing. */
  private static String label(ReadRelease release, String code, String day) {
    return release.find(code, day(day)).map(ConceptState::label).orElse("");
  }

  private static List<String> inForce(ReadRelease release, String level, String day) {
    return release.states().stream()
        .filter(s -> s.level().equals(level) && s.validity().contains(day(day)))
        .map(ConceptState::code)
        .toList();
  }

  private static String region(String departement, String day) {
    return String.join(" ", departements().targets(departement, "regions", day(day)));
  }

  private static String heirs(ReadRelease release, String code, String day) {
    return release.successors(code, day(day)).stream()
        .map(s -> s.substring(s.indexOf(':') + 1))
        .collect(Collectors.joining(", "));
  }

  /** Law 64-707 of 10 July 1964, in force on 1 January 1968. */
  @Test
  void seine_was_divided_in_1968() {
    assertThat(label(departements(), "75", "1967-12-31")).isEqualTo("Seine");
    assertThat(label(departements(), "75", "1968-01-01")).isEqualTo("Paris");
    assertThat(heirs(departements(), "75", "1968-01-01"))
        .isEqualTo("75 split, 92 split, 93 split, 94 split");
  }

  @Test
  void seine_et_oise_was_divided_in_1968() {
    assertThat(label(departements(), "78", "1967-06-01")).isEqualTo("Seine-et-Oise");
    assertThat(label(departements(), "78", "1968-01-01")).isEqualTo("Yvelines");
    assertThat(heirs(departements(), "78", "1968-01-01"))
        .isEqualTo("78 split, 91 split, 92 split, 93 split, 94 split, 95 split");
    assertThat(label(departements(), "91", "1967-12-31")).isEmpty();
    assertThat(label(departements(), "95", "1968-01-01")).isEqualTo("Val-d'Oise");
  }

  /** INSEE's events give all communes of the Seine and of Seine-et-Oise but some a new code. */
  @Test
  void the_communes_of_1967_went_where_their_departements_did() {
    Set<String> went =
        communes().successions().stream()
            .filter(s -> s.date().equals(day("1968-01-01")))
            .filter(s -> s.code() != null && s.codeAfter() != null)
            .map(s -> s.code().substring(0, 2) + ' ' + s.codeAfter().substring(0, 2))
            .filter(s -> s.matches("7[58] (?:7[58]|9.)"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> said =
        departements().successions().stream()
            .filter(s -> s.date().equals(day("1968-01-01")))
            .filter(s -> !String.valueOf(s.code()).equals(s.codeAfter()))
            .map(s -> s.code() + ' ' + s.codeAfter())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(went).isEqualTo(said).hasSize(8);
  }

  @Test
  void a_commune_of_1967_lay_in_the_departement_of_its_day() {
    assertThat(communes().targets("75056", "departements", day("1967-12-31")))
        .containsExactly("75");
    // Alfortville, 94002 since, and Argenteuil, 95018 since.
    assertThat(communes().targets("75001", "departements", day("1967-12-31")))
        .containsExactly("75");
    assertThat(communes().targets("94002", "departements", day("1968-01-01")))
        .containsExactly("94");
    assertThat(communes().targets("95018", "departements", day("1968-01-01")))
        .containsExactly("95");
  }

  /** Law 75-356 of 15 May 1975. */
  @Test
  void corsica_became_two_departements_in_1976() {
    assertThat(heirs(departements(), "20", "1976-01-01")).isEqualTo("2A split, 2B split");
    assertThat(label(departements(), "20", "1975-12-31")).isEqualTo("Corse");
    assertThat(label(departements(), "20", "1976-01-01")).isEmpty();
  }

  /** The minister of the interior's answer to written question 64843 of 2005 lists all of them. */
  @Test
  void six_departements_changed_their_name_since_1941() {
    assertThat(
            departements().successions().stream()
                .filter(s -> s.kind().id().equals("renamed"))
                .filter(s -> !String.valueOf(s.code()).startsWith("98"))
                .map(RegionsAndDepartementsTest::renaming))
        .containsExactly(
            "1955-01-18 Seine-Inférieure > Seine-Maritime",
            "1957-03-09 Loire-Inférieure > Loire-Atlantique",
            "1969-10-10 Basses-Pyrénées > Pyrénées-Atlantiques",
            "1970-04-13 Basses-Alpes > Alpes-de-Haute-Provence",
            "1990-02-27 Côtes-du-Nord > Côtes-d'Armor");
    // The sixth, of 1941, is older than what is told.
    assertThat(label(departements(), "17", "1943-01-01")).isEqualTo("Charente-Maritime");
  }

  private static String renaming(Succession succession) {
    String code = String.valueOf(succession.code());
    return succession.date()
        + " "
        + label(departements(), code, succession.date().minusDays(1).toString())
        + " > "
        + label(departements(), code, succession.date().toString());
  }

  /** Law 46-451 of 19 March 1946; INSEE begins their communes on 21 March. */
  @Test
  void four_colonies_became_departements_in_1946() {
    for (String code : List.of("971", "972", "973", "974")) {
      assertThat(label(departements(), code, "1946-03-20")).isEmpty();
      assertThat(label(departements(), code, "1946-03-21")).isNotEmpty();
    }
    assertThat(communes().targets("97105", "departements", day("1946-03-20"))).isEmpty();
    assertThat(communes().targets("97105", "departements", day("1946-03-21")))
        .containsExactly("971");
  }

  /** Laws 76-664 of 19 July 1976 and 85-595 of 11 June 1985. */
  @Test
  void saint_pierre_et_miquelon_was_a_departement_for_nine_years() {
    assertThat(departements().of("975"))
        .extracting(s -> s.validity().from() + " " + s.level())
        .containsExactly(
            "1943-01-01 collectivite", "1976-07-19 departement", "1985-06-11 collectivite");
  }

  @Test
  void there_were_as_many_departements_as_the_law_counted() {
    // 90 in metropolitan France, then four overseas.
    assertThat(inForce(departements(), "departement", "1943-01-01")).hasSize(90);
    assertThat(inForce(departements(), "departement", "1950-01-01")).hasSize(94);
    // Five more around Paris, one more in Corsica, Mayotte.
    assertThat(inForce(departements(), "departement", "1968-01-01")).hasSize(99);
    assertThat(inForce(departements(), "departement", "1976-01-01")).hasSize(100);
    assertThat(inForce(departements(), "departement", "2011-03-31")).hasSize(101);
  }

  /** Decree 60-516 of 2 June 1960 makes twenty-one, Corsica becomes one in 1970. */
  @Test
  void there_were_as_many_regions_as_the_law_counted() {
    assertThat(inForce(regions(), "region", "1960-06-02")).hasSize(21);
    assertThat(inForce(regions(), "region", "1970-01-09")).hasSize(22);
    assertThat(inForce(regions(), "region", "1982-12-31")).hasSize(26);
    assertThat(inForce(regions(), "region", "2015-12-31")).hasSize(27);
    assertThat(inForce(regions(), "region", "2016-01-01")).hasSize(18);
    assertThat(inForce(regions(), "region", "1960-06-01")).isEmpty();
  }

  /** Law 2015-29 of 16 January 2015, article 1. */
  @Test
  void sixteen_regions_became_seven_in_2016() {
    assertThat(
            regions().successions().stream()
                .filter(s -> s.date().equals(day("2016-01-01")))
                .map(s -> s.code() + " " + s.kind().id() + " " + s.codeAfter()))
        .containsExactlyInAnyOrder(
            "21 merged 44",
            "41 merged 44",
            "42 merged 44",
            "54 merged 75",
            "72 merged 75",
            "74 merged 75",
            "82 merged 84",
            "83 merged 84",
            "26 merged 27",
            "43 merged 27",
            "73 merged 76",
            "91 merged 76",
            "22 merged 32",
            "31 merged 32",
            "23 merged 28",
            "25 merged 28");
  }

  /** Article 2 joins the names of regions in the order of the alphabet; decrees name them. */
  @Test
  void four_regions_had_another_name_until_the_decrees_of_2016() {
    assertThat(label(regions(), "44", "2016-09-29")).isEqualTo("Alsace-Champagne-Ardenne-Lorraine");
    assertThat(label(regions(), "44", "2016-09-30")).isEqualTo("Grand Est");
    assertThat(label(regions(), "75", "2016-01-01"))
        .isEqualTo("Aquitaine-Limousin-Poitou-Charentes");
    assertThat(label(regions(), "76", "2016-01-01"))
        .isEqualTo("Languedoc-Roussillon-Midi-Pyrénées");
    assertThat(label(regions(), "32", "2016-01-01")).isEqualTo("Nord-Pas-de-Calais-Picardie");
    assertThat(label(regions(), "28", "2016-01-01")).isEqualTo("Normandie");
    assertThat(label(regions(), "84", "2016-01-01")).isEqualTo("Auvergne-Rhône-Alpes");
  }

  /** Decree 70-18 of 9 January 1970. */
  @Test
  void corsica_left_provence_in_1970() {
    assertThat(label(regions(), "93", "1965-01-01")).isEqualTo("Provence-Côte d'Azur-Corse");
    assertThat(label(regions(), "93", "1976-01-01")).isEqualTo("Provence-Alpes-Côte d'Azur");
    assertThat(heirs(regions(), "93", "1970-01-09")).isEqualTo("93 split, 94 split");
    assertThat(region("20", "1970-01-08")).isEqualTo("93");
    assertThat(region("20", "1970-01-09")).isEqualTo("94");
    assertThat(region("2B", "1976-01-01")).isEqualTo("94");
  }

  /** Law 76-394 of 6 May 1976, and law 2015-29, article 2. */
  @Test
  void two_regions_that_go_on_were_renamed() {
    assertThat(label(regions(), "11", "1976-05-05")).isEqualTo("Région parisienne");
    assertThat(label(regions(), "11", "1976-05-06")).isEqualTo("Île-de-France");
    assertThat(label(regions(), "24", "2014-12-31")).isEqualTo("Centre");
    assertThat(label(regions(), "24", "2015-12-31")).isEqualTo("Centre-Val de Loire");
  }

  @Test
  void every_departement_lay_in_one_region_since_1960() {
    for (String day : List.of("1960-06-02", "1968-01-01", "1976-01-01", "2015-12-31")) {
      for (String code : inForce(departements(), "departement", day)) {
        if (!code.startsWith("97") || day.equals("2015-12-31")) {
          assertThat(region(code, day)).as(code + " on " + day).matches("\\d\\d");
        }
      }
    }
    assertThat(region("78", "1967-06-01")).isEqualTo("11");
    assertThat(region("01", "2015-12-31")).isEqualTo("82");
    assertThat(region("01", "2016-01-01")).isEqualTo("84");
  }

  @Test
  void a_commune_lay_in_the_region_of_its_departement() {
    assertThat(communes().targets("01004", "regions", day("2010-01-01"))).containsExactly("82");
    assertThat(communes().targets("01004", "regions", day("2016-01-01"))).containsExactly("84");
    assertThat(communes().targets("20004", "regions", day("1969-01-01"))).containsExactly("93");
    assertThat(communes().targets("20004", "regions", day("1971-01-01"))).containsExactly("94");
    assertThat(communes().targets("75056", "regions", day("1960-06-01"))).isEmpty();
  }

  /** The ministry's register of polluting establishments names the regions that ended in 2015. */
  @Test
  void regions_of_2015_hold_the_departements_that_a_register_gives_them() throws IOException {
    InputFile register = SharedFiles.get("sirene/irep_etablissements_2017.csv");
    Map<String, Set<String>> official = new TreeMap<>();
    try (Reader in = new InputStreamReader(register.content().open(), StandardCharsets.UTF_8);
        CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(in)) {
      for (NamedCsvRecord row : rows) {
        official
            .computeIfAbsent(bare(row.getField("Region")), _ -> new TreeSet<>())
            .add(bare(row.getField("Departement")));
      }
    }
    Map<String, Set<String>> ours = new TreeMap<>();
    String day = "2014-12-31";
    for (String code : inForce(departements(), "departement", day)) {
      ours.computeIfAbsent(bare(label(regions(), region(code, day), day)), _ -> new TreeSet<>())
          .add(bare(label(departements(), code, day)));
    }
    assertThat(official).hasSize(27).isEqualTo(ours);
  }

  /** The register writes Champagne-Ardennes, and leaves the article of La Réunion out. */
  private static String bare(String name) {
    return Words.bare(name)
        .replace("champagneardennes", "champagneardenne")
        .replaceFirst("^lareunion$", "reunion");
  }

  @Test
  void every_event_names_the_text_that_says_so() {
    for (String referential : List.of("regions", "departements")) {
      assertThat(requireLast(referential).successions())
          .isNotEmpty()
          .allSatisfy(s -> assertThat(s.type()).matches("(?:Loi|Décret) .*\\d{4}.*"));
    }
    assertThat(
            regions().successions().stream()
                .filter(s -> "82".equals(s.code()))
                .map(Succession::type))
        .containsExactly("Loi n° 2015-29 du 16 janvier 2015, articles 1er et 2");
  }

  @Test
  void every_edition_tells_the_same_past() {
    for (String referential : List.of("regions", "departements")) {
      Set<String> last = past(requireLast(referential));
      for (ReadRelease release : RELEASES.getOrDefault(referential, List.of())) {
        assertThat(last).as(release.head().toString()).containsAll(past(release));
      }
    }
  }

  /** The states that had ended when Pivot's first edition begins. */
  private static Set<String> past(ReadRelease release) {
    return release.states().stream()
        .filter(s -> s.validity().to() != null)
        .map(s -> s.code() + ' ' + s.validity() + ' ' + s.label())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
