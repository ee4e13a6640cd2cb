package fr.pivot.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.VerificationStore;
import fr.pivot.catalog.VerificationStore.Unsealed;
import fr.pivot.catalog.VerificationStore.Verification;
import fr.pivot.importing.Importer;
import fr.pivot.importing.ShippedReferentials;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every table of the database: a row that is changed in any column, added or removed by other means
 * than Pivot's is told. A table that is new is found in the schema, and is covered or named here
 * with a reason.
 */
@PivotTest(Holding.EMPTY_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SealedTablesTest {

  private static final Map<String, String> NOT_COVERED =
      Map.of(
          "flyway_schema_history", "Flyway holds it against the migrations at each start",
          "asked_codes", "counters of requests, which every node adds to: not what was published");

  /** What no file of these few packs has, as Pivot writes it. */
  private static final List<String> FURTHER =
      List.of(
          """
          insert into correspondence (name, source, target, state, descriptor, digest, associations, sources, import)
          select 'regions-2026.departements-2026', s.id, t.id, 'published', '{"title":{"fr":"Essai"}}', repeat('0', 64), 2, '[]', s.import
            from release s join referential sf on sf.id = s.referential, release t join referential tf on tf.id = t.referential
           where sf.name = 'regions' and s.edition = '2026' and tf.name = 'departements' and t.edition = '2026'
          """,
          "insert into association select id, '84', '01', 'narrower', 0.5, 'count', '{\"note\":\"a\"}' from correspondence",
          "insert into association select id, '84', '03', 'close', null, null, null from correspondence",
          "update correspondence c set digest = correspondence_digest(c)",
          "insert into publication (correspondence, action) select id, 'published' from correspondence",
          """
          insert into stated (release, coverage, concepts, links, successions, measures)
          select min(id), '{"snapshot":true}', array[('84', '[2016-01-01,)', 'region', false, 'Auvergne', null, null)::stated_concept],
                 array[('84', 'broader', 'pays', 'FR', '[2016-01-01,)', false)::stated_link],
                 array[('2016-01-01', '82', 'regions', '84', 'merged', 'fusion', false)::stated_succession],
                 array[('84', 'population', 7)::stated_measure] from release
          """,
          """
          insert into day_list (referential, target_referential, day, whole, import)
          select f.id, t.id, '2020-01-01', true, (select min(id) from import) from referential f, referential t
           where f.name = 'departements' and t.name = 'regions'
          """,
          "insert into day_link select referential, target_referential, day, '01', 'broader', '84' from day_list",
          """
          insert into waiting_correspondence
          select 'a.b', 'Titre', 'Title', 'INSEE', 'https://example.org', '2026-01-01', 'regions', '2026', 'departements', '2030', '[]', min(id) from import
          """,
          "insert into waiting_association values ('a.b', 1, '84', '01', 'narrower', 0.5, 'count', '{}')",
          "update referential set descriptor = descriptor",
          "select seal_written()");

  /**
   * How a column may be changed, by the type of it; a value that the database refuses is tried no
   * further.
   */
  private static final Map<String, List<String>> CHANGES =
      Map.ofEntries(
          Map.entry(
              "text",
              List.of(
                  "%1$s || 'x'",
                  "translate(%1$s, '0123456789abcdef', '123456789abcdef0')",
                  "'withdrawn'",
                  "'rejected'",
                  "'related'",
                  "'ceased'",
                  "'exact'",
                  "'changed'")),
          Map.entry("bool", List.of("not %1$s")),
          Map.entry("int2", List.of("%1$s + 1", "%1$s + 100")),
          Map.entry("int4", List.of("%1$s + 1")),
          Map.entry("int8", List.of("%1$s + 1", "%1$s + 1000")),
          Map.entry("numeric", List.of("coalesce(%1$s, 0) / 2 + 0.1")),
          Map.entry("date", List.of("coalesce(%1$s, '2020-01-01') + 1")),
          Map.entry("timestamptz", List.of("%1$s + interval '1 second'", "'2020-01-01'")),
          Map.entry("jsonb", List.of("'{\"changed\":true}'", "'{\"concepts\":[\"1999-01-01\"]}'")),
          Map.entry("uuid", List.of("gen_random_uuid()")),
          Map.entry(
              "daterange",
              List.of("daterange(coalesce(lower(%1$s), '1900-01-01') + 1, upper(%1$s))")),
          Map.entry("int4range", List.of("int4range(lower(%1$s) + 1, upper(%1$s))")),
          Map.entry("_stated_concept", List.of("%1$s || %1$s")),
          Map.entry("_stated_link", List.of("%1$s || %1$s")),
          Map.entry("_stated_succession", List.of("%1$s || %1$s")),
          Map.entry("_stated_measure", List.of("%1$s || %1$s")));

  /** Changes of several columns that the database holds together. */
  private static final Map<String, List<String>> TOGETHER =
      Map.of(
          "release",
              List.of(
                  "state = 'withdrawn', ended_at = now()",
                  "reference_date = reference_date + 1, position = position + 1"),
          "correspondence", List.of("state = 'withdrawn', ended_at = now()"),
          "import", List.of("outcome = null, finished_at = null"),
          "publication",
              List.of(
                  "referential = null, release = null, correspondence = (select id from correspondence)"));

  /** Columns that the database lets nobody change by themselves; they are changed together. */
  private static final List<String> ALONE_REFUSED =
      List.of(
          "correspondence.ended_at",
          "correspondence.state",
          "release.ended_at",
          "release.position",
          "release.reference_date",
          "release.state");

  private final TestDatabase database;
  private final ApplicationContext context;

  SealedTablesTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  @BeforeAll
  void load(@TempDir Path folder) throws IOException {
    publish(folder, "regions", "departements", "ept");
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
      FURTHER.forEach(sql::execute);
      // Numbers are changed as well.
      for (Record identity :
          sql.fetch(
              "select table_name, column_name from information_schema.columns where table_schema = 'public' and is_identity = 'YES'")) {
        sql.execute(
            "alter table %s alter column %s set generated by default"
                .formatted(identity.get(0), identity.get(1)));
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void publish(Path folder, String... referentials) throws IOException {
    for (String referential : referentials) {
      Path from = Path.of("referentials", referential);
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.toList()) {
          Path copy = folder.resolve(referential).resolve(from.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(file, copy);
          }
        }
      }
    }
    assertThat(
            context
                .getBean(ShippedReferentials.class)
                .publishMissing(folder, Importer.Progress.SILENT))
        .isEmpty();
  }

  private List<String> tables() {
    return database.lines(
        "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1");
  }

  @Test
  void a_row_changed_added_or_removed_in_any_table_is_told() throws SQLException {
    Verification sound = context.getBean(VerificationStore.class).verify();
    assertThat(sound.isSound()).as(sound.toString()).isTrue();
    List<String> unseen = new ArrayList<>();
    Set<String> untouched = new TreeSet<>();
    Set<String> touched = new TreeSet<>();
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
      for (String table : tables()) {
        if (NOT_COVERED.containsKey(table)) {
          continue;
        }
        for (Change change : changes(table)) {
          Boolean seen = isTold(sql, change.statement());
          connection.rollback();
          (seen == null ? untouched : touched).add(change.of());
          if (seen != null && !seen) {
            unseen.add(change.statement());
          }
        }
      }
    }
    assertThat(unseen).isEmpty();
    untouched.removeAll(touched);
    assertThat(untouched)
        .as("changed by no statement here")
        .containsExactlyElementsOf(ALONE_REFUSED);
  }

  /**
   * Whether what a statement does is told; null where it does nothing or the database refuses it.
   */
  private static @Nullable Boolean isTold(DSLContext sql, String change) {
    sql.execute("set local session_replication_role = replica");
    try {
      if (sql.execute(change) == 0) {
        return null;
      }
    } catch (DataAccessException e) {
      assertThat(e.sqlState()).as(change + ": " + e.getMessage()).matches("(22|23|42|428).*");
      return null;
    }
    return !VerificationStore.verify(sql).isSound();
  }

  /** A statement that changes one row, and the column that it does it to. */
  private record Change(String of, String statement) {}

  private List<Change> changes(String table) {
    List<Change> changes = new ArrayList<>();
    String row = " where ctid = (select ctid from %s order by ctid limit 1)".formatted(table);
    changes.add(new Change(table, "delete from " + table + row));
    for (String together : TOGETHER.getOrDefault(table, List.of())) {
      changes.add(new Change(table + " together", "update " + table + " set " + together + row));
    }
    List<Record> columns =
        database.sql(
            sql ->
                List.copyOf(
                    sql.fetch(
                        "select column_name, udt_name from information_schema.columns where table_schema = 'public' and table_name = ? order by ordinal_position",
                        table)));
    for (Record column : columns) {
      String name = column.get(0, String.class);
      String type = column.get(1, String.class);
      assertThat(CHANGES).as("%s.%s", table, name).containsKey(type);
      for (String how : CHANGES.get(type)) {
        changes.add(
            new Change(
                table + '.' + name,
                "update %1$s set %2$s = %3$s%4$s and %2$s is distinct from %3$s"
                    .formatted(
                        table,
                        name,
                        how.formatted(name),
                        " where ctid = (select ctid from %1$s where %2$s is distinct from %3$s order by ctid limit 1)"
                            .formatted(table, name, how.formatted(name)))));
      }
    }
    return changes;
  }

  @Test
  void what_is_told_says_what_it_is_about() throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
      sql.execute(
          "update release set sources = '[]' where edition = '2026' and referential = (select id from referential where name = 'regions')");
      sql.execute("update referential set descriptor = '{}' where name = 'departements'");
      sql.execute("delete from publication where id = (select min(id) from publication)");
      sql.execute("insert into import (format) values ('cog')");
      assertThat(VerificationStore.verify(sql).unsealed())
          .hasSize(4)
          .contains(
              new Unsealed("release", "regions@2026", "changed"),
              new Unsealed("referential", "departements", "changed"))
          .anySatisfy(
              row -> {
                assertThat(row.kind()).isEqualTo("publication");
                assertThat(row.how()).isEqualTo("missing");
              })
          .anySatisfy(
              row -> {
                assertThat(row.kind()).isEqualTo("import");
                assertThat(row.how()).isEqualTo("added");
              });
      connection.rollback();
    }
  }

  @Test
  void an_import_does_not_make_a_changed_row_good(@TempDir Path folder) throws IOException {
    VerificationStore store = context.getBean(VerificationStore.class);
    String before = store.verify().digest();
    String change =
        "update release set published_at = published_at %s interval '1 second' where edition = '2025'";
    database.sql(sql -> sql.execute(change.formatted("+")));
    publish(folder, "iso-15924");
    assertThat(store.verify().unsealed())
        .extracting(Unsealed::subject)
        .containsExactlyInAnyOrder("departements@2025", "ept@2025", "regions@2025");
    database.sql(sql -> sql.execute(change.formatted("-")));
    assertThat(store.verify().isSound()).isTrue();
    assertThat(store.verify().digest()).isNotEqualTo(before);
  }
}
