package fr.pivot.importing;

import fr.pivot.importing.StagingStore.Staged;
import fr.pivot.importing.StagingStore.StagedCorrespondence;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is staged into a published edition by writing the difference only: after it, the
 * statements whose releases contain the edition's position are exactly those staged.
 *
 * <p>A range of releases ends at the first edition that no longer says so; it has no end while the
 * latest edition says so. Thus an edition that repeats the one before writes nothing.
 */
final class PublicationStore {

  private record Table(String name, String columns) {}

  private static final List<Table> TABLES =
      List.of(
          new Table("concept", "code, validity, level, derived, label, labels, attributes"),
          new Table("link", "code, relation, target_referential, target, validity, derived"),
          new Table("succession", "date, code, referential_after, code_after, kind, type, derived"),
          new Table("measure", "code, name, value"));

  private static final String GONE =
      """
      create temporary table gone on commit drop as
      with d as (
          delete from %1$s t using stage_release r
           where r.release = ? and t.referential = r.referential and t.releases @> r.position
             and not exists (select from ready_%1$s s where r.release between s.first and s.last and s.fact = t.fact)
          returning t.*)
      select * from d
      """;

  private static final String STILL_BEFORE =
      """
      insert into %1$s (referential, %2$s, fact, releases)
      select g.referential, %3$s, g.fact, int4range(lower(g.releases), r.position)
        from gone g join stage_release r on r.release = ?
       where lower(g.releases) < r.position
      """;

  private static final String STILL_AFTER =
      """
      insert into %1$s (referential, %2$s, fact, releases)
      select g.referential, %3$s, g.fact, int4range(r.next, upper(g.releases))
        from gone g join stage_release r on r.release = ?
       where r.next is not null and (upper_inf(g.releases) or upper(g.releases) > r.next)
      """;

  private static final String FRESH =
      """
      create temporary table fresh on commit drop as
      select s.* from ready_%1$s s join stage_release r on r.release between s.first and s.last
       where r.release = ?
         and not exists (select from %1$s t where t.referential = r.referential and t.fact = s.fact and t.releases @> r.position)
      """;

  private static final String REACH_BACK =
      """
      with u as (
          update %1$s t set releases = int4range(r.position, upper(t.releases))
            from stage_release r, fresh f
           where r.release = ? and t.referential = r.referential and t.fact = f.fact and lower(t.releases) = r.next
          returning t.fact)
      delete from fresh f using u where u.fact = f.fact
      """;

  private static final String REACH_ON =
      """
      with u as (
          update %1$s t set releases = int4range(lower(t.releases), r.next)
            from stage_release r, fresh f
           where r.release = ? and t.referential = r.referential and t.fact = f.fact and upper(t.releases) = r.position
          returning t.fact)
      delete from fresh f using u where u.fact = f.fact
      """;

  private static final String INSERT =
      """
      insert into %1$s (referential, %2$s, fact, releases)
      select r.referential, %4$s, f.fact, int4range(r.position, r.next)
        from fresh f join stage_release r on r.release = ?
      """;

  /** The first editions of a referential, all at once: there is nothing to differ from. */
  private static final String FIRST =
      """
      insert into %1$s (referential, %2$s, fact, releases)
      select r.referential, %3$s, s.fact, int4range(r.position, n.position)
        from ready_%1$s s
        join stage_release r on r.release = s.first and r.referential = ?
        left join stage_release n on n.release = s.last + 1 and n.referential = r.referential
      """;

  private static final String DIGEST =
      """
      select release_digest(
                 array(select fact from ready_concept where r.release between first and last),
                 array(select fact from ready_link where r.release between first and last),
                 array(select fact from ready_succession where r.release between first and last),
                 array(select fact from ready_measure where r.release between first and last),
                 r.observed) as digest
        from stage_release r where r.release = ?
      """;

  private static final String RELEASE =
      """
      insert into release (referential, edition, position, reference_date, issued, state, digest, concepts, in_force, links, successions, measures, coverage, observed, sources, import)
      select r.referential, r.edition, r.position, r.reference_date, cast(? as date), 'published', ?,
             (select count(distinct code) from ready_concept c where r.release between c.first and c.last),
             (select count(*) from ready_concept c where r.release between c.first and c.last and c.validity @> r.reference_date),
             (select count(*) from ready_link c where r.release between c.first and c.last),
             (select count(*) from ready_succession c where r.release between c.first and c.last),
             (select count(*) from ready_measure c where r.release between c.first and c.last),
             r.coverage, r.observed, cast(? as jsonb), ?
        from stage_release r where r.release = ?
      returning id
      """;

  private static final String CORRESPONDENCE_DIGEST =
      """
      select facts_digest(array(select distinct association_fact(source_code, target_code, match, share, basis, attributes)
                                  from stage_association where correspondence = ?)) as digest
      """;

  private static final String SAME_CORRESPONDENCE =
      """
      select exists (
          select from correspondence c
            join release s on s.id = c.source join referential sf on sf.id = s.referential
            join release t on t.id = c.target join referential tf on tf.id = t.referential
           where c.name = ? and c.state = 'published' and c.digest = ? and c.descriptor = cast(? as jsonb)
             and sf.name = ? and s.edition = ? and tf.name = ? and t.edition = ?)
      """;

  private static final String SUPERSEDE_CORRESPONDENCE =
      "update correspondence set state = 'superseded', ended_at = now() where name = ? and state ="
          + " 'published' returning id";

  private static final String CORRESPONDENCE =
      """
      insert into correspondence (name, source, target, state, descriptor, digest, associations, sources, import)
      select ?, s.id, t.id, 'published', cast(? as jsonb), ?,
             (select count(*) from (select distinct source_code, target_code from stage_association where correspondence = ?) as pairs),
             cast(? as jsonb), ?
        from release s join referential sf on sf.id = s.referential,
             release t join referential tf on tf.id = t.referential
       where s.state = 'published' and sf.name = ? and s.edition = ?
         and t.state = 'published' and tf.name = ? and t.edition = ?
      returning id
      """;

  private static final String ASSOCIATIONS =
      """
      insert into association (correspondence, source_code, target_code, match, share, basis, attributes)
      select distinct on (source_code, target_code) ?, source_code, target_code, match, share, basis, attributes
        from stage_association where correspondence = ?
       order by source_code, target_code, line
      """;

  private final DSLContext sql;
  private final Map<Table, Integer> grown = new HashMap<>();

  PublicationStore(Connection connection) {
    this.sql = DSL.using(connection, SQLDialect.POSTGRES);
  }

  /** The digest of what is staged of a release. */
  String digest(Staged staged) {
    return sql.fetchOne(DIGEST, staged.number()).get("digest", String.class);
  }

  /** Whether the edition is published with that very content. */
  boolean isPublished(Staged staged, String digest) {
    return sql.fetchOne(
            """
            select exists (select from release l join referential f on f.id = l.referential
                            where f.name = ? and l.edition = ? and l.state = 'published' and l.digest = ?)
            """,
            staged.head().referential(),
            staged.head().edition(),
            digest)
        .get(0, Boolean.class);
  }

  /** Whether releases are the first of their referential and follow each other in staging. */
  boolean isFirst(List<Staged> releases) {
    return sql.fetchOne(
                """
                select not exists (select from release l where l.referential = r.referential)
                  from stage_release r where r.release = ?
                """,
                releases.getFirst().number())
            .get(0, Boolean.class)
        && isSeries(releases);
  }

  /**
   * Writes the statements of the first releases of a referential, the oldest first; each of them is
   * still to be recorded. Visible on commit.
   */
  void writeFirst(List<Staged> releases) {
    int referential =
        sql.fetchOne(
                "select referential from stage_release where release = ?",
                releases.getFirst().number())
            .get(0, Integer.class);
    for (Table table : TABLES) {
      int written =
          sql.execute(
              FIRST.formatted(
                  table.name(), table.columns(), "s." + table.columns().replace(", ", ", s.")),
              referential);
      grown.merge(table, written, Integer::sum);
    }
  }

  private static boolean isSeries(List<Staged> staged) {
    for (int i = 1; i < staged.size(); i++) {
      if (staged.get(i).number() != staged.get(i - 1).number() + 1
          || staged.get(i).position() <= staged.get(i - 1).position()) {
        return false;
      }
    }
    return true;
  }

  /** Makes what is staged of a release the statements of its edition; visible on commit. */
  void write(Staged staged) {
    int n = staged.number();
    for (Table table : TABLES) {
      int written = 0;
      for (String step :
          List.of(GONE, STILL_BEFORE, STILL_AFTER, FRESH, REACH_BACK, REACH_ON, INSERT)) {
        written =
            sql.execute(
                step.formatted(
                    table.name(),
                    table.columns(),
                    "g." + table.columns().replace(", ", ", g."),
                    "f." + table.columns().replace(", ", ", f.")),
                n);
      }
      sql.execute("drop table gone, fresh");
      grown.merge(table, written, Integer::sum);
    }
  }

  /**
   * Records a release whose statements are written, in place of the published one of its name.
   *
   * @param sources the files it was made from, as JSON
   * @param importId the import that brought them
   */
  void record(
      Staged staged, String digest, @Nullable LocalDate issued, String sources, long importId) {
    int n = staged.number();
    @Nullable Record old =
        sql.fetchOne(
            """
            update release l set state = 'superseded', ended_at = now()
              from stage_release r
             where r.release = ? and l.referential = r.referential and l.edition = r.edition and l.state = 'published'
            returning l.id
            """,
            n);
    long release =
        sql.fetchOne(RELEASE, issued, digest, JSONB.valueOf(sources), importId, n)
            .get("id", Long.class);
    if (old != null) {
      announce(n, old.get(0, Long.class), "superseded");
    }
    announce(n, release, "published");
  }

  /**
   * Analyses the tables that have grown much, lest the next edition be planned blindly. Comes last
   * and always in the same order: the locks are kept until the commit, and two imports that took
   * them in different orders would wait for each other.
   */
  void renewStatistics() {
    sql.execute("set local default_statistics_target to default");
    for (Table table : TABLES) {
      double known =
          sql.fetchOne(
                  "select reltuples from pg_class where oid = cast(? as regclass)", table.name())
              .get(0, Double.class);
      if (grown.getOrDefault(table, 0) > Math.max(1000, known / 10)) {
        sql.execute("analyze " + table.name());
      }
    }
  }

  /** The digest of what is staged of a correspondence. */
  String digest(StagedCorrespondence staged) {
    return sql.fetchOne(CORRESPONDENCE_DIGEST, staged.number()).get("digest", String.class);
  }

  /**
   * Whether a correspondence is published with those very lines, sides and descriptor.
   *
   * @param descriptor what it says of itself, as JSON
   */
  boolean isPublished(StagedCorrespondence staged, String digest, String descriptor) {
    CorrespondenceHead head = staged.head();
    return sql.fetchOne(
            SAME_CORRESPONDENCE,
            head.id(),
            digest,
            JSONB.valueOf(descriptor),
            head.source().referential(),
            head.source().edition(),
            head.target().referential(),
            head.target().edition())
        .get(0, Boolean.class);
  }

  /**
   * Publishes a correspondence in place of the published one of its id; visible on commit. Comes
   * after the releases of the same import.
   */
  void publish(
      StagedCorrespondence staged,
      String digest,
      String descriptor,
      String sources,
      long importId) {
    CorrespondenceHead head = staged.head();
    @Nullable Record old = sql.fetchOne(SUPERSEDE_CORRESPONDENCE, head.id());
    long id =
        sql.fetchOne(
                CORRESPONDENCE,
                head.id(),
                JSONB.valueOf(descriptor),
                digest,
                staged.number(),
                JSONB.valueOf(sources),
                importId,
                head.source().referential(),
                head.source().edition(),
                head.target().referential(),
                head.target().edition())
            .get("id", Long.class);
    sql.execute(ASSOCIATIONS, id, staged.number());
    if (old != null) {
      announceCorrespondence(old.get(0, Long.class), "superseded");
    }
    announceCorrespondence(id, "published");
  }

  private void announceCorrespondence(long id, String action) {
    sql.execute(
        """
        with p as (insert into publication (correspondence, action) values (?, ?) returning id)
        select pg_notify('pivot_publication', id::text) from p
        """,
        id,
        action);
  }

  private void announce(int number, long release, String action) {
    sql.execute(
        """
        with p as (insert into publication (referential, release, action)
                   select referential, ?, ? from stage_release where release = ? returning id)
        select pg_notify('pivot_publication', id::text) from p
        """,
        release,
        action,
        number);
  }
}
