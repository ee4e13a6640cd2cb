package fr.pivot.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.TestDatabase;
import fr.pivot.importing.Imports;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases of older and of newer Pivots. */
class UpgradeTest {

  /** A referential of two codes in two editions, as the first Pivot wrote it. */
  private static final List<String> WRITTEN =
      List.of(
          "insert into referential (name, descriptor) values ('iso-15924', cast(? as jsonb))",
          "insert into level select id, 1, 'ecriture' from referential",
          "insert into import (format, finished_at, outcome) values ('pack', now(), 'published')",
          "insert into import_file select id, 0, 'concepts.csv', repeat('a', 64), 10 from import",
          """
          insert into release (referential, edition, position, reference_date, state, digest, concepts, in_force, links, successions, measures, import)
          select r.id, to_char(d, 'YYYY'), d - date '1970-01-01', d, 'published', repeat('0', 64), 2, 2, 1, 1, 1, i.id
            from referential r, import i, unnest(array[date '2025-01-01', date '2026-01-01']) as d
          """,
          """
          insert into concept (referential, code, validity, releases, level, derived, label, fact)
          select r.id, c, '[2020-01-01,)', int4range((select min(position) from release), null), 1, false, 'Fruit ' || c,
                 concept_fact(c, '[2020-01-01,)', 'ecriture', false, 'Fruit ' || c, null, null)
            from referential r, unnest(array['A', 'B']) as c
          """,
          """
          insert into link (referential, code, relation, target_referential, target, validity, releases, derived, fact)
          select id, 'A', 'related', id, 'B', '[2020-01-01,)', int4range((select min(position) from release), null), false,
                 link_fact('A', 'related', 'iso-15924', 'B', '[2020-01-01,)', false) from referential
          """,
          """
          insert into succession (referential, date, code, referential_after, code_after, kind, derived, releases, fact)
          select id, '2020-01-01', null, id, 'A', 'created', false, int4range((select min(position) from release), null),
                 succession_fact('2020-01-01', null, 'iso-15924', 'A', 'created', null, false) from referential
          """,
          """
          insert into measure (referential, code, name, value, releases, fact)
          select id, 'A', 'weight', 7, int4range((select min(position) from release), null), measure_fact('A', 'weight', 7) from referential
          """,
          "insert into publication (referential, release, action) select referential, id, 'published' from release");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void a_database_of_each_older_pivot_is_brought_over_with_what_it_holds(int version)
      throws IOException {
    try (TestDatabase database = TestDatabase.empty()) {
      flyway(database, "1").migrate();
      String descriptor = Files.readString(Path.of("referentials/iso-15924/descriptor.json"));
      database.sql(
          sql ->
              WRITTEN.stream()
                  .mapToInt(w -> w.contains("?") ? sql.execute(w, descriptor) : sql.execute(w))
                  .sum());
      flyway(database, Integer.toString(version)).migrate();
      try (ApplicationContext context = database.start()) {
        VerificationStore.Verification found = context.getBean(VerificationStore.class).verify();
        assertThat(found.isSound()).as(found.toString()).isTrue();
        assertThat(found.editions()).isEqualTo(2);
        Release latest =
            Imports.registry(context).catalog().findRelease("iso-15924", "2026").orElseThrow();
        assertThat(latest.concepts()).isEqualTo(2);
        // Everything beside the statements is sealed.
        assertThat(database.value("select count(*) from seal"))
            .isEqualTo(database.value("select count(*) from sealed"))
            .isEqualTo("8");
      }
    }
  }

  private static Flyway flyway(TestDatabase database, String target) {
    return Flyway.configure()
        .dataSource(
            database.url(),
            database.properties().get("datasources.default.username"),
            database.properties().get("datasources.default.password"))
        .locations("filesystem:migrations")
        .target(target)
        .load();
  }

  @Test
  void a_database_of_a_newer_pivot_is_refused() {
    try (TestDatabase database = TestDatabase.empty()) {
      database.start().close();
      database.sql(
          sql ->
              sql.execute(
                  """
                  insert into flyway_schema_history
                  select 9999, '9999', 'of a newer one', 'SQL', 'V9999__of_a_newer_one.sql', 1, installed_by, now(), 1, true
                    from flyway_schema_history where installed_rank = 1
                  """));
      assertThatThrownBy(database::start).hasRootCauseInstanceOf(FlywayValidateException.class);
    }
  }
}
