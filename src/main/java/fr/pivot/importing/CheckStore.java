package fr.pivot.importing;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.importing.StagingStore.Staged;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Checks what is staged, as a whole and against the editions before, and says what is wrong. */
final class CheckStore {

  /** An edition that loses more than this share of the codes of the one before is suspect. */
  private static final double GREATEST_DROP = 0.05;

  private static final String OVERLAPS =
      """
      select code, validity::text as value, before::text as suggestion
        from (select code, validity, lag(validity) over (partition by code collate "C" order by validity) as before
                from ready_concept where ? between first and last) as s
       where validity && before
       order by code
      """;

  private static final String ORPHANS =
      """
      select k.code, k.code as value, cast(count(*) as text) as suggestion
        from ready_link k join stage_release r on r.release = ? and r.release between k.first and k.last
       where k.code not in (select code from ready_concept c, stage_release r where r.release = ? and r.release between c.first and c.last)
       group by k.code order by k.code
      """;

  private static final String CONFLICTING_LINKS =
      """
      select code, target as value, cast(validity as text) as suggestion
        from (select code, target, validity, lag(validity) over (partition by code collate "C", relation collate "C", target_referential, target collate "C" order by validity) as before
                from ready_link where ? between first and last) as s
       where validity && before
       order by code
      """;

  private static final String DANGLING =
      """
      with target as (
          select r.release, k.target_referential as referential, k.target as code, min(k.code) as source
            from ready_link k
            join stage_release r on r.release between k.first and k.last
           where k.target_referential in (select referential from release where state = 'published')
           group by 1, 2, 3)
      select t.release, f.name || ':' || t.code as value, t.source as suggestion
        from target t join referential f on f.id = t.referential
       where (t.referential, t.code) not in (
             select referential, code from concept
             union all
             select r.referential, c.code from ready_concept c join stage_release r on r.release = c.first)
       order by t.release, f.name, t.code
      """;

  private final DSLContext sql;
  private final Findings findings;

  CheckStore(Connection connection, Findings findings) {
    this.sql = DSL.using(connection, SQLDialect.POSTGRES);
    this.findings = findings;
  }

  /** Checks all that is staged. */
  void check(List<Staged> releases, boolean acceptCountDrop) {
    for (Staged staged : releases) {
      check(staged, acceptCountDrop);
    }
    // At once for all editions: what may be pointed at is the same.
    for (Record row : sql.fetch(DANGLING)) {
      Staged staged = releases.get(row.get("release", Integer.class));
      findings.add(
          new Finding(
              Rule.DANGLING_TARGET,
              place(staged),
              row.get("value", String.class),
              row.get("suggestion", String.class)));
    }
  }

  private void check(Staged staged, boolean acceptCountDrop) {
    report(staged, Rule.OVERLAPPING_VALIDITIES, OVERLAPS);
    report(staged, Rule.ORPHAN_LINK, ORPHANS);
    report(staged, Rule.CONFLICTING_ROW, CONFLICTING_LINKS);
    checkEdition(staged);
    checkContent(staged);
    checkCounts(staged, acceptCountDrop);
  }

  private void report(Staged staged, Rule rule, String query) {
    for (Record row : sql.fetch(query, binds(query, staged))) {
      findings.add(
          new Finding(
              rule,
              place(staged),
              row.get("value", String.class),
              row.get("suggestion", String.class)));
    }
  }

  /** The release's number, as often as the statement asks for it. */
  private static Object[] binds(String query, Staged staged) {
    Object[] binds = new Object[(int) query.chars().filter(c -> c == '?').count()];
    Arrays.fill(binds, staged.number());
    return binds;
  }

  private static Place place(Staged staged) {
    return Place.file(staged.head().referential() + '@' + staged.head().edition());
  }

  private void checkEdition(Staged staged) {
    Integer conflicts =
        sql.fetchOne(
                """
                select count(*) from stage_release r join release l on l.referential = r.referential and l.state = 'published'
                 where r.release = ? and (l.edition = r.edition) <> (l.position = r.position)
                """,
                staged.number())
            .get(0, Integer.class);
    if (conflicts > 0) {
      findings.add(Rule.EDITION_CONFLICT.at(place(staged), staged.head().edition()));
    }
  }

  private void checkContent(Staged staged) {
    if (!sql.fetchOne(
            "select exists (select from ready_concept where ? between first and last)",
            staged.number())
        .get(0, Boolean.class)) {
      findings.add(Rule.EMPTY_EDITION.at(place(staged)));
    }
  }

  private void checkCounts(Staged staged, boolean acceptCountDrop) {
    Integer now =
        sql.fetchOne(
                """
                select count(*) from ready_concept c join stage_release r on r.release between c.first and c.last
                 where r.release = ? and c.validity @> r.reference_date
                """,
                staged.number())
            .get(0, Integer.class);
    @Nullable Record before =
        sql.fetchOne(
            """
            select l.edition, l.in_force from stage_release r join release l on l.referential = r.referential and l.position = r.base and l.state = 'published'
             where r.release = ?
            """,
            staged.number());
    if (before != null) {
      int then = before.get("in_force", Integer.class);
      Rule rule =
          now < then * (1 - GREATEST_DROP) && !acceptCountDrop
              ? Rule.COUNT_DROP
              : Rule.COUNT_CHANGE;
      if (now != then) {
        findings.add(
            rule.at(
                place(staged),
                Integer.toString(now),
                before.get("edition", String.class) + ": " + then));
      }
    }
  }
}
