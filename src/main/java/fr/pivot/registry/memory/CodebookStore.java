package fr.pivot.registry.memory;

import static fr.pivot.schema.Tables.PUBLICATION;
import static fr.pivot.schema.Tables.REFERENTIAL;
import static org.jooq.impl.DSL.max;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.CatalogStore;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Correspondence;
import io.micronaut.core.type.Argument;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyOut;

/** Reads codebooks and correspondences out of the database, a referential in four statements. */
@Singleton
public class CodebookStore {

  private static final Argument<Map<String, String>> STRINGS =
      Argument.mapOf(String.class, String.class);

  private static final String STATES =
      """
      select c.code, lower(c.validity) - date '1970-01-01', upper(c.validity) - date '1970-01-01', lower(c.releases), upper(c.releases),
             l.name, c.derived, c.label, c.labels::text, c.attributes::text
        from concept c join level l on l.referential = c.referential and l.number = c.level
       where c.referential = (select id from referential where name = ?)
       order by c.code collate "C", lower(c.validity) nulls first, lower(c.releases)
      """;

  private static final String LINKS =
      """
      select k.code, lower(k.validity) - date '1970-01-01', upper(k.validity) - date '1970-01-01', lower(k.releases), upper(k.releases),
             k.relation, t.name, k.target, k.derived
        from link k join referential t on t.id = k.target_referential
       where k.referential = (select id from referential where name = ?)
       order by k.code collate "C", k.target collate "C", lower(k.validity) nulls first
      """;

  private static final String SUCCESSIONS =
      """
      select s.date - date '1970-01-01', s.code, a.name, s.code_after, s.kind, s.type, s.derived, lower(s.releases), upper(s.releases)
        from succession s join referential a on a.id = s.referential_after
       where s.referential = (select id from referential where name = ?)
       order by s.date, s.code collate "C", s.code_after collate "C"
      """;

  private static final String MEASURES =
      """
      select m.code, m.name, m.value, lower(m.releases), upper(m.releases)
        from measure m
       where m.referential = (select id from referential where name = ?)
       order by m.code collate "C", m.name, lower(m.releases)
      """;

  private static final String CORRESPONDENCES =
      """
      select c.id, c.name, c.descriptor, c.digest, c.published_at, c.sources,
             sf.name as source, s.edition as source_edition, tf.name as target, t.edition as target_edition
        from correspondence c
        join release s on s.id = c.source join referential sf on sf.id = s.referential
        join release t on t.id = c.target join referential tf on tf.id = t.referential
       where c.state = 'published'
       order by c.name
      """;

  /**
   * A copy that has replayed all that it received, and still receives, is not behind; any other is
   * as far behind as the last change that it has replayed is old.
   */
  private static final String LOOK =
      """
      select coalesce((select max(id) from publication), 0)
             || '/' || (select count(*) || '/' || coalesce(max(id), 0) from correspondence where state = 'published') as published,
             (case when not pg_is_in_recovery() then 0
                   when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() and exists (select from pg_stat_wal_receiver) then 0
                   else coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 0) * 1000 end)::int as behind
      """;

  private static final String ASSOCIATIONS =
      """
      select source_code, target_code, match, share::text, basis, attributes::text
        from association
       where correspondence = ?
       order by source_code collate "C", target_code collate "C"
      """;

  private final DataSource dataSource;
  private final CatalogStore catalogs;
  private final ObjectMapper json;

  CodebookStore(DataSource dataSource, CatalogStore catalogs, ObjectMapper json) {
    this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
    this.catalogs = catalogs;
    this.json = json;
  }

  /**
   * What one transaction sees.
   *
   * @param catalog what exists
   * @param publications the number of the last publication of each referential
   */
  record Moment(Catalog catalog, Map<String, Long> publications) {}

  /** Reads, as of one moment, what exists and then whatever the reader asks for. */
  <T> T read(Function<Snapshot, T> reader) {
    return read(null, reader);
  }

  /** Reads as of the moment that another transaction exported, or as of now. */
  private <T> T read(@Nullable String exported, Function<Snapshot, T> reader) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try {
        DSLContext transaction = DSL.using(connection, SQLDialect.POSTGRES);
        if (exported != null) {
          transaction.execute("set transaction snapshot " + DSL.inline(exported));
        }
        // Whole referentials are sorted; the default of 4 MB would do it on disk.
        transaction.execute("set local work_mem = '128MB'");
        return reader.apply(new Snapshot(connection));
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      }
    } catch (SQLException e) {
      throw new DataAccessException("could not read codebooks", e);
    }
  }

  /**
   * Keeps in a folder what is described and published, while nobody may change it; does nothing
   * where somebody is.
   *
   * @param known the tables read earlier; of the others only the heads are kept anyway
   */
  void mark(Path data, FiledRegistry.Writer writer, Collection<Correspondence> known) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        DSLContext transaction = DSL.using(connection, SQLDialect.POSTGRES);
        if (catalogs.holdStill(transaction)) {
          Snapshot now = new Snapshot(connection);
          FiledRegistry.keep(
              data,
              writer,
              new FiledRegistry.Mark(
                  catalogs.load(transaction),
                  catalogs.listDescriptors(transaction),
                  now.listOrigins(),
                  now.correspondences(known, _ -> List.of())));
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new DataAccessException("could not read what is published", e);
    }
  }

  /** The registry as one transaction sees it. */
  final class Snapshot {
    private final Connection connection;
    private final DSLContext sql;
    private final BinaryRow row = new BinaryRow();
    private final Map<String, Map<String, String>> parsed = new HashMap<>();

    private Snapshot(Connection connection) {
      this.connection = connection;
      this.sql = DSL.using(connection, SQLDialect.POSTGRES);
    }

    Moment moment() {
      Map<String, Long> publications = new HashMap<>();
      sql.select(REFERENTIAL.NAME, max(PUBLICATION.ID))
          .from(PUBLICATION)
          .join(REFERENTIAL)
          .on(REFERENTIAL.ID.eq(PUBLICATION.REFERENTIAL))
          .groupBy(REFERENTIAL.NAME)
          .forEach(r -> publications.put(r.value1(), r.value2()));
      return new Moment(catalogs.load(sql), publications);
    }

    /** The referentials that have an event after which something is in this one. */
    List<String> listOrigins(String referential) {
      return sql.fetch(
              """
              select distinct f.name
                from succession s join referential f on f.id = s.referential
               where s.referential_after = (select id from referential where name = ?)
              """,
              referential)
          .getValues("name", String.class);
    }

    /** The referentials that have an event after which something is in another, by that other. */
    Map<String, List<String>> listOrigins() {
      return sql.fetch(
              """
              select a.name as after, f.name
                from (select distinct referential, referential_after from succession) s
                join referential f on f.id = s.referential join referential a on a.id = s.referential_after
               order by 1, 2
              """)
          .intoGroups(r -> r.get("after", String.class), r -> r.get("name", String.class));
    }

    /**
     * The codebooks of referentials, in the order given, read over two connections that see the
     * same moment: one waits for the server while the other decodes.
     */
    Map<String, Codebook> codebooks(List<Referential> referentials) {
      Queue<Referential> left = new ConcurrentLinkedQueue<>(referentials);
      Map<String, Codebook> codebooks = new ConcurrentHashMap<>();
      if (referentials.size() > 1) {
        String exported = sql.fetchOne("select pg_export_snapshot()").get(0, String.class);
        FutureTask<Boolean> other =
            new FutureTask<>(() -> read(exported, second -> second.drain(left, codebooks)));
        Thread.ofPlatform().daemon().name("codebooks").start(other);
        drain(left, codebooks);
        join(other);
      } else {
        drain(left, codebooks);
      }
      return codebooks;
    }

    private boolean drain(Queue<Referential> left, Map<String, Codebook> codebooks) {
      for (Referential next = left.poll(); next != null; next = left.poll()) {
        codebooks.put(next.id(), codebook(next));
      }
      return true;
    }

    private static void join(FutureTask<Boolean> other) {
      try {
        other.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while reading codebooks", e);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      }
    }

    private Codebook codebook(Referential referential) {
      CodebookBuilder builder = new CodebookBuilder(referential);
      String name = referential.id();
      each(
          STATES,
          name,
          row -> {
            String code = row.text();
            Validity validity = validity(row);
            Integer first = row.integer();
            Integer end = row.integer();
            String level = row.text();
            boolean derived = row.truth();
            builder.addState(
                new ConceptState(
                    code,
                    validity,
                    level,
                    row.text(),
                    object(row.textOrNull()),
                    object(row.textOrNull()),
                    derived),
                first,
                end);
          });
      each(
          LINKS,
          name,
          row -> {
            String code = row.text();
            Validity validity = validity(row);
            Integer first = row.integer();
            Integer end = row.integer();
            Relation relation = Relation.valueOf(row.text().toUpperCase(Locale.ROOT));
            builder.addLink(
                new Link(code, relation, row.text(), row.text(), validity, row.truth()),
                first,
                end);
          });
      each(
          SUCCESSIONS,
          name,
          row ->
              builder.addSuccession(
                  new Succession(
                      LocalDate.ofEpochDay(row.date()),
                      row.textOrNull(),
                      row.text(),
                      row.textOrNull(),
                      SuccessionKind.valueOf(row.text().toUpperCase(Locale.ROOT)),
                      row.textOrNull(),
                      row.truth()),
                  row.integer(),
                  row.integer()));
      each(
          MEASURES,
          name,
          row ->
              builder.addMeasure(
                  new Measure(row.text(), row.text(), row.number()), row.integer(), row.integer()));
      return builder.build();
    }

    /**
     * The published correspondences, by id.
     *
     * @param before those read earlier; the ones published since are read, the others kept
     */
    List<Correspondence> correspondences(Collection<Correspondence> before) {
      return correspondences(before, this::associations);
    }

    private List<Correspondence> correspondences(
        Collection<Correspondence> before, LongFunction<List<Association>> lines) {
      Map<String, Correspondence> kept = new HashMap<>();
      before.forEach(c -> kept.put(c.head().id(), c));
      return sql.fetch(CORRESPONDENCES)
          .map(
              line -> {
                CorrespondenceHead head = head(line);
                String digest = line.get("digest", String.class);
                Instant publishedAt = line.get("published_at", OffsetDateTime.class).toInstant();
                Correspondence known = kept.get(head.id());
                return known != null
                        && known.head().equals(head)
                        && known.digest().equals(digest)
                        && known.publishedAt().equals(publishedAt)
                    ? known
                    : new Correspondence(
                        head, digest, publishedAt, lines.apply(line.get("id", Long.class)));
              });
    }

    private List<Association> associations(long correspondence) {
      List<Association> list = new ArrayList<>();
      each(
          ASSOCIATIONS,
          correspondence,
          line -> {
            String source = line.text();
            String target = line.text();
            Match match = Match.valueOf(line.text().toUpperCase(Locale.ROOT));
            String share = line.textOrNull();
            list.add(
                new Association(
                    source,
                    target,
                    match,
                    share == null ? null : new BigDecimal(share),
                    line.textOrNull(),
                    object(line.textOrNull())));
          });
      return list;
    }

    private CorrespondenceHead head(Record line) {
      Map<String, Object> says = catalogs.object(line.get("descriptor", JSONB.class));
      Map<?, ?> title = (Map<?, ?>) says.getOrDefault("title", Map.of());
      Object homepage = says.get("homepage");
      Object issued = says.get("issued");
      return new CorrespondenceHead(
          line.get("name", String.class),
          new Text(String.valueOf(title.get("fr")), String.valueOf(title.get("en"))),
          String.valueOf(says.get("publisher")),
          homepage == null ? null : homepage.toString(),
          new CorrespondenceHead.Side(
              line.get("source", String.class), line.get("source_edition", String.class)),
          new CorrespondenceHead.Side(
              line.get("target", String.class), line.get("target_edition", String.class)),
          issued == null ? null : LocalDate.parse(issued.toString()),
          catalogs.sources(line.get("sources", JSONB.class)));
    }

    /** Reads rows by COPY: the server sends them as fast as they are taken, numbers as numbers. */
    private void each(String query, Object of, Consumer<BinaryRow> reader) {
      // COPY takes no parameters, so that the value is written into the statement, as a literal.
      String bound = sql.renderInlined(DSL.resultQuery(query, of));
      try {
        CopyOut copy =
            connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (" + bound + ") to stdout with (format binary)");
        row.begin();
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
          if (row.take(message)) {
            reader.accept(row);
          }
        }
      } catch (SQLException e) {
        throw new DataAccessException("could not read " + of, e);
      }
    }

    private Map<String, String> object(@Nullable String text) {
      return text == null ? Map.of() : parsed.computeIfAbsent(text, this::parse);
    }

    private Map<String, String> parse(String text) {
      try {
        return Map.copyOf(json.readValue(text, STRINGS));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Validity validity(BinaryRow row) {
      return new Validity(day(row.integer()), day(row.integer()));
    }

    private static @Nullable LocalDate day(@Nullable Integer day) {
      return day == null ? null : LocalDate.ofEpochDay(day);
    }
  }

  /**
   * Listens to publications until interrupted or until the connection fails, which is thrown. Gives
   * a signal at once, for what was published while nobody listened, then one at each publication,
   * and one every {@code net} in case a notification was lost.
   */
  void listen(Duration net, Runnable signal) {
    try (Connection connection = dataSource.getConnection()) {
      DSL.using(connection, SQLDialect.POSTGRES).execute("listen pivot_publication");
      PGConnection postgres = connection.unwrap(PGConnection.class);
      Consumer<PGNotification[]> drain = _ -> signal.run();
      signal.run();
      while (!Thread.currentThread().isInterrupted()) {
        drain.accept(postgres.getNotifications((int) net.toMillis()));
      }
    } catch (SQLException e) {
      throw new DataAccessException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * What a look at the database tells.
   *
   * @param published changes whenever something is published
   * @param behind how far it is behind the one that it copies; zero where it copies none
   */
  record Look(String published, Duration behind) {}

  /** Looks whether something was published, of a copy too, which nobody can listen to. */
  Look look() {
    try (Connection connection = dataSource.getConnection()) {
      Record2<String, Integer> told =
          DSL.using(connection, SQLDialect.POSTGRES)
              .resultQuery(LOOK)
              .coerce(DSL.field("published", String.class), DSL.field("behind", Integer.class))
              .fetchSingle();
      return new Look(told.value1(), Duration.ofMillis(told.value2()));
    } catch (SQLException e) {
      throw new DataAccessException(String.valueOf(e.getMessage()), e);
    }
  }
}
