package fr.pivot.importing;

import fr.pivot.catalog.CatalogStore;
import fr.pivot.catalog.SealStore;
import fr.pivot.finding.Findings;
import fr.pivot.importing.records.ImportRepository;
import fr.pivot.importing.records.ImportRepository.Begun;
import fr.pivot.importing.records.ImportRepository.BegunFile;
import fr.pivot.importing.records.ImportRepository.Place;
import fr.pivot.importing.records.WaitingRepository;
import fr.pivot.referential.Referential;
import fr.pivot.referential.SourceFile;
import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of imports, and the transactions that they run in. */
@Singleton
public class ImportStore {

  private static final Logger LOG = LoggerFactory.getLogger(ImportStore.class);

  private final DataSource dataSource;
  private final ConnectionOperations<Connection> connections;
  private final ImportRepository imports;
  private final ImportRepository.Files files;
  private final WaitingRepository waiting;
  private final CatalogStore catalog;

  ImportStore(
      DataSource dataSource,
      ConnectionOperations<Connection> connections,
      ImportRepository imports,
      ImportRepository.Files files,
      WaitingRepository waiting,
      CatalogStore catalog) {
    this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
    this.connections = connections;
    this.imports = imports;
    this.files = files;
    this.waiting = waiting;
    this.catalog = catalog;
  }

  /** Work inside one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run(Transaction transaction) throws Exception;
  }

  /** One transaction: its staging area, its checks and its publication. */
  final class Transaction {
    private final Connection connection;
    private final DSLContext sql;
    private boolean committed;

    private Transaction(Connection connection) {
      this.connection = connection;
      this.sql = DSL.using(connection, SQLDialect.POSTGRES);
    }

    StagingStore staging(Function<String, Optional<Referential>> referentials, Findings findings) {
      return new StagingStore(connection, referentials, findings);
    }

    CheckStore checks(Findings findings) {
      return new CheckStore(connection, findings);
    }

    DayListStore dayLists() {
      return new DayListStore(connection);
    }

    WaitingStore waiting() {
      return new WaitingStore(connection, waiting, catalog);
    }

    CarryOverStore carryOver() {
      return new CarryOverStore(connection);
    }

    StatedStore stated() {
      return new StatedStore(connection);
    }

    PublicationStore publication() {
      return new PublicationStore(connection);
    }

    /** Takes a referential for this import alone; false where another import has it. */
    boolean lock(String referential) {
      return sql.fetchOne(
              "select pg_try_advisory_xact_lock(hashtextextended('pivot import ' || ?, 0))",
              referential)
          .get(0, Boolean.class);
    }

    /** Takes a correspondence for this import alone; false where another import has it. */
    boolean lockCorrespondence(String id) {
      // No referential's name holds a colon.
      return lock("correspondence:" + id);
    }

    /** Writes down that the import published; visible on commit, with what it publishes. */
    void endPublished(long id, String findings) {
      end(sql, id, "published", findings);
    }

    void commit() throws SQLException {
      SealStore.seal(sql);
      connection.commit();
      committed = true;
    }

    /** Commits what was published. */
    void commitPublished() throws SQLException {
      catalog.announceChange(sql);
      commit();
    }
  }

  /** Work that failed, on its way through what does not know how work fails. */
  private static final class FailedWorkException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Exception failure;

    FailedWorkException(Exception failure) {
      super(failure);
      this.failure = failure;
    }
  }

  /**
   * Runs work in a transaction of its own; what it does not commit is undone. Repositories that the
   * work asks on its thread take part.
   */
  <T> T inTransaction(Work<T> work) throws Exception {
    try {
      return connections.execute(
          ConnectionDefinition.REQUIRES_NEW, status -> run(work, status.getConnection()));
    } catch (FailedWorkException e) {
      throw e.failure;
    }
  }

  private <T> T run(Work<T> work, Connection connection) {
    try {
      connection.setAutoCommit(false);
      Transaction transaction = new Transaction(connection);
      try {
        return work.run(transaction);
      } finally {
        release(connection, transaction);
      }
    } catch (Exception e) {
      throw new FailedWorkException(e);
    }
  }

  private static void release(Connection connection, Transaction transaction) {
    try {
      if (!transaction.committed) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // The connection is lost, and with it what was not committed; what lost it is being thrown.
      LOG.debug("while giving a connection back", e);
    }
  }

  /** Something done while nobody else does it. */
  @FunctionalInterface
  interface Alone<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /**
   * Does what one node at a time does, waiting for the others; one that dies is waited for no
   * longer.
   *
   * @param what its name, the same on all nodes
   */
  <T> T alone(String what, Alone<T> work) throws IOException {
    try (Connection connection = dataSource.getConnection()) {
      DSLContext holder = DSL.using(connection, SQLDialect.POSTGRES);
      holder.execute("select pg_advisory_lock(hashtextextended('pivot ' || ?, 0))", what);
      try {
        return work.run();
      } finally {
        holder.execute("select pg_advisory_unlock(hashtextextended('pivot ' || ?, 0))", what);
      }
    } catch (SQLException e) {
      throw new DataAccessException("could not wait for " + what, e);
    }
  }

  private DSLContext sql() {
    return DSL.using(dataSource, SQLDialect.POSTGRES);
  }

  /** Writes down that an import begins. */
  long begin(String format, String options, List<SourceFile> from) {
    try {
      return inTransaction(
          transaction -> {
            Long id = Objects.requireNonNull(imports.save(new Begun(null, format, options)).id());
            List<BegunFile> begun = new ArrayList<>(from.size());
            for (SourceFile file : from) {
              Place place = new Place(id, (short) begun.size());
              begun.add(new BegunFile(place, file.name(), file.sha256(), file.bytes()));
            }
            files.saveAll(begun);
            transaction.commit();
            return id;
          });
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new StagingException(e);
    }
  }

  /** Writes down how an import ended, unless that is written already. */
  void end(long id, String outcome, String findings) {
    sql()
        .transaction(
            tx -> {
              end(tx.dsl(), id, outcome, findings);
              SealStore.seal(tx.dsl());
            });
  }

  private static void end(DSLContext sql, long id, String outcome, String findings) {
    sql.execute(
        """
        update import set finished_at = clock_timestamp(), outcome = ?, findings = cast(? as jsonb)
         where id = ? and outcome is null
        """,
        outcome,
        JSONB.valueOf(findings),
        id);
  }

  /**
   * The releases and correspondences that these very files, read with these options, made and that
   * are still what the registry says; empty where there are none.
   */
  List<String> listPublishedFrom(String format, String options, List<SourceFile> files) {
    return sql()
        .fetch(
            """
            select distinct p.name
              from import i
              join (select l.import, f.name || '@' || l.edition as name
                      from release l join referential f on f.id = l.referential where l.state = 'published'
                    union all select import, name from correspondence where state = 'published') as p on p.import = i.id
             where i.outcome = 'published' and i.format = ? and i.options = cast(? as jsonb)
               and (select array_agg(sha256 order by sha256) from import_file where import = i.id) = cast(? as text[])
               and not exists (select from release o where o.import = i.id and o.state <> 'published'
                                  and not exists (select from release n where n.referential = o.referential and n.edition = o.edition
                                                     and n.state = 'published' and n.import = o.import))
               and not exists (select from correspondence o where o.import = i.id and o.state <> 'published')
             order by 1
            """,
            format,
            JSONB.valueOf(options),
            files.stream().map(SourceFile::sha256).sorted().toArray(String[]::new))
        .getValues("name", String.class);
  }

  /** Those of these files, by their digests, that were published once, even if superseded since. */
  Set<String> listPublished(Collection<String> sha256s) {
    return new HashSet<>(
        sql()
            .fetch(
                """
                select distinct f.sha256 from import_file f join import i on i.id = f.import
                 where f.sha256 = any (cast(? as text[])) and i.outcome in ('published', 'already-published')
                """,
                (Object) sha256s.toArray(String[]::new))
            .getValues("sha256", String.class));
  }
}
