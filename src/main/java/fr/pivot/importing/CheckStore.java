package fr.pivot.importing;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.importing.StagingStore.Staged;
import fr.pivot.importing.StagingStore.StagedCorrespondence;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import java.math.BigDecimal;
import java.sql.Connection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
           where k.target_referential in (select referential from release where import <> ?)
           group by 1, 2, 3)
      select t.release, f.name || ':' || t.code as value, t.source as suggestion
        from target t join referential f on f.id = t.referential
       where (t.referential, t.code) not in (
             select referential, code from concept
             union all
             select r.referential, c.code from ready_concept c join stage_release r on r.release = c.first)
         and t.release = any (cast(? as smallint[]))
       order by t.release, f.name, t.code
      """;

  private static final int NAMED = 10;

  /** How far from 1 the shares of a source may sum, since publishers round them. */
  private static final double SHARE_TOLERANCE = 0.01;

  private static final String SIDE_CODES =
      """
      create temporary table side_code (side text not null, code text not null, level smallint) on commit drop
      """;

  private static final String PUBLISHED_SIDE =
      """
      insert into side_code
      select ?, c.code, max(c.level) filter (where c.validity @> l.reference_date)
        from release l
        join referential f on f.id = l.referential
        join concept c on c.referential = l.referential and c.releases @> l.position
       where f.name = ? and l.edition = ? and l.state = 'published'
       group by c.code
      """;

  private static final String STAGED_SIDE =
      """
      insert into side_code
      select ?, c.code, max(c.level) filter (where c.validity @> r.reference_date)
        from stage_release r join ready_concept c on r.release between c.first and c.last
       where r.name = ? and r.edition = ?
       group by c.code
      """;

  private static final String UNKNOWN_CODES =
      """
      select line, %1$s_code as code from stage_association
       where correspondence = ? and %1$s_code not in (select code from side_code where side = '%1$s')
       order by line
      """;

  private static final String REPEATS =
      """
      select line, source_code, target_code, first <> fact as conflict
        from (select line, source_code, target_code, a.fact, first_value(a.fact) over pair as first, row_number() over pair as n
                from (select s.*, association_fact(source_code, target_code, match, share, basis, attributes) as fact
                        from stage_association s where correspondence = ?) as a
              window pair as (partition by source_code, target_code order by line)) as pairs
       where n > 1
       order by line
      """;

  private static final String SHARES =
      """
      select min(line) as line, source_code as code, trim_scale(sum(share)) as total
        from (select distinct on (source_code, target_code) line, source_code, share
                from stage_association where correspondence = ? order by source_code, target_code, line) as lines
       group by source_code
      having sum(share) > 1 + ? or (count(*) = count(share) and sum(share) < 1 - ?)
       order by line
      """;

  private static final String UNCOVERED =
      """
      with covered as (select distinct %1$s_code as code from stage_association where correspondence = ?),
           used as (select level from side_code s join covered c on c.code = s.code where side = '%1$s' and level is not null
                    union select max(level) from side_code where side = '%1$s' and not exists (
                          select from side_code s join covered c on c.code = s.code where side = '%1$s' and level is not null))
      select count(*) over () as uncovered, code from side_code
       where side = '%1$s' and level in (select level from used) and code not in (select code from covered)
       order by code collate "C" limit
      """
          + NAMED;

  private final DSLContext sql;
  private final Findings findings;

  CheckStore(Connection connection, Findings findings) {
    this.sql = DSL.using(connection, SQLDialect.POSTGRES);
    this.findings = findings;
  }

  /**
   * Checks where the links of all releases lead to, at once: what may be pointed at is the same.
   *
   * @param importId the import; nothing may point at a referential that was not there before it
   */
  void checkTargets(List<Staged> releases, long importId) {
    Map<Integer, Staged> byNumber = new HashMap<>();
    releases.forEach(staged -> byNumber.put(staged.number(), staged));
    Integer[] numbers = byNumber.keySet().toArray(Integer[]::new);
    for (Record row : sql.fetch(DANGLING, importId, numbers)) {
      Staged staged = Objects.requireNonNull(byNumber.get(row.get("release", Integer.class)));
      findings.add(
          new Finding(
              Rule.DANGLING_TARGET,
              place(staged),
              row.get("value", String.class),
              row.get("suggestion", String.class)));
    }
  }

  /** Checks a release that is placed among the published ones and fingerprinted. */
  void check(Staged staged, boolean acceptCountDrop) {
    report(staged, Rule.OVERLAPPING_VALIDITIES, OVERLAPS);
    report(staged, Rule.ORPHAN_LINK, ORPHANS);
    report(staged, Rule.CONFLICTING_ROW, CONFLICTING_LINKS);
    checkEdition(staged);
    checkContent(staged);
    checkCounts(staged, acceptCountDrop);
  }

  /**
   * Checks a correspondence against its sides: published releases, those of this import among them
   * unless it is to be rejected; then those that it staged.
   */
  void check(StagedCorrespondence staged) {
    CorrespondenceHead head = staged.head();
    sql.execute(SIDE_CODES);
    boolean known = fill(staged, "source", head.source()) & fill(staged, "target", head.target());
    if (known) {
      checkLines(staged);
      checkSide(staged, "source", head.source());
      checkSide(staged, "target", head.target());
    }
    sql.execute("drop table side_code");
  }

  /** Lists the codes of a side; false where there is no such release. */
  private boolean fill(StagedCorrespondence staged, String side, CorrespondenceHead.Side release) {
    if (sql.execute(PUBLISHED_SIDE, side, release.referential(), release.edition()) == 0
        && sql.execute(STAGED_SIDE, side, release.referential(), release.edition()) == 0) {
      findings.add(Rule.CORRESPONDENCE_SIDE.at(staged.place(0, side), release.toString()));
      return false;
    }
    return true;
  }

  private void checkLines(StagedCorrespondence staged) {
    if (!sql.fetchOne(
            "select exists (select from stage_association where correspondence = ?)",
            staged.number())
        .get(0, Boolean.class)) {
      findings.add(Rule.CORRESPONDENCE_EMPTY.at(staged.place(0, null)));
    }
    for (Record row : sql.fetch(REPEATS, staged.number())) {
      Rule rule =
          row.get("conflict", Boolean.class)
              ? Rule.CORRESPONDENCE_CONFLICT
              : Rule.CORRESPONDENCE_REPEAT;
      findings.add(
          rule.at(
              staged.place(row.get("line", Long.class), null),
              row.get("source_code", String.class) + " → " + row.get("target_code", String.class)));
    }
    for (Record row :
        sql.fetch(
            SHARES,
            staged.number(),
            BigDecimal.valueOf(SHARE_TOLERANCE),
            BigDecimal.valueOf(SHARE_TOLERANCE))) {
      findings.add(
          Rule.CORRESPONDENCE_SHARES.at(
              staged.place(row.get("line", Long.class), "share"),
              row.get("code", String.class)
                  + ": "
                  + row.get("total", BigDecimal.class).toPlainString()));
    }
  }

  private void checkSide(
      StagedCorrespondence staged, String side, CorrespondenceHead.Side release) {
    for (Record row : sql.fetch(UNKNOWN_CODES.formatted(side), staged.number())) {
      findings.add(
          new Finding(
              Rule.CORRESPONDENCE_CODE,
              staged.place(row.get("line", Long.class), side),
              row.get("code", String.class),
              release.toString()));
    }
    var uncovered = sql.fetch(UNCOVERED.formatted(side), staged.number());
    if (uncovered.isNotEmpty()) {
      String first = String.join(", ", uncovered.getValues("code", String.class));
      int count = uncovered.getFirst().get("uncovered", Integer.class);
      findings.add(
          Rule.CORRESPONDENCE_UNCOVERED.at(
              staged.place(0, side), count + ": " + first + (count > NAMED ? ", …" : "")));
    }
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

  /**
   * Compares the codes in force with those of the same levels before, among those that the files
   * list: a list may hold fewer levels, and what it does not cover goes on anyway.
   */
  private void checkCounts(Staged staged, boolean acceptCountDrop) {
    Integer now =
        sql.fetchOne(
                """
                select count(*) from ready_concept c join stage_release r on r.release between c.first and c.last
                 where r.release = ? and c.validity @> r.reference_date and (c.code ~ r.uncovered) is not true
                """,
                staged.number())
            .get(0, Integer.class);
    @Nullable Record before =
        sql.fetchOne(
            """
            select l.edition,
                   (select count(*) from concept c
                     where c.referential = l.referential and c.releases @> l.position and c.validity @> l.reference_date
                       and (c.code ~ r.uncovered) is not true
                       and c.level in (select distinct level from ready_concept where r.release between first and last)) as in_force
              from stage_release r
              join release l on l.referential = r.referential and l.position = r.compared and l.state = 'published'
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
