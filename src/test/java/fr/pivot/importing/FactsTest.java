package fr.pivot.importing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.TestDatabase;
import fr.pivot.catalog.VerificationStore;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fingerprints of statements, and the digests that are made from them. */
class FactsTest {

  private static final List<String> SMALL =
      List.of("iso-15924", "regions", "departements", "iso-3166-1", "iso-4217");

  private static boolean same(TestDatabase database, String one, String other) {
    return "true".equals(database.value("select " + one + " = " + other));
  }

  @Test
  void what_is_stated_differently_has_another_fact() {
    try (TestDatabase database = TestDatabase.empty();
        ApplicationContext _ = database.start()) {
      String date = "date '2020-01-01'";
      assertThat(
              same(
                  database,
                  "succession_fact(" + date + ", null, 'r', 'b', 'created', null, false)",
                  "succession_fact(" + date + ", null, 'r', 'b', 'created', '', false)"))
          .as("null is not ''")
          .isFalse();
      assertThat(
              same(
                  database,
                  "succession_fact(" + date + ", 'NULL', 'r', 'b', 'moved', null, false)",
                  "succession_fact(" + date + ", null, 'r', 'b', 'moved', null, false)"))
          .as("null is not 'NULL'")
          .isFalse();
      assertThat(
              same(
                  database,
                  "link_fact('a', 'broader', 'r', 'b' || chr(31) || 'c', null, false)",
                  "link_fact('a', 'broader', 'r' || chr(31) || 'b', 'c', null, false)"))
          .as("what parted fields once is a character like any other")
          .isFalse();
      assertThat(
              same(database, "measure_fact('a'',''b', 'c', 1)", "measure_fact('a', 'b'',''c', 1)"))
          .as("a quote does not end a field")
          .isFalse();
      assertThat(
              same(
                  database,
                  "concept_fact('a', '[,2020-01-01)', 'l', false, 'x', null, null)",
                  "concept_fact('a', '[2020-01-01,)', 'l', false, 'x', null, null)"))
          .as("a beginning is no end")
          .isFalse();
      assertThat(
              same(
                  database,
                  "association_fact('a', 'b', 'exact', 0.50, 'count', null)",
                  "association_fact('a', 'b', 'exact', 0.5, 'count', null)"))
          .as("a number is what it is worth")
          .isTrue();
      // sha-256 of: measure,'01004','population','1'
      assertThat(database.value("select measure_fact('01004', 'population', 1)"))
          .isEqualTo("9b61450a-39eb-349d-31c1-5113b48f4daf");
    }
  }

  @Test
  void the_same_content_has_the_same_digest_whatever_came_before(@TempDir Path folder)
      throws IOException {
    try (TestDatabase shipped = TestDatabase.shipped();
        TestDatabase other = TestDatabase.empty();
        ApplicationContext context = other.start()) {
      for (String referential : SMALL) {
        Path only = copy(referential, folder.resolve(referential));
        assertThat(
                context
                    .getBean(ShippedReferentials.class)
                    .publishMissing(only, Importer.Progress.SILENT))
            .isEmpty();
      }
      // The numbers that the database gives to referentials are others here.
      assertThat(other.value("select id from referential where name = 'regions'"))
          .isNotEqualTo(shipped.value("select id from referential where name = 'regions'"));
      Map<String, String> digests = Imports.digests(shipped);
      assertThat(Imports.digests(other))
          .hasSize(17)
          .allSatisfy((name, digest) -> assertThat(digest).as(name).isEqualTo(digests.get(name)));
    }
  }

  /** A folder of referentials with this one alone. */
  private static Path copy(String referential, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("referentials", referential))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(Path.of("referentials").relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return to;
  }

  @Test
  void a_registry_that_is_older_is_digested_anew_and_sound() {
    try (TestDatabase database = TestDatabase.empty()) {
      flyway(database, "5");
      database.sql(
          sql ->
              sql.execute(
                  """
                  insert into import (format, finished_at, outcome) values ('pack', now(), 'published');
                  insert into referential (name) values ('x');
                  insert into level values (1, 1, 'l');
                  insert into concept values (1, 'a', '[2020-01-01,)', '[18262,)', 1, false, 'A', null, '{"k": "v"}',
                      concept_fact('a', '[2020-01-01,)', 'l', false, 'A', null, '{"k": "v"}'));
                  insert into link values (1, 'a', 'broader', 1, 'b', '[2020-01-01,)', '[18262,)', true,
                      link_fact('a', 'broader', 'x', 'b', '[2020-01-01,)', true));
                  insert into succession values (1, '2020-01-01', null, 1, 'a', 'created', '20', false, '[18262,)',
                      succession_fact('2020-01-01', null, 'x', 'a', 'created', '20', false));
                  insert into measure values (1, 'a', 'population', 7, '[18262,)', measure_fact('a', 'population', 7));
                  insert into release (referential, edition, position, reference_date, state, ended_at, digest, concepts, in_force, links, successions, measures, observed, import)
                  select 1, e, 18262, '2020-01-01', s, case when s = 'superseded' then now() end, repeat('0', 64), 1, 1, 1, 1, 1, '{"concepts": ["2020-01-01"]}', 1
                    from (values ('2020', 'published'), ('2019', 'superseded')) as v (e, s);
                  insert into correspondence (name, source, target, state, import, digest, associations) values ('x-x', 1, 1, 'published', 1, repeat('0', 64), 1);
                  insert into association (correspondence, source_code, target_code, match) values (1, 'a', 'b', 'exact');
                  """));
      flyway(database, "latest");
      try (ApplicationContext context = database.start()) {
        assertThat(context.getBean(VerificationStore.class).verify().isSound()).isTrue();
      }
      // Of what was superseded nothing is there any more.
      assertThat(database.value("select digest from release where state = 'superseded'"))
          .isEqualTo("0".repeat(64));
    }
  }

  private static void flyway(TestDatabase database, String target) {
    Map<String, String> at = database.properties();
    Flyway.configure()
        .dataSource(
            at.get("datasources.default.url"),
            at.get("datasources.default.username"),
            at.get("datasources.default.password"))
        .locations("filesystem:migrations")
        .target(target)
        .load()
        .migrate();
  }
}
