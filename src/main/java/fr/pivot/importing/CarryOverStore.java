package fr.pivot.importing;

import fr.pivot.importing.StagingStore.Staged;
import java.sql.Connection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Completes a staged release with what its files do not cover, from its base: the edition before,
 * or what is published under its own name where that stands for itself ({@link
 * fr.pivot.referential.Coverage}). In SQL, so that the cost is that of the rows concerned; and
 * makes what is staged ready to be compared with what is published.
 */
final class CarryOverStore {

  /** The place of a release among the published ones, as they are now. */
  private static final String PLACE =
      """
      update stage_release r
         set coverage = jsonb_build_object('snapshot', r.snapshot, 'links', r.links, 'linksAreSnapshot', r.links_are_snapshot,
                                           'measures', r.measures, 'successions', r.successions, 'uncoveredCodes', r.uncovered),
             base = p.base, compared = coalesce(p.own, p.before), next = p.next,
             earliest = coalesce((select s.earliest from stage_release s where s.release = cast(? as smallint)), p.base is null),
             base_observed = coalesce(
                 (select s.observed from stage_release s where s.release = cast(? as smallint)),
                 (select l.observed from release l where l.referential = r.referential and l.position = p.base and l.state = 'published'), '{}')
        from (select s.release, s.own, s.before, s.next, case when cast(? as boolean) then s.position else s.before end as base
                from (select n.release, n.position, max(l.position) filter (where l.position = n.position) as own,
                             max(l.position) filter (where l.position < n.position) as before, min(l.position) filter (where l.position > n.position) as next
                        from stage_release n left join release l on l.referential = n.referential and l.state = 'published'
                       where n.release = ?
                       group by n.release, n.position) as s) as p
       where p.release = r.release
      """;

  /**
   * What completes a release that states a part, in this order. Each is about the one release whose
   * number it is given; the tables that some make for others are gone with the last of them.
   */
  private enum Step {
    /** The statistics of ranges tell the planner too few rows by far: it would look each up. */
    JOIN_AT_LARGE("set local enable_nestloop = off"),
    /** Codes that the files never list: their states as the base says them. */
    KEEP_CODES_NEVER_LISTED(
        """
        insert into stage_concept
        select r.release, r.release, c.code, c.validity, l.name, c.derived, c.label, c.labels, c.attributes, true
          from stage_release r
          join concept c on c.referential = r.referential and c.releases @> r.base
          join level l on l.referential = c.referential and l.number = c.level
         where r.release = ? and c.code ~ r.uncovered
           and not exists (select from stage_concept s where s.first = r.release and s.code = c.code)
        """),
    /** A list: what the base says of the days before it. */
    KEEP_DAYS_BEFORE_THE_LIST(
        """
        insert into stage_concept
        select r.release, r.release, c.code, c.validity * daterange(null, r.reference_date), l.name, c.derived, c.label, c.labels, c.attributes
          from stage_release r
          join concept c on c.referential = r.referential and c.releases @> r.base
          join level l on l.referential = c.referential and l.number = c.level
         where r.release = ? and r.snapshot
           and not (r.uncovered is not null and c.code ~ r.uncovered)
           and c.validity && daterange(null, r.reference_date)
        """),
    /** Codes that a file beside states after all: what the base says of the days before it. */
    KEEP_DAYS_BEFORE_WHAT_IS_LISTED_AFTER_ALL(
        """
        insert into stage_concept
        select r.release, r.release, c.code, c.validity * daterange(null, r.reference_date), l.name, c.derived, c.label, c.labels, c.attributes
          from stage_release r
          join (select distinct first, code from stage_concept where not carried) s on s.first = r.release and s.code ~ r.uncovered
          join concept c on c.referential = r.referential and c.releases @> r.base and c.code = s.code
          join level l on l.referential = c.referential and l.number = c.level
         where r.release = ? and c.validity && daterange(null, r.reference_date)
        """),
    /** The first list known: its codes are as old as anything that is known. */
    BEGIN_THE_FIRST_LIST_AT_THE_HORIZON(
        """
        update stage_concept s
           set validity = daterange(r.horizon, upper(s.validity))
          from stage_release r
         where r.release = ? and s.first = r.release and r.snapshot and r.earliest and lower(s.validity) = r.reference_date
        """),
    /**
     * A state that the base and the list name alike, and about which neither contradicts the other,
     * goes on: what only one of them says of it is true of the whole.
     */
    FIND_STATES_THAT_GO_ON(
        """
        create temporary table gone_on on commit drop as
        select b.code, b.validity as before, s.validity as since, coalesce(b.attributes, '{}') || coalesce(s.attributes, '{}') as attributes
          from stage_release r
          join stage_concept s on s.first = r.release and lower(s.validity) = r.reference_date and not s.carried
          join stage_concept b on b.first = r.release and b.code = s.code and upper(b.validity) = r.reference_date
                              and b.level = s.level and b.label = s.label and b.labels is not distinct from s.labels
         where r.release = ? and (r.snapshot or s.code ~ r.uncovered) and b.attributes is distinct from s.attributes
           and coalesce(b.attributes, '{}') || coalesce(s.attributes, '{}') = coalesce(s.attributes, '{}') || coalesce(b.attributes, '{}')
        """),
    /** Both parts of such a state have the attributes of both. */
    COMPLETE_STATES_THAT_GO_ON(
        """
        update stage_concept s set attributes = g.attributes
          from gone_on g, stage_release r
         where r.release = ? and s.first = r.release and s.code = g.code and s.validity in (g.before, g.since)
        """),
    /** States that go on unchanged through the reference date become one. */
    JOIN_STATES(
        """
        create temporary table joined_state on commit drop as
        select s.first, s.last, s.code, unnest(range_agg(s.validity)) as validity, s.level, bool_or(s.derived) as derived, s.label, s.labels, s.attributes, bool_or(s.carried) as carried
          from stage_release r join stage_concept s on s.first = r.release
         where r.release = ? and (r.snapshot or s.code ~ r.uncovered and not s.carried)
         group by s.first, s.last, s.code, s.level, s.label, s.labels, s.attributes
        """),
    /** The parts that were joined. */
    DROP_PARTS_OF_STATES(
        """
        delete from stage_concept s using stage_release r
         where r.release = ? and s.first = r.release and (r.snapshot or s.code ~ r.uncovered and not s.carried)
        """),
    /** What was joined; what begins or ends with the list was worked out. */
    PUT_JOINED_STATES(
        """
        insert into stage_concept
        select m.first, m.last, m.code, m.validity, m.level,
               m.derived or coalesce(lower(m.validity) = r.reference_date and not r.earliest, false) or coalesce(upper(m.validity) = r.reference_date, false),
               m.label, m.labels, m.attributes, m.carried
          from joined_state m join stage_release r on r.release = m.first and r.release = ?
        """),
    /** When codes exist, and whether their states are those of the base. */
    TELL_LIVES(
        """
        create temporary table life on commit drop as
        select code, range_agg(validity) as life, bool_or(carried) as carried from stage_concept where first = ? group by code
        """),
    COUNT_LIVES("analyze life"),
    /**
     * Links of a kind that the files do not state, of codes that they never list, and of days
     * before the list.
     */
    KEEP_LINKS(
        """
        insert into stage_link
        select r.release, r.release, k.code, k.relation, t.name, k.target,
               unnest(f.life * multirange(
                 case when f.carried or not (t.name = any (r.links)) then k.validity
                      else k.validity * daterange(null, r.reference_date) end)),
               k.derived
          from stage_release r
          join link k on k.referential = r.referential and k.releases @> r.base
          join referential t on t.id = k.target_referential
          join life f on f.code = k.code
         where r.release = ? and (f.carried or r.links_are_snapshot or not (t.name = any (r.links)))
        """),
    /** What follows is about few rows again. */
    LOOK_UP("set local enable_nestloop = on"),
    /**
     * Links of a kind that the files state go on unchanged through the reference date as one. The
     * code comes first: sorting by what differs most is cheapest.
     */
    JOIN_LINKS(
        """
        create temporary table joined_link on commit drop as
        select k.first, min(k.last) as last, k.code, k.relation, k.target_referential, k.target, unnest(range_agg(k.validity)) as validity, bool_or(k.derived) as derived
          from stage_release r join stage_link k on k.first = r.release
         where r.release = ? and r.links_are_snapshot and k.target_referential = any (r.links)
         group by k.code, k.target, k.target_referential, k.relation, k.first
        """),
    /** The parts that were joined. */
    DROP_PARTS_OF_LINKS(
        """
        delete from stage_link k using stage_release r
         where r.release = ? and k.first = r.release and r.links_are_snapshot and k.target_referential = any (r.links)
        """),
    /** What begins or ends with the list was worked out. */
    MARK_LINKS_BOUNDED_BY_THE_LIST(
        """
        update stage_link k set derived = true
          from stage_release r
         where r.release = ? and k.first = r.release and r.links_are_snapshot and not k.derived
           and (lower(k.validity) = r.reference_date and not r.earliest or upper(k.validity) = r.reference_date)
        """),
    /** What was joined. */
    PUT_JOINED_LINKS(
        """
        insert into stage_link
        select m.first, m.last, m.code, m.relation, m.target_referential, m.target, m.validity,
               m.derived or coalesce(lower(m.validity) = r.reference_date and not r.earliest, false) or coalesce(upper(m.validity) = r.reference_date, false)
          from joined_link m join stage_release r on r.release = m.first and r.release = ?
        """),
    /** Successions that the files do not state, or of codes that they never list. */
    KEEP_SUCCESSIONS(
        """
        insert into stage_succession
        select r.release, r.release, e.date, e.code, a.name, e.code_after, e.kind, e.type, e.derived
          from stage_release r
          join succession e on e.referential = r.referential and e.releases @> r.base
          join referential a on a.id = e.referential_after
         where r.release = ?
           and (not r.successions or e.code ~ r.uncovered
                or e.code in (select code from life where carried) or e.code_after in (select code from life where carried))
        """),
    /** Measures that the files do not state, or of codes that they never list. */
    KEEP_MEASURES(
        """
        insert into stage_measure
        select r.release, r.release, m.code, m.name, m.value
          from stage_release r
          join measure m on m.referential = r.referential and m.releases @> r.base
          join life f on f.code = m.code
         where r.release = ? and (f.carried or not r.measures)
        """),
    DROP_WHAT_STEPS_MADE("drop table gone_on, joined_state, joined_link, life");

    private final String sql;

    Step(String sql) {
      this.sql = sql;
    }

    void run(DSLContext database, int release) {
      if (sql.contains("?")) {
        database.execute(sql, release);
      } else {
        database.execute(sql);
      }
    }
  }

  /**
   * The days on which lists showed each part: those that the files state; the reference day for
   * what they state as a list of it; and those of the base for what is kept of it, or goes on
   * before that day.
   */
  private static final String OBSERVED =
      """
      update stage_release r
         set observed = coalesce((
             select jsonb_object_agg(part, days)
               from (select part, jsonb_agg(day order by day) as days
                       from (select part, day from stage_observed where r.release between first and last
                             union
                             select 'concepts', r.reference_date where r.snapshot
                             union
                             select unnest(r.links), r.reference_date where r.links_are_snapshot
                             union
                             select 'measures', r.reference_date
                              where cast(? as boolean) and r.measures and exists (select from stage_measure where r.release between first and last)
                             union
                             select p.key, cast(d as date)
                               from jsonb_each(r.base_observed) as p, jsonb_array_elements_text(p.value) as d
                              where cast(? as boolean)
                                and (r.uncovered is not null
                                     or case p.key when 'concepts' then r.snapshot when 'measures' then not r.measures
                                        else r.links_are_snapshot or not (p.key = any (r.links)) end)) as seen
                      group by part) as parts), '{}')
       where r.release = ?
      """;

  private static final String REFERENTIALS =
      """
      insert into referential (name)
      select target_referential from stage_link where first = ? union select referential_after from stage_succession where first = ?
      on conflict do nothing
      """;

  private static final List<String> READY =
      List.of(
          """
          insert into ready_concept
          select distinct s.first, s.last, s.code, s.validity, l.number, s.derived, s.label, s.labels, s.attributes,
                 concept_fact(s.code, s.validity, s.level, s.derived, s.label, s.labels, s.attributes)
            from stage_concept s
            join stage_release r on r.release = s.first
            join level l on l.referential = r.referential and l.name = s.level
           where s.first = ?
          """,
          """
          insert into ready_link
          select distinct s.first, s.last, s.code, s.relation, t.id, s.target, s.validity, s.derived,
                 link_fact(s.code, s.relation, s.target_referential, s.target, s.validity, s.derived)
            from stage_link s join referential t on t.name = s.target_referential
           where s.first = ?
          """,
          """
          insert into ready_succession
          select distinct s.first, s.last, s.date, s.code, a.id, s.code_after, s.kind, s.type, s.derived,
                 succession_fact(s.date, s.code, s.referential_after, s.code_after, s.kind, s.type, s.derived)
            from stage_succession s join referential a on a.name = s.referential_after
           where s.first = ?
          """,
          """
          insert into ready_measure
          select distinct s.first, s.last, s.code, s.name, s.value, measure_fact(s.code, s.name, s.value)
            from stage_measure s
           where s.first = ?
          """);

  private final DSLContext sql;

  CarryOverStore(Connection connection) {
    this.sql = DSL.using(connection, SQLDialect.POSTGRES);
  }

  /**
   * Gives a release its place among the published ones.
   *
   * @param overOwn whether its base is what is published under its own name
   * @param below what was staged of the same edition just before and is its base, if any
   */
  void place(Staged staged, boolean overOwn, @Nullable Staged below) {
    @Nullable Integer lower = below == null ? null : below.number();
    sql.execute(PLACE, lower, lower, overOwn, staged.number());
  }

  /** Completes a release with what its files do not cover. */
  void complete(Staged staged) {
    int n = staged.number();
    boolean partial = !staged.coverage().isWhole();
    sql.execute(OBSERVED, partial, partial, n);
    if (partial) {
      for (Step step : Step.values()) {
        step.run(sql, n);
      }
    }
  }

  /** Gives every statement of some releases its fingerprint, and drops those said twice. */
  void fingerprint(List<Staged> releases) {
    for (Staged staged : releases) {
      sql.execute(REFERENTIALS, staged.number(), staged.number());
      READY.forEach(statement -> sql.execute(statement, staged.number()));
    }
    for (String kind : List.of("concept", "link", "succession", "measure")) {
      sql.execute("analyze ready_" + kind);
    }
  }
}
