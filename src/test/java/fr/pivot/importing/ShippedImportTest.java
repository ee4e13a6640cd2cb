package fr.pivot.importing;

import static fr.pivot.importing.Imports.alreadyPublished;
import static fr.pivot.importing.Imports.descriptorsOnly;
import static fr.pivot.importing.Imports.digests;
import static fr.pivot.importing.Imports.pack;
import static fr.pivot.importing.Imports.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.publishing.ReleaseExport;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The shipped referentials, in a database. */
@PivotTest(Holding.SHIPPED_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedImportTest {

  /** All rows that editions share; figures are stated anew by each edition. */
  private static final String ROWS =
      """
      select (select count(*) from concept), (select count(*) from link), (select count(*) from succession)
      """;

  private final TestDatabase database;
  private final ApplicationContext context;

  ShippedImportTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  @Test
  void every_pack_is_published_and_logged_without_an_error() {
    assertThat(database.lines("select distinct outcome from import")).containsExactly("published");
    assertThat(
            database.lines(
                """
                select distinct k from import, jsonb_object_keys(findings -> 'counts') k order by k
                """))
        .isSubsetOf("count-change", "dangling-target");
    assertThat(
            database.value(
                "select count(*) from import i where not exists (select from import_file f where"
                    + " f.import = i.id)"))
        .isEqualTo("0");
  }

  @Test
  void every_edition_names_the_files_that_its_pack_says_it_was_made_from() throws IOException {
    Catalog stated = ReadRegistry.shipped().catalog();
    Catalog catalog = Imports.registry(context).catalog();
    assertThat(catalog.findRelease("communes", "2026").orElseThrow().head().sources())
        .hasSizeGreaterThan(1);
    assertThat(catalog.listPublications())
        .hasSizeGreaterThan(70)
        .allSatisfy(
            release -> {
              ReleaseHead head = release.head();
              assertThat(head.sources())
                  .as(head.referential() + '@' + head.edition())
                  .isNotEmpty()
                  .isEqualTo(
                      stated
                          .findRelease(head.referential(), head.edition())
                          .orElseThrow()
                          .head()
                          .sources());
            });
  }

  @Test
  void a_second_start_changes_nothing() throws IOException {
    String before = database.fingerprint();
    List<String> imports = database.lines("select id, outcome from import order by id");
    assertThat(
            context
                .getBean(ShippedReferentials.class)
                .publishMissing(Path.of("referentials"), what -> assertThat(what).isNull()))
        .isEmpty();
    assertThat(database.fingerprint()).isEqualTo(before);
    assertThat(database.lines("select id, outcome from import order by id")).isEqualTo(imports);
  }

  @Test
  void editions_hold_as_many_codes_as_their_packs() {
    assertThat(
            database.lines(
                """
                select f.name, l.edition, l.in_force
                  from release l join referential f on f.id = l.referential
                 where f.name in ('communes', 'regions', 'arrondissements-municipaux', 'naf', 'nuts', 'iso-3166-1')
                 order by f.name, l.position
                """))
        .containsExactly(
            "arrondissements-municipaux 2019 45",
            "arrondissements-municipaux 2021 45",
            "arrondissements-municipaux 2022 45",
            "arrondissements-municipaux 2023 45",
            "arrondissements-municipaux 2024 45",
            "arrondissements-municipaux 2025 45",
            "arrondissements-municipaux 2026 45",
            "communes 2019 35064",
            "communes 2021 35059",
            "communes 2022 35049",
            "communes 2023 35039",
            "communes 2024 35029",
            "communes 2025 34969",
            "communes 2026 34969",
            "iso-3166-1 4.15 249",
            "naf rev2 1728",
            "nuts 2024 1903",
            "regions 2019 18",
            "regions 2021 18",
            "regions 2022 26",
            "regions 2023 26",
            "regions 2024 26",
            "regions 2025 26",
            "regions 2026 26");
  }

  @Test
  void what_is_counted_is_what_is_stated() {
    assertThat(
            database.lines(
                """
                select f.name, l.edition from release l join referential f on f.id = l.referential
                 where l.in_force <> (select count(*) from concept c where c.referential = l.referential and c.releases @> l.position and c.validity @> l.reference_date)
                    or l.concepts <> (select count(distinct code) from concept c where c.referential = l.referential and c.releases @> l.position)
                    or l.links <> (select count(*) from link c where c.referential = l.referential and c.releases @> l.position)
                    or l.successions <> (select count(*) from succession c where c.referential = l.referential and c.releases @> l.position)
                    or l.measures <> (select count(*) from measure c where c.referential = l.referential and c.releases @> l.position)
                """))
        .isEmpty();
  }

  @Test
  void an_exported_edition_is_already_published(@TempDir Path folder) throws IOException {
    Registry registry = Imports.registry(context);
    String before = database.fingerprint();
    for (String name : List.of("communes@2026", "epci@2021", "naf@rev2")) {
      export(registry, name, folder.resolve(name));
      assertThat(alreadyPublished(pack(context, folder.resolve(name)))).containsExactly(name);
    }
    assertThat(database.fingerprint()).isEqualTo(before);
  }

  @Test
  void an_edition_exported_and_imported_elsewhere_has_the_same_digest(@TempDir Path folder)
      throws IOException {
    Registry registry = Imports.registry(context);
    List<String> names =
        List.of(
            "arrondissements-municipaux@2026",
            "communes@2019",
            "cpv@2008",
            "departements@2024",
            "departements@2026",
            "epci@2021",
            "ept@2024",
            "iso-639-3@4.15",
            "naf@rev2",
            "nuts@2024");
    try (TestDatabase other = TestDatabase.empty();
        ApplicationContext there = other.start()) {
      there
          .getBean(ShippedReferentials.class)
          .publishMissing(descriptorsOnly(folder.resolve("descriptors")), Importer.Progress.SILENT);
      for (String name : names) {
        export(registry, name, folder.resolve(name));
        published(pack(there, folder.resolve(name)));
      }
      Map<String, String> expected = digests(database);
      expected.keySet().retainAll(names);
      assertThat(digests(other)).isEqualTo(expected);
    }
  }

  private static void export(Registry registry, String name, Path folder) throws IOException {
    String[] parts = name.split("@", 2);
    Codes codebook = registry.findCodes(parts[0]).orElseThrow();
    Release release = registry.catalog().findRelease(parts[0], parts[1]).orElseThrow();
    ReleaseExport.write(codebook, release, folder);
  }

  @Test
  void the_database_itself_refuses_two_meanings_of_a_code_on_one_day() {
    assertThatThrownBy(
            () ->
                database.sql(
                    sql ->
                        sql.execute(
                            """
                            insert into concept (referential, code, validity, releases, level, derived, label, fact)
                            select referential, code, daterange(lower(validity) + 1, upper(validity)), releases, level, derived, 'Autre', gen_random_uuid()
                              from concept where code = '14666' limit 1
                            """)))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("concept_states_do_not_overlap");
  }

  @Test
  void an_edition_that_repeats_the_one_before_adds_no_row(@TempDir Path folder) throws IOException {
    try (TestDatabase own = TestDatabase.shipped();
        ApplicationContext there = own.start()) {
      List<String> before = own.lines(ROWS);
      export(Imports.registry(there), "communes@2026", folder);
      Path json = folder.resolve("datapackage.json");
      String text = Files.readString(json);
      Files.writeString(
          json,
          text.replace("\"edition\": \"2026\"", "\"edition\": \"2027\"")
              .replace("\"referenceDate\": \"2026-01-01\"", "\"referenceDate\": \"2027-01-01\""));
      List<Release> releases = published(pack(there, folder)).releases();
      assertThat(releases).extracting(Release::edition).containsExactly("2027");
      assertThat(own.lines(ROWS)).isEqualTo(before);
      assertThat(digests(own)).containsEntry("communes@2027", digests(own).get("communes@2026"));
    }
  }
}
