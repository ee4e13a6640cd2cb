package fr.pivot.importing;

import static fr.pivot.importing.Imports.alreadyPublished;
import static fr.pivot.importing.Imports.digests;
import static fr.pivot.importing.Imports.published;
import static fr.pivot.importing.Imports.registry;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.Release;
import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.formats.FileHead;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.Recognised;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.formats.SharedFiles;
import fr.pivot.formats.dgcl.DgclFormat;
import fr.pivot.formats.hexasmal.HexasmalFormat;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.Text;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import fr.pivot.text.sheet.Delimited;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The DGCL's list of the EPCI of 2020, a year that has no edition of the communes: every edition
 * that tells of 1 January 2020 says of it what the list says.
 */
@PivotTest(Holding.SHIPPED_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
class DayListImportTest {

  private static final LocalDate DAY = LocalDate.of(2020, 1, 1);
  private static final String FILE = "dgcl_epci/epcicom2020.csv";

  /** An edition of the communes that states nothing of its own. */
  private static final class Communes2020 implements ReleaseFormat {
    @Override
    public String id() {
      return "communes-2020";
    }

    @Override
    public Text sign() {
      return new Text("rien", "nothing");
    }

    @Override
    public Optional<Recognised> recognise(FileHead head) {
      return Optional.empty();
    }

    @Override
    public void read(
        List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target) {
      target.open(new ReleaseHead("communes", "2020", DAY, null, List.of()), Coverage.nothing());
    }
  }

  private final TestDatabase database;
  private final ApplicationContext context;
  private ImportOutcome outcome;
  private Registry registry;
  private final Map<String, String> epci = new HashMap<>();
  private final Map<String, String> siren = new HashMap<>();

  DayListImportTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  @BeforeAll
  void importAll() throws IOException {
    InputFile list = SharedFiles.get(FILE);
    try (Delimited file =
        Delimited.open(list.name(), list.content()::open, new Findings()).orElseThrow()) {
      file.forEach(
          row -> {
            epci.put(row.get("insee"), row.get("siren"));
            siren.put(row.get("insee"), row.get("siren_membre"));
          });
    }
    outcome = dgcl(context, FILE);
    registry = registry(context);
  }

  private static ImportOutcome dgcl(ApplicationContext context, String file) {
    return Imports.run(context, new DgclFormat(), List.of(SharedFiles.get(file)), false, false);
  }

  private static ImportOutcome communes2020(ApplicationContext context) {
    InputFile nothing = new InputFile("communes", () -> new ByteArrayInputStream(new byte[] {1}));
    return Imports.run(context, new Communes2020(), List.of(nothing), false, false);
  }

  private Release release(String referential, String edition) {
    return registry.catalog().findRelease(referential, edition).orElseThrow();
  }

  private Codes book(String referential) {
    return registry.findCodes(referential).orElseThrow();
  }

  private Map<String, String> links(String edition, String referential, LocalDate day) {
    return links(registry, edition, referential, day);
  }

  private static Map<String, String> links(
      Registry registry, String edition, String referential, LocalDate day) {
    Codes communes = registry.findCodes("communes").orElseThrow();
    Release release = registry.catalog().findRelease("communes", edition).orElseThrow();
    Map<String, String> links = new HashMap<>();
    for (String code : communes.listInForce(release, day)) {
      for (Link link : communes.listLinks(code, release, day)) {
        if (link.referential().equals(referential)) {
          links.put(code, link.target());
        }
      }
    }
    return links;
  }

  @Test
  void a_year_without_an_edition_of_the_communes_is_imported() {
    published(outcome);
    assertThat(outcome.findings().list())
        .filteredOn(f -> f.rule() == Rule.CORRESPONDENCE_WAITS)
        .extracting(Finding::value)
        .containsExactly("communes@2020");
  }

  @Test
  void pomas_changed_its_epci_on_the_first_day_of_2020() {
    assertThat(links("2026", "epci", LocalDate.of(2019, 12, 31)))
        .containsEntry("11293", "200071926");
    assertThat(links("2026", "epci", DAY)).containsEntry("11293", "200035715");
    assertThat(links("2026", "epci", LocalDate.of(2021, 1, 1))).containsEntry("11293", "200035715");
  }

  @Test
  void every_edition_says_of_the_day_what_the_list_says() {
    for (String edition : List.of("2021", "2024", "2026")) {
      Set<String> inForce =
          new HashSet<>(book("communes").listInForce(release("communes", edition), DAY));
      Map<String, String> listed = new HashMap<>(epci);
      listed.keySet().retainAll(inForce);
      // The list has 34,964 communes; the shipped editions restore Sannerville a year later.
      assertThat(listed).hasSize(34_963);
      assertThat(links(edition, "epci", DAY)).isEqualTo(listed);
      Map<String, String> own = new HashMap<>(siren);
      own.keySet().retainAll(inForce);
      assertThat(links(edition, "siren", DAY)).containsAllEntriesOf(own);
    }
  }

  @Test
  void the_epci_of_the_day_are_those_of_the_list_in_every_edition() {
    for (String edition : List.of("2020", "2021", "2026")) {
      assertThat(book("epci").listInForce(release("epci", edition), DAY))
          .containsExactlyInAnyOrderElementsOf(new HashSet<>(epci.values()));
    }
    LocalDate later = LocalDate.of(2021, 1, 1);
    assertThat(book("epci").listInForce(release("epci", "2026"), later)).hasSize(1254);
  }

  @Test
  void the_order_of_the_files_makes_no_difference() {
    try (TestDatabase other = TestDatabase.shipped();
        ApplicationContext otherContext = other.start()) {
      published(communes2020(otherContext));
      ImportOutcome.Published second = published(dgcl(otherContext, FILE));
      assertThat(second.correspondences()).hasSize(1);
      ImportOutcome.Published first = published(communes2020(context));
      assertThat(first.correspondences()).hasSize(1);
      assertThat(first.correspondences().getFirst().head().id())
          .isEqualTo("communes-2020.epci-2020");
      assertThat(first.correspondences().getFirst().head().sources())
          .extracting(s -> s.name())
          .containsExactly("epcicom2020.csv");
      assertThat(first.correspondences().getFirst().digest())
          .isEqualTo(second.correspondences().getFirst().digest());
      assertThat(digests(database)).isEqualTo(digests(other));
    }
  }

  @Test
  void the_lists_of_other_years_agree_with_what_was_known() {
    try (TestDatabase other = TestDatabase.shipped();
        ApplicationContext otherContext = other.start()) {
      for (int year : List.of(2025, 2019, 2022)) {
        ImportOutcome.Published list =
            published(dgcl(otherContext, "dgcl_epci/epcicom" + year + ".csv"));
        // Where the EPCI are those that were known, not even their edition is new.
        assertThat(list.releases()).allMatch(r -> r.head().referential().equals("epci"));
        assertThat(list.correspondences()).hasSize(1);
        alreadyPublished(dgcl(otherContext, "dgcl_epci/epcicom" + year + ".csv"));
      }
    }
  }

  @Test
  void postal_codes_of_a_year_without_an_edition_of_the_communes_are_published() {
    try (TestDatabase other = TestDatabase.shipped();
        ApplicationContext otherContext = other.start()) {
      InputFile file =
          new InputFile(
              "019HexaSmal_2020-01.csv",
              SharedFiles.get("laposte/019HexaSmal_2026-01.csv").content());
      ImportOutcome postal =
          Imports.run(otherContext, new HexasmalFormat(), List.of(file), false, false);
      assertThat(published(postal).releases())
          .singleElement()
          .satisfies(r -> assertThat(r.edition()).isEqualTo("2020"));
      assertThat(postal.findings().list())
          .filteredOn(f -> f.rule() == Rule.CORRESPONDENCE_WAITS)
          .extracting(Finding::value)
          .containsExactly("communes@2020", "arrondissements-municipaux@2020");
    }
  }
}
