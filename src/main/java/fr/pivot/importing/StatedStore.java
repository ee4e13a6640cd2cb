package fr.pivot.importing;

import fr.pivot.importing.StagingStore.Staged;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.ReleaseHead;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What the files of editions stated, kept apart from what the editions say after they were
 * completed from the one before: so that they can be completed anew.
 */
final class StatedStore {

  /** What one import stated of an edition. */
  record Stated(long id, Coverage coverage) {}

  /**
   * A published edition.
   *
   * @param sources the files it was made from, as JSON
   * @param importId the import that brought them
   */
  record Edition(ReleaseHead head, int position, String sources, long importId) {}

  private static final String LAYERS =
      """
      select s.id, cast(s.coverage ->> 'snapshot' as boolean) as snapshot,
             array(select jsonb_array_elements_text(s.coverage -> 'links')) as links,
             cast(s.coverage ->> 'linksAreSnapshot' as boolean) as links_are_snapshot, cast(s.coverage ->> 'measures' as boolean) as measures,
             cast(s.coverage ->> 'successions' as boolean) as successions, s.coverage ->> 'uncoveredCodes' as uncovered
        from stated s
        join release l on l.id = s.release and l.state = 'published'
        join referential f on f.id = l.referential
       where f.name = ? and l.edition = ?
       order by s.id
      """;

  private static final String NEXT =
      """
      select l.edition, l.reference_date, l.issued, l.position, l.sources, l.import, exists (select from stated s where s.release = l.id) as completed
        from release l join referential f on f.id = l.referential
       where f.name = ? and l.state = 'published' and l.position >= ?
       order by l.position limit 1
      """;

  private static final String GATHER =
      """
      insert into stage_stated
      select r.release,
             array(select (code, validity, level, derived, label, labels, attributes)::stated_concept from stage_concept where first = r.release),
             array(select (code, relation, target_referential, target, validity, derived)::stated_link from stage_link where first = r.release),
             array(select (date, code, referential_after, code_after, kind, type, derived)::stated_succession from stage_succession where first = r.release),
             array(select (code, name, value)::stated_measure from stage_measure where first = r.release)
        from stage_release r where r.release = ?
      """;

  private static final List<String> LOAD =
      List.of(
          """
          insert into stage_concept (first, last, code, validity, level, derived, label, labels, attributes)
          select r.n, r.n, c.* from (select cast(? as smallint) as n) as r, stated s, unnest(s.concepts) as c where s.id = ?
          """,
          """
          insert into stage_link (first, last, code, relation, target_referential, target, validity, derived)
          select r.n, r.n, k.* from (select cast(? as smallint) as n) as r, stated s, unnest(s.links) as k where s.id = ?
          """,
          """
          insert into stage_succession (first, last, date, code, referential_after, code_after, kind, type, derived)
          select r.n, r.n, e.* from (select cast(? as smallint) as n) as r, stated s, unnest(s.successions) as e where s.id = ?
          """,
          """
          insert into stage_measure (first, last, code, name, value)
          select r.n, r.n, m.* from (select cast(? as smallint) as n) as r, stated s, unnest(s.measures) as m where s.id = ?
          """);

  private static final String PUBLISHED =
      """
      select l.id from release l join referential f on f.id = l.referential
       where f.name = ? and l.edition = ? and l.state = 'published'
      """;

  private static final String FORGET =
      """
      with forgotten as (
          delete from stated s using release l, release now
           where now.id = ? and l.referential = now.referential and l.edition = now.edition and s.release = l.id and s.id <> all (cast(? as bigint[]))
          returning s.id)
      delete from seal using forgotten where seal.kind = 'stated' and seal.id = forgotten.id::text
      """;

  private static final String KEEP =
      """
      insert into stated (release, coverage, concepts, links, successions, measures)
      select cast(? as bigint), r.coverage, s.concepts, s.links, s.successions, s.measures
        from stage_stated s join stage_release r on r.release = s.release where s.release = ?
      """;

  private final DSLContext sql;

  StatedStore(Connection connection) {
    this.sql = DSL.using(connection, SQLDialect.POSTGRES);
  }

  /** Whether an edition is published. */
  boolean isPublished(ReleaseHead head) {
    return sql.fetchOne(PUBLISHED, head.referential(), head.edition()) != null;
  }

  /**
   * What the published edition of that name was completed from the edition before with, the first
   * first; empty where it stands for itself.
   */
  List<Stated> list(ReleaseHead head) {
    return sql.fetch(LAYERS, head.referential(), head.edition())
        .map(r -> new Stated(r.get("id", Long.class), coverage(r)));
  }

  private static Coverage coverage(Record row) {
    return new Coverage(
        row.get("snapshot", Boolean.class),
        Set.copyOf(Arrays.asList(row.get("links", String[].class))),
        row.get("links_are_snapshot", Boolean.class),
        row.get("measures", Boolean.class),
        row.get("successions", Boolean.class),
        row.get("uncovered", String.class));
  }

  /** The next published edition after a position, if it was completed from the one before it. */
  Optional<Edition> findCompletedAfter(String referential, int position) {
    return findCompletedFrom(referential, position + 1);
  }

  /** The published edition of that name, if it was completed from the one before it. */
  Optional<Edition> findCompleted(ReleaseHead head) {
    return findCompletedFrom(head.referential(), Math.toIntExact(head.referenceDate().toEpochDay()))
        .filter(edition -> edition.head().edition().equals(head.edition()));
  }

  private Optional<Edition> findCompletedFrom(String referential, int position) {
    @Nullable Record row = sql.fetchOne(NEXT, referential, position);
    if (row == null || !row.get("completed", Boolean.class)) {
      return Optional.empty();
    }
    return Optional.of(
        new Edition(
            new ReleaseHead(
                referential,
                row.get("edition", String.class),
                row.get("reference_date", LocalDate.class),
                row.get("issued", LocalDate.class),
                List.of()),
            row.get("position", Integer.class),
            row.get("sources", JSONB.class).data(),
            row.get("import", Long.class)));
  }

  /** Takes what was stated back into staging, as the rows of a release. */
  void load(Stated stated, Staged into) {
    LOAD.forEach(statement -> sql.execute(statement, into.number(), stated.id()));
  }

  /** Notes what is staged of a release before it is completed. */
  void gather(Staged staged) {
    sql.execute(GATHER, staged.number());
  }

  /**
   * Makes what the published edition rests on that which is kept and, on top of it, what was
   * gathered.
   *
   * @param gathered the release whose rows were gathered; null where there is none
   */
  void settle(ReleaseHead head, List<Stated> kept, @Nullable Staged gathered) {
    long release = sql.fetchOne(PUBLISHED, head.referential(), head.edition()).get(0, Long.class);
    Long[] ids = kept.stream().map(Stated::id).toArray(Long[]::new);
    sql.execute(FORGET, release, ids);
    sql.execute("update stated set release = ? where id = any (cast(? as bigint[]))", release, ids);
    if (gathered != null) {
      sql.execute(KEEP, release, gathered.number());
    }
  }
}
