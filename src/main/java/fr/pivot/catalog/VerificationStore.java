package fr.pivot.catalog;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the registry says against the fingerprints taken when it was published: a row that was
 * changed, added or removed by other means than an import shows. Statements have facts, editions
 * and tables digests of them, and every other row a seal ({@link SealStore}).
 *
 * <p>Whoever may write to the database may make the fingerprints anew, too. The digest of the whole
 * registry, noted elsewhere, tells that as well.
 */
@Singleton
public class VerificationStore {

  /** How many altered rows are named; the editions they are in are all named. */
  public static final int LIMIT = 1000;

  private static final String FIND_ALTERED =
      """
      create temporary table altered on commit drop as
          select 'concept' as kind, c.referential, c.code, c.releases
            from concept c left join level l on l.referential = c.referential and l.number = c.level
           where c.fact <> concept_fact(c.code, c.validity, l.name, c.derived, c.label, c.labels, c.attributes)
          union all
          select 'link', k.referential, k.code, k.releases
            from link k left join referential t on t.id = k.target_referential
           where k.fact <> link_fact(k.code, k.relation, t.name, k.target, k.validity, k.derived)
          union all
          select 'succession', s.referential, coalesce(s.code, s.code_after), s.releases
            from succession s left join referential a on a.id = s.referential_after
           where s.fact <> succession_fact(s.date, s.code, a.name, s.code_after, s.kind, s.type, s.derived)
          union all
          select 'measure', m.referential, m.code, m.releases
            from measure m
           where m.fact <> measure_fact(m.code, m.name, m.value)
          union all
          select s.kind, s.referential, s.code, s.releases
            from (select 'concept' as kind, referential, code, releases from concept
                  union all select 'link', referential, code, releases from link
                  union all select 'succession', referential, coalesce(code, code_after), releases from succession
                  union all select 'measure', referential, code, releases from measure) as s
           where (s.referential, lower(s.releases)) not in (select referential, position from release)
              or (not upper_inf(s.releases) and (s.referential, upper(s.releases)) not in (select referential, position from release))
      """;

  private static final String ALTERED =
      """
      select a.kind, f.name, a.code, array_agg(l.edition order by l.position) as editions
        from altered a
        join referential f on f.id = a.referential
        left join release l on l.referential = a.referential and l.state = 'published' and a.releases @> l.position
       group by a.kind, f.name, a.code
       order by f.name, a.code, a.kind
       limit ?
      """;

  private static final String BROKEN =
      """
      select f.name, r.edition
        from release r join referential f on f.id = r.referential
       where r.state = 'published'
         and (r.digest <> release_digest(r)
              or r.concepts <> (select count(distinct c.code) from concept c where c.referential = r.referential and c.releases @> r.position)
              or r.in_force <> (select count(*) from concept c where c.referential = r.referential and c.releases @> r.position and c.validity @> r.reference_date)
              or r.links <> (select count(*) from link k where k.referential = r.referential and k.releases @> r.position)
              or r.successions <> (select count(*) from succession s where s.referential = r.referential and s.releases @> r.position)
              or r.measures <> (select count(*) from measure m where m.referential = r.referential and m.releases @> r.position)
              or exists (select from altered a where a.referential = r.referential and a.releases @> r.position))
       order by f.name, r.position
      """;

  private static final String BROKEN_CORRESPONDENCES =
      """
      select c.name
        from correspondence c
       where c.state = 'published'
         and (c.digest <> correspondence_digest(c)
              or c.associations <> (select count(*) from association a where a.correspondence = c.id))
       order by c.name
      """;

  private static final String UNSEALED =
      """
      select coalesce(n.kind, s.kind) as kind, coalesce(n.subject, s.subject) as subject,
             case when n.id is null then 'missing' when s.id is null then 'added' else 'changed' end as how
        from seal s full join sealed n on n.kind = s.kind and n.id = s.id
       where s.fact is distinct from n.fact or s.subject <> n.subject
       order by 1, 2, 3
       limit ?
      """;

  private final DataSource dataSource;

  VerificationStore(DataSource dataSource) {
    this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
  }

  /**
   * A statement that is no longer what was published.
   *
   * @param kind concept, link, succession or measure
   * @param referential its referential
   * @param code its code
   * @param editions the published editions that state it, the oldest first
   */
  public record Altered(String kind, String referential, String code, List<String> editions) {}

  /**
   * An edition whose statements are not the ones that were published: some are altered, missing or
   * were added.
   */
  public record Broken(String referential, String edition) {}

  /**
   * A row that does not fit its seal.
   *
   * @param kind the table it is in, as {@code release} or {@code referential}
   * @param subject what it is about, as {@code communes@2026}
   * @param how {@code changed}, {@code added} or {@code missing}
   */
  public record Unsealed(String kind, String subject, String how) {}

  /**
   * What does not match.
   *
   * @param editions how many published editions were read
   * @param altered statements that their fingerprints deny
   * @param broken editions that their digests or their counts deny
   * @param brokenCorrespondences the ids of correspondences that their digests or counts deny
   * @param unsealed rows that their seals deny
   * @param digest of the whole registry, in hexadecimal: it changes with each import, and is the
   *     same in a registry that was restored from a backup
   */
  public record Verification(
      int editions,
      List<Altered> altered,
      List<Broken> broken,
      List<String> brokenCorrespondences,
      List<Unsealed> unsealed,
      String digest) {

    /** Whether everything is as it was published. */
    public boolean isSound() {
      return altered.isEmpty()
          && broken.isEmpty()
          && brokenCorrespondences.isEmpty()
          && unsealed.isEmpty();
    }
  }

  /** Reads the whole registry, as of one moment; takes a minute where there is much. */
  public Verification verify() {
    try (Connection connection = dataSource.getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try {
        return verify(DSL.using(connection, SQLDialect.POSTGRES));
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      }
    } catch (SQLException e) {
      throw new DataAccessException("could not verify the registry", e);
    }
  }

  /** The same, as another store's transaction sees it; which should see one moment. */
  public static Verification verify(DSLContext sql) {
    sql.execute("set local work_mem = '64MB'");
    sql.execute("drop table if exists pg_temp.altered");
    sql.execute(FIND_ALTERED);
    List<Altered> altered = new ArrayList<>();
    for (Record row : sql.fetch(ALTERED, LIMIT)) {
      @Nullable String[] editions = row.get("editions", String[].class);
      List<String> named = new ArrayList<>();
      for (@Nullable String edition : editions) {
        if (edition != null) {
          named.add(edition);
        }
      }
      altered.add(
          new Altered(
              row.get("kind", String.class),
              row.get("name", String.class),
              row.get("code", String.class),
              List.copyOf(named)));
    }
    List<Broken> broken =
        sql.fetch(BROKEN)
            .map(r -> new Broken(r.get("name", String.class), r.get("edition", String.class)));
    int editions =
        sql.fetchOne("select count(*) from release where state = 'published'")
            .get(0, Integer.class);
    List<String> correspondences =
        sql.fetch(BROKEN_CORRESPONDENCES).getValues("name", String.class);
    List<Unsealed> unsealed =
        sql.fetch(UNSEALED, LIMIT)
            .map(
                r ->
                    new Unsealed(
                        r.get("kind", String.class),
                        r.get("subject", String.class),
                        r.get("how", String.class)));
    String digest =
        sql.fetchOne("select facts_digest(array(select fact from seal)) as digest")
            .get("digest", String.class);
    return new Verification(editions, altered, broken, correspondences, unsealed, digest);
  }
}
