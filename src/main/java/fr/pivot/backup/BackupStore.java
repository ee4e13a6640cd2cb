package fr.pivot.backup;

import fr.pivot.catalog.VerificationStore;
import fr.pivot.catalog.VerificationStore.Verification;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * Writes a backup: every table, as one transaction sees them, while Pivot goes on answering and
 * importing.
 */
@Singleton
public class BackupStore {

  /** The log of migrations is not data: a registry that is restored has one of its own. */
  static final String TABLES =
      """
      select c.relname as name, c.oid as id
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> 'flyway_schema_history'
       order by c.relname
      """;

  private static final String NEEDED =
      """
      select t.relname as name
        from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
        join pg_namespace n on n.oid = f.relnamespace
       where k.contype = 'f' and n.nspname = 'public' and f.relname = ? and t.relname <> f.relname
       order by 1
      """;

  private static final String COLUMNS =
      """
      select column_name from information_schema.columns
       where table_schema = 'public' and table_name = ? and is_generated = 'NEVER'
       order by ordinal_position
      """;

  private final DataSource dataSource;

  BackupStore(DataSource dataSource) {
    this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
  }

  /**
   * Writes a backup, and holds what it is of against its fingerprints.
   *
   * @param target a folder that is not there, or empty
   * @param now when
   * @param progress told of each table once it is written
   * @throws BackupException when the folder cannot be used
   * @throws IOException when it cannot be written, as where the disk is full; nothing is left of it
   */
  public Manifest write(Path target, Instant now, Consumer<Manifest.Table> progress)
      throws IOException {
    try (BackupFolder folder = BackupFolder.begin(target);
        Connection connection = dataSource.getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      boolean written = false;
      try {
        DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        List<Manifest.Table> tables = new ArrayList<>();
        for (String name : inOrder(sql)) {
          List<String> columns = sql.fetch(COLUMNS, name).getValues(0, String.class);
          Manifest.Table table =
              folder.write(name, columns, out -> write(copy, name, columns, out));
          progress.accept(table);
          tables.add(table);
        }
        Verification verification = VerificationStore.verify(sql);
        Manifest manifest =
            new Manifest(
                Manifest.FORMAT,
                RestoreStore.schema(sql),
                now.toString(),
                sql.fetchOne("show server_version").get(0, String.class),
                verification.digest(),
                verification.isSound(),
                tables);
        folder.finish(manifest);
        written = true;
        return manifest;
      } finally {
        if (written) {
          connection.rollback();
          connection.setAutoCommit(true);
          connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        } else {
          // It may be in the middle of a table, and is of no more use.
          connection.abort(Runnable::run);
        }
      }
    } catch (SQLException e) {
      throw new DataAccessException("could not read the registry", e);
    }
  }

  private static long write(CopyManager copy, String table, List<String> columns, OutputStream out)
      throws IOException {
    try {
      CopyOut rows =
          copy.copyOut("copy " + table + " (" + String.join(", ", columns) + ") to stdout");
      for (byte[] row; (row = rows.readFromCopy()) != null; ) {
        out.write(row);
      }
      return rows.getHandledRowCount();
    } catch (SQLException e) {
      throw new IOException("could not read the table " + table, e);
    }
  }

  /** The tables, each after those that its rows point to. */
  private static SequencedSet<String> inOrder(DSLContext sql) {
    SequencedSet<String> ordered = new LinkedHashSet<>();
    for (String table : sql.fetch(TABLES).getValues("name", String.class)) {
      add(sql, table, ordered);
    }
    return ordered;
  }

  private static void add(DSLContext sql, String table, SequencedSet<String> ordered) {
    if (!ordered.contains(table)) {
      sql.fetch(NEEDED, table).getValues("name", String.class).forEach(t -> add(sql, t, ordered));
      ordered.add(table);
    }
  }
}
