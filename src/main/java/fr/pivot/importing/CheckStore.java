package fr.pivot.importing;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.importing.StagingStore.Staged;
import java.sql.Connection;
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
        from (select code, validity, lag(validity) over (partition by code order by validity) as before
                from ready_concept where release = ?) as s
       where validity && before
       order by code
      """;

  private static final String ORPHANS =
      """
      select k.code, k.code as value, cast(count(*) as text) as suggestion
        from ready_link k
       where k.release = ? and not exists (select from ready_concept c where c.release = k.release and c.code = k.code)
       group by k.code order by k.code
      """;

  private static final String CONFLICTING_LINKS =
      """
      select code, target as value, cast(validity as text) as suggestion
        from (select code, target, validity, lag(validity) over (partition by code, relation, target_referential, target order by validity) as before
                from ready_link where release = ?) as s
       where validity && before
       order by code
      """;

  private static final String DANGLING =
      """
      select k.target as code, f.name || ':' || k.target as value, min(k.code) as suggestion
        from ready_link k
        join referential f on f.id = k.target_referential
       where k.release = ?
         and exists (select from release l where l.referential = k.target_referential and l.state = 'published')
         and not exists (select from concept c where c.referential = k.target_referential and c.code = k.target)
         and not exists (select from ready_concept c join stage_release r on r.release = c.release where r.referential = k.target_referential and c.code = k.target)
       group by f.name, k.target order by f.name, k.target
      """;

  private final DSLContext sql;
  private final Findings findings;

  CheckStore(Connection connection, Findings findings) {
    this.sql = DSL.using(connection, SQLDialect.POSTGRES);
    this.findings = findings;
  }

  void check(Staged staged, boolean acceptCountDrop) {
    report(staged, Rule.OVERLAPPING_VALIDITIES, OVERLAPS);
    report(staged, Rule.ORPHAN_LINK, ORPHANS);
    report(staged, Rule.CONFLICTING_ROW, CONFLICTING_LINKS);
    report(staged, Rule.DANGLING_TARGET, DANGLING);
    checkEdition(staged);
    checkContent(staged);
    checkCounts(staged, acceptCountDrop);
  }

  private void report(Staged staged, Rule rule, String query) {
    for (Record row : sql.fetch(query, staged.number())) {
      findings.add(
          new Finding(
              rule,
              place(staged),
              row.get("value", String.class),
              row.get("suggestion", String.class)));
    }
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
    if (!sql.fetchExists(
        DSL.selectOne()
            .from(DSL.table("ready_concept"))
            .where(DSL.field("release", Integer.class).eq(staged.number())))) {
      findings.add(Rule.EMPTY_EDITION.at(place(staged)));
    }
  }

  private void checkCounts(Staged staged, boolean acceptCountDrop) {
    Integer now =
        sql.fetchOne(
                """
                select count(*) from ready_concept c join stage_release r on r.release = c.release
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
