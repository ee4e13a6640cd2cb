package fr.pivot.backup;

import fr.pivot.catalog.CatalogStore;
import fr.pivot.home.DatabaseAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Restores a backup into a database that holds nothing yet: the tables are made as they were when
 * the backup was taken, and filled in one transaction. The application that starts on it next
 * brings them to the form of this Pivot.
 */
public final class RestoreStore {

  private final DatabaseAddress address;
  private final @Nullable Path current;

  /**
   * Restores into the database of that address.
   *
   * @param current the file that says what is published in it; null where it is of no home
   */
  public RestoreStore(DatabaseAddress address, @Nullable Path current) {
    this.address = address;
    this.current = current;
  }

  /**
   * Reads the whole backup once, and then restores it, or nothing of it.
   *
   * @param folder the backup
   * @param progress told of each table once it is filled
   * @throws BackupException when the backup is damaged or newer than this Pivot, or the database
   *     holds something
   */
  public Manifest restore(Path folder, Consumer<Manifest.Table> progress) throws IOException {
    Manifest manifest = BackupFolder.check(folder);
    if (manifest.schema() > newest()) {
      throw BackupFolder.newer();
    }
    try (Connection connection = connect()) {
      DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
      requireEmpty(sql);
      if (hasSchema(sql) && schema(sql) > manifest.schema()) {
        throw new BackupException(
            "La base est vide, mais ses tables sont celles d'un Pivot plus récent que la sauvegarde"
                + " : donnez un dossier neuf par --home, ou une base sans tables.",
            "The database is empty, but its tables are those of a newer Pivot than the backup: give"
                + " a new folder with --home, or a database without tables.");
      }
      flyway().target(Integer.toString(manifest.schema())).load().migrate();
      connection.setAutoCommit(false);
      try {
        sql.execute("lock table " + String.join(", ", tables(sql)) + " in exclusive mode");
        requireEmpty(sql);
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (Manifest.Table table : manifest.tables()) {
          fill(copy, folder, table);
          progress.accept(table);
        }
        renewNumbers(sql);
        CatalogStore.announceChange(sql, current);
        connection.commit();
      } finally {
        connection.rollback();
      }
      connection.setAutoCommit(true);
      sql.execute("analyze");
    } catch (SQLException e) {
      throw new DataAccessException("could not restore the registry", e);
    }
    return manifest;
  }

  /** The number of the last migration of this Pivot. */
  public int newest() {
    return Arrays.stream(flyway().load().info().all())
        .map(info -> info.getVersion().getVersion())
        .mapToInt(Integer::parseInt)
        .max()
        .orElseThrow();
  }

  /** The number of the last migration of a database. */
  static int schema(DSLContext sql) {
    return sql.fetchOne(
            "select max(version::int) from flyway_schema_history where success and version is not null")
        .get(0, Integer.class);
  }

  private FluentConfiguration flyway() {
    return Flyway.configure()
        .locations("classpath:db/migration")
        .dataSource(address.url(), address.user(), address.password());
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    @Nullable String password = address.password();
    if (password != null) {
      properties.setProperty("password", password);
    }
    return DriverManager.getConnection(address.url(), properties);
  }

  private static boolean hasSchema(DSLContext sql) {
    return sql.fetchOne("select to_regclass('public.flyway_schema_history') is not null")
        .get(0, Boolean.class);
  }

  private static List<String> tables(DSLContext sql) {
    return sql.fetch(BackupStore.TABLES).getValues("name", String.class);
  }

  private static void requireEmpty(DSLContext sql) {
    for (String table : tables(sql)) {
      if (sql.fetchOne("select exists (select from " + DSL.name(table) + ")")
          .get(0, Boolean.class)) {
        throw new BackupException(
            "Le registre n'est pas vide : une sauvegarde se restaure dans un dossier neuf (--home)"
                + " ou dans une base neuve. Rien n'a été changé.",
            "The registry is not empty: a backup is restored into a new folder (--home) or into a"
                + " new database. Nothing was changed.");
      }
    }
  }

  private static void fill(CopyManager copy, Path folder, Manifest.Table table)
      throws IOException, SQLException {
    try (InputStream in = BackupFolder.open(folder, table)) {
      long rows =
          copy.copyIn(
              "copy " + table.name() + " (" + String.join(", ", table.columns()) + ") from stdin",
              in,
              1 << 16);
      if (rows != table.rows()) {
        throw new IOException(
            table.name() + " has " + rows + " rows, where the backup says " + table.rows());
      }
    }
  }

  /** What is given a number next gets one that nobody has. */
  private static void renewNumbers(DSLContext sql) {
    List<Record> identities =
        sql.fetch(
            """
            select table_name, column_name from information_schema.columns
             where table_schema = 'public' and is_identity = 'YES'
            """);
    for (Record identity : identities) {
      String table = identity.get(0, String.class);
      String column = identity.get(1, String.class);
      sql.execute(
          "select setval(pg_get_serial_sequence(?, ?), coalesce(max(%s), 0) + 1, false) from %s"
              .formatted(DSL.name(column), DSL.name(table)),
          table,
          column);
    }
  }
}
