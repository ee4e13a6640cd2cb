package fr.pivot.importing;

import static fr.pivot.importing.Imports.alreadyPublished;
import static fr.pivot.importing.Imports.cog;
import static fr.pivot.importing.Imports.digests;
import static fr.pivot.importing.Imports.official;
import static fr.pivot.importing.Imports.registry;
import static fr.pivot.importing.Imports.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.Release;
import fr.pivot.finding.Finding;
import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.cog.CogFormat;
import fr.pivot.formats.cog.OfficialFiles;
import fr.pivot.referential.Measure;
import fr.pivot.registry.Answer;
import fr.pivot.registry.CodeLists;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import io.micronaut.context.ApplicationContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * INSEE's files over the shipped referentials, through the whole path: six editions in no order,
 * and what the registry answers afterwards.
 */
@PivotTest(Holding.SHIPPED_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(4)
class OfficialImportTest {

  private static final List<Integer> EDITIONS = List.of(2026, 2021, 2024, 2019, 2025, 2023);

  private static final String OVERSEAS = "97[578]..|98[46789]..";

  private final Map<Integer, ImportOutcome.Published> outcomes = new HashMap<>();
  private final TestDatabase database;
  private final ApplicationContext context;
  private Registry shipped;
  private Registry registry;
  private Codes communes;

  OfficialImportTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  @BeforeAll
  void importAll() {
    EDITIONS.forEach(OfficialFiles::events);
    shipped = registry(context);
    for (int edition : EDITIONS) {
      outcomes.put(edition, official(context, edition));
    }
    registry = registry(context);
    communes = registry.findCodes("communes").orElseThrow();
  }

  private Release release(int edition) {
    return registry.catalog().findRelease("communes", Integer.toString(edition)).orElseThrow();
  }

  private String label(int edition, String code, String day) {
    return communes.find(code, release(edition), LocalDate.parse(day)) instanceof Answer.InForce in
        ? in.state().label()
        : "-";
  }

  private List<String> history(int edition, String code) {
    return communes.listStates(code, release(edition)).stream()
        .map(s -> s.validity().from() + " " + s.validity().to() + " " + s.label())
        .toList();
  }

  private List<String> successions(int edition, String code, String day) {
    return communes.listSuccessionsFrom(code, release(edition)).stream()
        .filter(s -> s.date().equals(LocalDate.parse(day)))
        .map(s -> s.kind().id() + " " + s.referentialAfter() + ":" + s.codeAfter())
        .sorted()
        .toList();
  }

  @Test
  void an_official_edition_supersedes_the_shipped_one_in_one_transaction() {
    assertThat(
            database.lines(
                """
                select l.edition, l.state, count(*), count(distinct l.xmin::text) from release l join referential f on f.id = l.referential
                 where f.name = 'communes' group by l.edition, l.state order by l.edition, l.state
                """))
        .containsExactly(
            "2019 published 1 1",
            "2019 superseded 1 1",
            "2021 published 1 1",
            "2021 superseded 1 1",
            "2022 published 1 1",
            "2023 published 1 1",
            "2023 superseded 1 1",
            "2024 published 1 1",
            "2024 superseded 1 1",
            "2025 published 1 1",
            "2025 superseded 1 1",
            "2026 published 1 1",
            "2026 superseded 1 1");
    // What one import supersedes and publishes, all referentials of it, is of one transaction.
    assertThat(
            database.lines(
                """
                select l.edition, count(*), count(distinct p.xmin::text), count(distinct p.at) from publication p
                  join release l on l.id = p.release join import i on i.id = l.import
                 where i.format = 'cog' group by l.edition order by l.edition
                """))
        .containsExactly(
            "2019 3 1 1", "2021 3 1 1", "2023 3 1 1", "2024 3 1 1", "2025 3 1 1", "2026 3 1 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {2019, 2021, 2023, 2024, 2025, 2026})
  void an_edition_finds_its_own_list_in_force_and_the_overseas_communes(int edition)
      throws IOException {
    SortedSet<String> expected = listed(edition, "COM");
    SortedSet<String> overseas = new TreeSet<>();
    Codes before = shipped.findCodes("communes").orElseThrow();
    Release old =
        shipped.catalog().findRelease("communes", Integer.toString(edition)).orElseThrow();
    before.forEachState(
        old,
        s -> {
          if (s.code().matches(OVERSEAS) && s.validity().contains(old.head().referenceDate())) {
            overseas.add(s.code());
          }
        });
    assertThat(overseas).hasSize(94);
    expected.addAll(overseas);
    assertSame(inForce(edition, LocalDate.of(edition, 1, 1)), expected);
    assertThat(Objects.requireNonNull(outcomes.get(edition)).findings().list())
        .filteredOn(f -> f.rule() == Rule.CARRIED_OVER)
        .extracting(Finding::value)
        .contains("epci", "siren", "codes-postaux", "population");
  }

  @ParameterizedTest
  @ValueSource(ints = {2019, 2021, 2023, 2024, 2025, 2026})
  void the_edition_of_2026_knows_every_list(int year) throws IOException {
    SortedSet<String> known = inForce(2026, LocalDate.of(year, 1, 1));
    known.removeIf(code -> code.matches(OVERSEAS));
    assertSame(known, listed(year, "COM"));
  }

  /** Compares long sets so that a failure can be read. */
  private static void assertSame(SortedSet<String> actual, SortedSet<String> expected) {
    SortedSet<String> missing = new TreeSet<>(expected);
    missing.removeAll(actual);
    SortedSet<String> besides = new TreeSet<>(actual);
    besides.removeAll(expected);
    assertThat(missing).as("missing").isEmpty();
    assertThat(besides).as("besides").isEmpty();
    assertThat(actual).isNotEmpty();
  }

  private SortedSet<String> inForce(int edition, LocalDate day) {
    return new TreeSet<>(communes.listInForce(release(edition), day));
  }

  /** The codes of a list, read with nothing but a split: no field before them holds a comma. */
  private static SortedSet<String> listed(int edition, String type) throws IOException {
    SortedSet<String> codes = new TreeSet<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                OfficialFiles.communes(edition).content().open(), StandardCharsets.UTF_8))) {
      String header = lines.readLine().replace("\"", "").toUpperCase(Locale.ROOT);
      assertThat(header).startsWith("TYPECOM,COM,");
      lines
          .lines()
          .map(l -> l.replace("\"", "").split(",", 3))
          .filter(f -> f[0].equals(type))
          .forEach(f -> codes.add(f[1]));
    }
    return codes;
  }

  @ParameterizedTest
  @CsvSource({
    // Restored after three years within another.
    "2026, 14666, 2016-12-31, Sannerville",
    "2026, 14666, 2017-01-01, -",
    "2026, 14666, 2019-12-30, -",
    "2026, 14666, 2019-12-31, Sannerville",
    // Changed département and merged on one day.
    "2026, 49144, 2017-12-31, Freigné",
    "2026, 49144, 2018-01-01, -",
    "2026, 44225, 2017-12-31, -",
    "2026, 44225, 2018-01-01, -",
    "2026, 44180, 2018-01-01, Vallons-de-l'Erdre",
    // Two codes that changed places.
    "2026, 14697, 2014-01-06, L'Oudon",
    "2026, 14697, 2014-01-07, -",
    "2026, 14472, 2014-01-06, -",
    "2026, 14472, 2014-01-07, L'Oudon",
    // A code that lived one day.
    "2026, 49382, 2015-12-30, -",
    "2026, 49382, 2015-12-31, Le Fresne-sur-Loire",
    "2026, 49382, 2016-01-01, -",
    // What INSEE said before it rewrote the past.
    "2026, 44060, 2015-12-30, Le Fresne-sur-Loire",
    "2026, 44060, 2015-12-31, -",
    "2023, 44060, 2015-12-31, Le Fresne-sur-Loire",
    "2023, 49382, 2015-12-31, -",
    "2023, 44060, 2016-01-01, -",
    "2023, 49382, 2016-01-01, -",
    // In the middle of a year.
    "2026, 12076, 2024-03-03, Conques-en-Rouergue",
    "2026, 12076, 2024-03-04, -",
    "2026, 12218, 2024-03-03, -",
    "2026, 12218, 2024-03-04, Conques-en-Rouergue",
    "2023, 12076, 2024-03-04, Conques-en-Rouergue",
    // A code used again for something else.
    "2026, 60694, 2018-12-31, Villotran",
    "2026, 60694, 2019-01-01, -",
    "2026, 60694, 2023-12-31, -",
    "2026, 60694, 2024-01-01, Les Hauts-Talican",
    "2026, 60054, 2023-12-31, Les Hauts-Talican",
    // Split into five.
    "2026, 15141, 2024-12-31, Neussargues en Pinatelle",
    "2026, 15141, 2025-01-01, Neussargues-Moissac",
    "2026, 15031, 2024-12-31, -",
    "2026, 15031, 2025-01-01, Celles"
  })
  void hard_cases(int edition, String code, String day, String label) {
    assertThat(label(edition, code, day)).isEqualTo(label);
  }

  @Test
  void what_became_of_the_hard_cases() {
    assertThat(successions(2026, "15141", "2025-01-01"))
        .extracting(s -> s.substring(s.indexOf(' ') + 1))
        .containsExactlyInAnyOrder(
            "communes:15031",
            "communes:15035",
            "communes:15047",
            "communes:15141",
            "communes:15171");
    assertThat(successions(2026, "49144", "2018-01-01")).containsExactly("recoded communes:44225");
    assertThat(successions(2026, "44225", "2018-01-01"))
        .containsExactly("merged communes:44180", "moved communes-deleguees:44225");
    assertThat(successions(2026, "14697", "2014-01-07"))
        .extracting(s -> s.substring(s.indexOf(' ') + 1))
        .containsExactly("communes:14472");
    assertThat(successions(2026, "44060", "2015-12-31")).containsExactly("recoded communes:49382");
    assertThat(successions(2023, "44060", "2015-12-31")).isEmpty();
    assertThat(successions(2023, "44060", "2016-01-01")).containsExactly("recoded communes:49382");
    assertThat(history(2026, "60694")).last().isEqualTo("2024-01-01 null Les Hauts-Talican");
  }

  @Test
  void what_the_files_do_not_say_is_kept() {
    Codes before = shipped.findCodes("communes").orElseThrow();
    for (int edition : EDITIONS) {
      Release then =
          shipped.catalog().findRelease("communes", Integer.toString(edition)).orElseThrow();
      LocalDate day = then.head().referenceDate();
      for (String code : before.listInForce(then, day)) {
        assertThat(kept(communes, code, release(edition), day))
            .as(code)
            .isEqualTo(kept(before, code, then, day));
        assertThat(figures(communes, code, release(edition)))
            .as(code)
            .isEqualTo(figures(before, code, then));
      }
    }
  }

  private static SortedSet<String> kept(
      Codes codebook, String code, Release release, LocalDate day) {
    SortedSet<String> links = new TreeSet<>();
    codebook.listLinks(code, release, day).stream()
        .filter(l -> List.of("epci", "ept", "siren", "codes-postaux").contains(l.referential()))
        .forEach(l -> links.add(l.referential() + ":" + l.target()));
    return links;
  }

  private static List<Measure> figures(Codes codebook, String code, Release release) {
    return codebook.listMeasures(code, release);
  }

  @Test
  void the_same_files_again_change_nothing() {
    String before = database.fingerprint();
    assertThat(
            alreadyPublished(
                cog(context, OfficialFiles.communes(2024), OfficialFiles.events(2024))))
        .contains("communes@2024", "communes-deleguees@2024");
    assertThat(database.fingerprint()).isEqualTo(before);
  }

  @Test
  void the_order_of_imports_does_not_matter() {
    try (TestDatabase other = TestDatabase.shipped();
        ApplicationContext there = other.start()) {
      official(there, 2021);
      Map<String, String> alone = digests(other);
      assertThat(alone.get("communes@2021")).isEqualTo(digests(database).get("communes@2021"));
      assertThat(alone.get("communes-deleguees@2021"))
          .isEqualTo(digests(database).get("communes-deleguees@2021"));
      Registry one = registry(there);
      Codes of2021 = one.findCodes("communes").orElseThrow();
      Release release = one.catalog().findRelease("communes", "2021").orElseThrow();
      for (String code : CodeLists.all(of2021)) {
        assertThat(communes.listStates(code, release(2021)))
            .as(code)
            .isEqualTo(of2021.listStates(code, release));
        assertThat(new TreeSet<>(texts(communes.listLinks(code, release(2021)))))
            .as(code)
            .isEqualTo(new TreeSet<>(texts(of2021.listLinks(code, release))));
      }
    }
  }

  private static List<String> texts(List<?> rows) {
    return rows.stream().map(Object::toString).toList();
  }

  @Test
  void no_edition_says_two_things_of_a_code_on_one_day() {
    assertThat(
            database.value(
                """
                select count(*) from concept a join concept b
                    on a.referential = b.referential and a.code = b.code and a.ctid < b.ctid and a.validity && b.validity and a.releases && b.releases
                """))
        .isEqualTo("0");
  }

  @Test
  void a_file_that_lost_its_zeros_is_refused_line_by_line() {
    String before = database.fingerprint();
    List<Finding> findings =
        rejected(
                cog(
                    context,
                    OfficialFiles.communes(2023),
                    OfficialFiles.get("v_mvtcommune_2023_ANOMALIE_zeros_perdus.csv")))
            .findings()
            .list();
    assertThat(findings)
        .filteredOn(f -> f.rule() == Rule.LOST_LEADING_ZERO)
        .hasSize(100)
        .first()
        .satisfies(
            f -> {
              assertThat(f.place().file()).isEqualTo("v_mvtcommune_2023_ANOMALIE_zeros_perdus.csv");
              assertThat(f.place().line()).isEqualTo(2);
              assertThat(f.place().column()).isEqualTo("COM_AV");
              assertThat(f.value()).isEqualTo("1039");
              assertThat(f.suggestion()).isEqualTo("01039");
            });
    assertThat(database.fingerprint()).isEqualTo(before);
    assertThat(database.lines("select outcome from import order by id desc limit 1"))
        .containsExactly("rejected");
  }

  @Test
  void a_file_that_lost_its_zeros_can_be_repaired() {
    InputFile[] files = {
      OfficialFiles.communes(2023), OfficialFiles.get("v_mvtcommune_2023_ANOMALIE_zeros_perdus.csv")
    };
    ImportOutcome outcome =
        Imports.run(context, new CogFormat(), Arrays.asList(files), true, false);
    assertThat(outcome.findings().counts().get(Rule.REPAIRED_LEADING_ZERO)).isPositive();
    // The registry holds the sane file of 2023 already, and says that this is the same.
    assertThat(alreadyPublished(outcome)).contains("communes@2023", "communes-deleguees@2023");
  }
}
