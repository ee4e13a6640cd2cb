package fr.pivot.importing;

import fr.pivot.importing.StagingStore.Staged;
import fr.pivot.referential.DayHead;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Lists of one day ({@link DayHead}), kept beside the editions and applied to each edition from
 * their day on, whichever of them comes first: where an edition says otherwise of the day, the list
 * holds from the day until the next one of which another edition or list tells.
 */
final class DayListStore {

  private static final String RECORD =
      """
      insert into day_list (referential, target_referential, day, whole, import)
      select f.id, t.id, cast(? as date), ?, ? from referential f, referential t where f.name = ? and t.name = ?
      """;

  private static final String RECORD_LINKS =
      """
      insert into day_link (referential, target_referential, day, code, relation, target)
      select distinct f.id, t.id, s.day, s.code, s.relation, s.target
        from stage_day_link s join referential f on f.name = s.referential join referential t on t.name = s.target_referential
      """;

  /** The published editions from the day on that say otherwise of it. */
  private static final String CONTRADICTED =
      """
      select l.edition
        from day_list d join referential f on f.id = d.referential join referential t on t.id = d.target_referential
        join release l on l.referential = d.referential and l.state = 'published' and l.reference_date >= d.day
       where f.name = ? and t.name = ? and d.day = ?
         and exists (
             select
               from (select k.code, array_agg(k.target order by k.target) as targets from link k
                      where k.referential = d.referential and k.target_referential = d.target_referential
                        and k.releases @> l.position and k.validity @> d.day group by k.code) as said
               full join (select k.code, array_agg(k.target order by k.target) as targets from day_link k
                      where k.referential = d.referential and k.target_referential = d.target_referential and k.day = d.day
                        and k.code in (select c.code from concept c where c.referential = d.referential
                                          and c.releases @> l.position and c.validity @> d.day)
                      group by k.code) as listed on listed.code = said.code
              where said.targets is distinct from listed.targets and (d.whole or listed.code is not null))
       order by l.position
      """;

  /** The published editions of the codes that are linked to, where all of them are. */
  private static final String CODES_CONTRADICTED =
      """
      select l.edition
        from day_list d join referential f on f.id = d.referential join referential t on t.id = d.target_referential
        join release l on l.referential = d.target_referential and l.state = 'published' and l.reference_date > d.day
       where f.name = ? and t.name = ? and d.day = ? and d.whole
         and exists (
             select
               from (select distinct c.code from concept c where c.referential = d.target_referential
                        and c.releases @> l.position and c.validity @> d.day) as said
               full join (select distinct k.target as code from day_link k where k.referential = d.referential
                        and k.target_referential = d.target_referential and k.day = d.day) as listed on listed.code = said.code
              where said.code is null or listed.code is null)
       order by l.position
      """;

  /**
   * Until when a list holds, for a release in staging: the next day after it of which another
   * edition or list tells, or no end where the release knows of none.
   */
  private static final String SPANS =
      """
      create temporary table day_span on commit drop as
      select d.referential, d.target_referential, d.day, d.whole, r.release,
             daterange(d.day, (select min(n.day)
                                 from (select reference_date as day from release where referential = r.referential and state = 'published'
                                       union all select reference_date from stage_release where referential = r.referential
                                       union all select o.day from day_list o
                                        where o.referential = d.referential and o.target_referential = d.target_referential) as n
                                where n.day > d.day and n.day <= r.reference_date)) as span
        from day_list d join stage_release r on %1$s = r.referential and d.day %2$s r.reference_date
       where r.release = ? %3$s
      """;

  private static final String[] APPLY_LINKS = {
    SPANS.formatted("d.referential", "<=", ""),
    """
    create temporary table day_life on commit drop as
    select c.code, range_agg(c.validity) as life from stage_concept c where c.first = ? group by c.code
    """,
    "analyze day_life",
    """
    create temporary table day_said on commit drop as
    select t.id as target_referential, k.code, k.target, k.validity
      from (select distinct target_referential from day_span) as s
      join referential t on t.id = s.target_referential
      join stage_link k on k.target_referential = t.name and k.first = ?
    """,
    "analyze day_said",
    // The codes of which the release says otherwise on the day.
    """
    create temporary table day_fix on commit drop as
    select s.referential, s.target_referential, t.name, s.day, s.span, fix.code
      from day_span s join referential t on t.id = s.target_referential
      cross join lateral (
          select coalesce(said.code, listed.code) as code
            from (select k.code, array_agg(k.target order by k.target) as targets from day_said k
                   where k.target_referential = s.target_referential and k.validity @> s.day group by k.code) as said
            full join (select k.code, array_agg(k.target order by k.target) as targets from day_link k join day_life f on f.code = k.code
                   where k.referential = s.referential and k.target_referential = s.target_referential and k.day = s.day and f.life @> s.day
                   group by k.code) as listed on listed.code = said.code
           where said.targets is distinct from listed.targets and (s.whole or listed.code is not null)) as fix
    """,
    """
    create temporary table day_piece on commit drop as
    select k.first, k.last, k.code, k.relation, k.target_referential, k.target,
           unnest(datemultirange(k.validity) - x.spans) as validity, k.derived or datemultirange(k.validity) && x.spans as derived
      from (select name, code, range_agg(span) as spans from day_fix group by name, code) as x
      join stage_link k on k.code = x.code and k.target_referential = x.name
     where k.first = ?
    union all
    select r.release, r.release, k.code, k.relation, x.name, k.target, unnest(f.life * datemultirange(x.span)), true
      from day_fix x
      join day_link k on k.referential = x.referential and k.target_referential = x.target_referential and k.day = x.day and k.code = x.code
      join day_life f on f.code = k.code
      join stage_release r on r.release = ?
    """,
    """
    delete from stage_link k using day_fix x
     where k.first = ? and k.code = x.code and k.target_referential = x.name
    """,
    """
    insert into stage_link
    select first, last, code, relation, target_referential, target, unnest(range_agg(validity)), bool_or(derived)
      from day_piece group by first, last, code, relation, target_referential, target
    """,
    "drop table day_span, day_life, day_said, day_fix, day_piece"
  };

  private static final String[] APPLY_CODES = {
    SPANS.formatted("d.target_referential", "<", "and d.whole"),
    """
    create temporary table day_fix on commit drop as
    select s.day, s.span, fix.code, fix.listed
      from day_span s
      cross join lateral (
          select coalesce(said.code, listed.code) as code, listed.code is not null as listed
            from (select distinct c.code from stage_concept c where c.first = s.release and c.validity @> s.day) as said
            full join (select distinct k.target as code from day_link k where k.referential = s.referential
                          and k.target_referential = s.target_referential and k.day = s.day) as listed on listed.code = said.code
           where said.code is null or listed.code is null) as fix
    """,
    // A code that is listed and begins before the next list or with it was there already.
    """
    update stage_concept c set validity = daterange(x.day, upper(c.validity)), derived = true
      from day_fix x
     where c.first = ? and x.listed and c.code = x.code and lower(c.validity) > x.day and lower(c.validity) <= upper(x.span)
       and not exists (select from stage_concept o where o.first = c.first and o.code = c.code
                          and lower(o.validity) > x.day and lower(o.validity) < lower(c.validity))
    """,
    // One that ended before the next is what the edition of the day says.
    """
    insert into stage_concept
    select r.release, r.release, c.code, x.span, l.name, true, c.label, c.labels, c.attributes
      from day_fix x
      join stage_release r on r.release = ?
      join concept c on c.referential = r.referential and c.code = x.code and c.validity @> x.day
                    and c.releases @> (x.day - date '1970-01-01')
      join level l on l.referential = c.referential and l.number = c.level
     where x.listed and not exists (select from stage_concept o where o.first = r.release and o.code = x.code and o.validity && x.span)
    """,
    """
    insert into stage_concept
    select r.release, r.release, c.code, x.span, c.level, true, c.label, c.labels, c.attributes
      from day_fix x
      join stage_release r on r.release = ?
      join stage_release e on e.referential = r.referential and e.reference_date = x.day
      join stage_concept c on c.first = e.release and c.code = x.code and c.validity @> x.day
     where x.listed and not exists (select from stage_concept o where o.first = r.release and o.code = x.code and o.validity && x.span)
    """,
    """
    create temporary table day_piece on commit drop as
    select c.first, c.last, c.code, unnest(datemultirange(c.validity) - x.spans) as validity, c.level, true as derived, c.label, c.labels, c.attributes
      from (select code, range_agg(span) as spans from day_fix where not listed group by code) as x
      join stage_concept c on c.code = x.code
     where c.first = ? and datemultirange(c.validity) && x.spans
    """,
    """
    delete from stage_concept c using day_fix x
     where c.first = ? and not x.listed and c.code = x.code and c.validity && x.span
    """,
    "insert into stage_concept select * from day_piece",
    "drop table day_span, day_fix, day_piece"
  };

  /** The days of the lists are days on which what they list was observed. */
  private static final String OBSERVED =
      """
      update stage_release r
         set observed = (
             select jsonb_object_agg(part, days)
               from (select part, jsonb_agg(day order by day) as days
                       from (select p.key as part, cast(d as date) as day
                               from jsonb_each(r.observed) as p, jsonb_array_elements_text(p.value) as d
                             union
                             select t.name, d.day from day_list d join referential t on t.id = d.target_referential
                              where d.referential = r.referential and d.day <= r.reference_date
                             union
                             select 'concepts', d.day from day_list d
                              where d.target_referential = r.referential and d.whole and d.day <= r.reference_date) as seen
                      group by part) as parts)
       where r.release = ?
      """;

  private final DSLContext sql;

  DayListStore(Connection connection) {
    this.sql = DSL.using(connection, SQLDialect.POSTGRES);
  }

  /** Keeps the lists in staging, each in place of the one of its day. */
  void record(List<DayHead> lists, long importId) {
    for (DayHead list : lists) {
      for (String target : list.links()) {
        sql.execute(
            """
            delete from day_list d using referential f, referential t
             where f.id = d.referential and t.id = d.target_referential and f.name = ? and t.name = ? and d.day = cast(? as date)
            """,
            list.referential(),
            target,
            list.day());
        sql.execute(
            RECORD,
            list.day(),
            list.whole().contains(target),
            importId,
            list.referential(),
            target);
      }
    }
    sql.execute(RECORD_LINKS);
    sql.execute("analyze day_link");
  }

  /** The published editions of a referential that say otherwise of the day of a list. */
  List<String> listContradicted(DayHead list, String referential) {
    List<String> editions = new ArrayList<>();
    for (String target : list.links()) {
      if (list.referential().equals(referential)) {
        add(editions, CONTRADICTED, list, target);
      }
      if (target.equals(referential)) {
        add(editions, CODES_CONTRADICTED, list, target);
      }
    }
    return editions;
  }

  private void add(List<String> editions, String query, DayHead list, String target) {
    LocalDate day = list.day();
    for (Record row : sql.fetch(query, list.referential(), target, day)) {
      String edition = row.get("edition", String.class);
      if (!editions.contains(edition)) {
        editions.add(edition);
      }
    }
  }

  /** Makes a release in staging say what the lists of its past say. */
  void apply(Staged staged) {
    boolean linked = has(staged, "d.referential", "<=", "");
    boolean listed = has(staged, "d.target_referential", "<=", "and d.whole");
    if (linked) {
      run(APPLY_LINKS, staged);
    }
    if (listed) {
      run(APPLY_CODES, staged);
    }
    if (linked || listed) {
      sql.execute(OBSERVED, staged.number());
    }
  }

  private boolean has(Staged staged, String side, String before, String further) {
    return sql.fetchOne(
            "select exists (select from day_list d join stage_release r on %s = r.referential and d.day %s r.reference_date where r.release = ? %s)"
                .formatted(side, before, further),
            staged.number())
        .get(0, Boolean.class);
  }

  private void run(String[] statements, Staged staged) {
    // The statistics of ranges tell the planner too few rows by far, and it would look each up.
    sql.execute("set local enable_nestloop = off");
    for (String statement : statements) {
      Object[] binds = new Object[(int) statement.chars().filter(c -> c == '?').count()];
      Arrays.fill(binds, staged.number());
      sql.execute(statement, binds);
    }
    sql.execute("set local enable_nestloop = on");
  }
}
