package fr.pivot.importing;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.referential.Association;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.CorrespondenceHead;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.DayHead;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Succession;
import fr.pivot.referential.Validity;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The staging area of one import: temporary tables of its own connection, which nobody else sees
 * and which are gone with the transaction, however it ends.
 *
 * <p>What the files do not cover is completed here from the edition before ({@link Coverage}), in
 * SQL, so that the cost is that of the rows concerned.
 */
final class StagingStore implements ReleaseTarget {

  /** A release in staging. */
  record Staged(int number, Referential referential, ReleaseHead head, Coverage coverage) {

    int position() {
      return Math.toIntExact(head.referenceDate().toEpochDay());
    }
  }

  /** How a correspondence came into staging. */
  enum Standing {
    /** Both sides must be there. */
    FIRM,
    /** It came with a list, and waits for its other side where that is missing. */
    MAY_WAIT,
    /** It has waited, and the files of this import do not hold it. */
    WAITED
  }

  /** A correspondence in staging. */
  record StagedCorrespondence(int number, CorrespondenceHead head, Standing standing) {

    /** Where a line of it stands, or the whole for line 0. */
    Place place(long line, @Nullable String column) {
      return new Place(head.id(), line, column);
    }
  }

  /** A day on which a list showed a part of some releases. */
  private record Seen(int first, int last, String part, LocalDate day) {}

  private static final Pattern CORRESPONDENCE_ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,127}");

  /** Made when the first correspondence is opened. */
  private static final String CORRESPONDENCES =
      """
      create temporary table stage_association (
          correspondence smallint not null, line int not null, source_code text not null, target_code text not null, match text not null,
          share numeric, basis text, attributes jsonb
      ) on commit drop
      """;

  /** Made when the first list of a day is opened. */
  private static final String DAYS =
      """
      create temporary table stage_day_link (
          referential text not null, target_referential text not null, day date not null, code text not null,
          relation text not null, target text not null
      ) on commit drop
      """;

  private static final String TABLES =
      """
      create temporary table stage_release (
          release smallint primary key, referential smallint not null, name text not null, edition text not null,
          reference_date date not null, position int not null, horizon date,
          base int, next int,
          snapshot boolean not null, links text[] not null, links_are_snapshot boolean not null,
          measures boolean not null, successions boolean not null, uncovered text, observed jsonb not null default '{}'
      ) on commit drop;
      create temporary table stage_observed (
          first smallint not null, last smallint not null, part text not null, day date not null
      ) on commit drop;
      create temporary table stage_concept (
          first smallint not null, last smallint not null, code text not null, validity daterange not null, level text not null,
          derived boolean not null, label text not null, labels jsonb, attributes jsonb, carried boolean not null default false
      ) on commit drop;
      create temporary table stage_link (
          first smallint not null, last smallint not null, code text not null, relation text not null, target_referential text not null,
          target text not null, validity daterange not null, derived boolean not null
      ) on commit drop;
      create temporary table stage_succession (
          first smallint not null, last smallint not null, date date not null, code text, referential_after text not null, code_after text,
          kind text not null, type text, derived boolean not null
      ) on commit drop;
      create temporary table stage_measure (
          first smallint not null, last smallint not null, code text not null, name text not null, value bigint not null
      ) on commit drop
      """;

  private static final String[] CARRY = {
    // The statistics of ranges tell the planner too few rows by far, and it would look each up.
    "set local enable_nestloop = off",
    // Codes that the files never list: their states as the base says them.
    """
    insert into stage_concept
    select r.release, r.release, c.code, c.validity, l.name, c.derived, c.label, c.labels, c.attributes, true
      from stage_release r
      join concept c on c.referential = r.referential and c.releases @> r.base
      join level l on l.referential = c.referential and l.number = c.level
     where r.release = ? and c.code ~ r.uncovered
       and not exists (select from stage_concept s where s.first = r.release and s.code = c.code)
    """,
    // A snapshot: what the base says of the days before it.
    """
    insert into stage_concept
    select r.release, r.release, c.code, c.validity * daterange(null, r.reference_date), l.name, c.derived, c.label, c.labels, c.attributes
      from stage_release r
      join concept c on c.referential = r.referential and c.releases @> r.base
      join level l on l.referential = c.referential and l.number = c.level
     where r.release = ? and r.snapshot
       and not (r.uncovered is not null and c.code ~ r.uncovered)
       and c.validity && daterange(null, r.reference_date)
    """,
    // Codes that a file beside states after all are a snapshot too.
    """
    insert into stage_concept
    select r.release, r.release, c.code, c.validity * daterange(null, r.reference_date), l.name, c.derived, c.label, c.labels, c.attributes
      from stage_release r
      join (select distinct first, code from stage_concept where not carried) s on s.first = r.release and s.code ~ r.uncovered
      join concept c on c.referential = r.referential and c.releases @> r.base and c.code = s.code
      join level l on l.referential = c.referential and l.number = c.level
     where r.release = ? and c.validity && daterange(null, r.reference_date)
    """,
    // The first edition known of a snapshot: its codes are as old as anything that is known.
    """
    update stage_concept s
       set validity = daterange(r.horizon, upper(s.validity))
      from stage_release r
     where r.release = ? and s.first = r.release and r.snapshot and r.base is null and lower(s.validity) = r.reference_date
    """,
    // A state that the base and the snapshot name alike, and about which neither contradicts the
    // other, goes on: what only one of them says of it is true of the whole.
    """
    create temporary table gone_on on commit drop as
    select b.code, b.validity as before, s.validity as since, coalesce(b.attributes, '{}') || coalesce(s.attributes, '{}') as attributes
      from stage_release r
      join stage_concept s on s.first = r.release and lower(s.validity) = r.reference_date and not s.carried
      join stage_concept b on b.first = r.release and b.code = s.code and upper(b.validity) = r.reference_date
                          and b.level = s.level and b.label = s.label and b.labels is not distinct from s.labels
     where r.release = ? and (r.snapshot or s.code ~ r.uncovered) and b.attributes is distinct from s.attributes
       and coalesce(b.attributes, '{}') || coalesce(s.attributes, '{}') = coalesce(s.attributes, '{}') || coalesce(b.attributes, '{}')
    """,
    """
    update stage_concept s set attributes = g.attributes
      from gone_on g, stage_release r
     where r.release = ? and s.first = r.release and s.code = g.code and s.validity in (g.before, g.since)
    """,
    "drop table gone_on",
    // States that go on unchanged through the reference date become one.
    """
    create temporary table merged on commit drop as
    select s.first, s.last, s.code, unnest(range_agg(s.validity)) as validity, s.level, bool_or(s.derived) as derived, s.label, s.labels, s.attributes, bool_or(s.carried) as carried
      from stage_release r join stage_concept s on s.first = r.release
     where r.release = ? and (r.snapshot or s.code ~ r.uncovered and not s.carried)
     group by s.first, s.last, s.code, s.level, s.label, s.labels, s.attributes
    """,
    """
    delete from stage_concept s using stage_release r
     where r.release = ? and s.first = r.release and (r.snapshot or s.code ~ r.uncovered and not s.carried)
    """,
    """
    insert into stage_concept
    select m.first, m.last, m.code, m.validity, m.level,
           m.derived or coalesce(lower(m.validity) = r.reference_date and r.base is not null, false) or coalesce(upper(m.validity) = r.reference_date, false),
           m.label, m.labels, m.attributes, m.carried
      from merged m join stage_release r on r.release = m.first and r.release = ?
    """,
    "drop table merged",
    """
    create temporary table life on commit drop as
    select code, range_agg(validity) as life, bool_or(carried) as carried from stage_concept where first = ? group by code
    """,
    "analyze life",
    // Links of a kind that the files do not state, of codes that they never list, and of days
    // before the snapshot.
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
    """,
    "set local enable_nestloop = on",
    // Links of a kind that the files state go on unchanged through the reference date as one. The
    // code comes first: sorting by what differs most is cheapest.
    """
    create temporary table merged on commit drop as
    select k.first, min(k.last) as last, k.code, k.relation, k.target_referential, k.target, unnest(range_agg(k.validity)) as validity, bool_or(k.derived) as derived
      from stage_release r join stage_link k on k.first = r.release
     where r.release = ? and r.links_are_snapshot and k.target_referential = any (r.links)
     group by k.code, k.target, k.target_referential, k.relation, k.first
    """,
    """
    delete from stage_link k using stage_release r
     where r.release = ? and k.first = r.release and r.links_are_snapshot and k.target_referential = any (r.links)
    """,
    """
    update stage_link k set derived = true
      from stage_release r
     where r.release = ? and k.first = r.release and r.links_are_snapshot and not k.derived
       and (lower(k.validity) = r.reference_date and r.base is not null or upper(k.validity) = r.reference_date)
    """,
    """
    insert into stage_link
    select m.first, m.last, m.code, m.relation, m.target_referential, m.target, m.validity,
           m.derived or coalesce(lower(m.validity) = r.reference_date and r.base is not null, false) or coalesce(upper(m.validity) = r.reference_date, false)
      from merged m join stage_release r on r.release = m.first and r.release = ?
    """,
    "drop table merged",
    """
    insert into stage_succession
    select r.release, r.release, e.date, e.code, a.name, e.code_after, e.kind, e.type, e.derived
      from stage_release r
      join succession e on e.referential = r.referential and e.releases @> r.base
      join referential a on a.id = e.referential_after
     where r.release = ?
       and (not r.successions or e.code ~ r.uncovered
            or e.code in (select code from life where carried) or e.code_after in (select code from life where carried))
    """,
    """
    insert into stage_measure
    select r.release, r.release, m.code, m.name, m.value
      from stage_release r
      join measure m on m.referential = r.referential and m.releases @> r.base
      join life f on f.code = m.code
     where r.release = ? and (f.carried or not r.measures)
    """,
    "drop table life"
  };

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
                               from release b, jsonb_each(b.observed) as p, jsonb_array_elements_text(p.value) as d
                              where cast(? as boolean) and b.referential = r.referential and b.position = r.base and b.state = 'published'
                                and (r.uncovered is not null
                                     or case p.key when 'concepts' then r.snapshot when 'measures' then not r.measures
                                        else r.links_are_snapshot or not (p.key = any (r.links)) end)) as seen
                      group by part) as parts), '{}')
       where r.release = ?
      """;

  private static final String[] READY = {
    """
    insert into referential (name)
    select target_referential from stage_link union select referential_after from stage_succession
    on conflict do nothing
    """,
    """
    create temporary table ready_concept on commit drop as
    select distinct s.first, s.last, s.code, s.validity, l.number as level, s.derived, s.label, s.labels, s.attributes,
           concept_fact(s.code, s.validity, s.level, s.derived, s.label, s.labels, s.attributes) as fact
      from stage_concept s
      join stage_release r on r.release = s.first
      join level l on l.referential = r.referential and l.name = s.level
    """,
    """
    create temporary table ready_link on commit drop as
    select distinct s.first, s.last, s.code, s.relation, t.id as target_referential, s.target, s.validity, s.derived,
           link_fact(s.code, s.relation, s.target_referential, s.target, s.validity, s.derived) as fact
      from stage_link s join referential t on t.name = s.target_referential
    """,
    """
    create temporary table ready_succession on commit drop as
    select distinct s.first, s.last, s.date, s.code, a.id as referential_after, s.code_after, s.kind, s.type, s.derived,
           succession_fact(s.date, s.code, s.referential_after, s.code_after, s.kind, s.type, s.derived) as fact
      from stage_succession s join referential a on a.name = s.referential_after
    """,
    """
    create temporary table ready_measure on commit drop as
    select distinct s.first, s.last, s.code, s.name, s.value, measure_fact(s.code, s.name, s.value) as fact
      from stage_measure s
    """,
    "analyze ready_concept",
    "analyze ready_link",
    "analyze ready_succession",
    "analyze ready_measure"
  };

  private final DSLContext sql;
  private final CopyManager copyManager;
  private final Function<String, Optional<Referential>> referentials;
  private final Findings findings;
  private final CopyStore concepts;
  private final CopyStore links;
  private final CopyStore successions;
  private final CopyStore measures;
  private final CopyStore associations;
  private final List<Staged> releases = new ArrayList<>();
  private final List<Seen> seen = new ArrayList<>();
  private final List<StagedCorrespondence> correspondences = new ArrayList<>();
  private final CopyStore dayLinks;
  private final List<DayHead> days = new ArrayList<>();

  StagingStore(
      Connection connection,
      Function<String, Optional<Referential>> referentials,
      Findings findings)
      throws SQLException {
    this.sql = DSL.using(connection, SQLDialect.POSTGRES);
    this.referentials = referentials;
    this.findings = findings;
    // Whole editions are sorted and joined here; the default of 4 MB would do it on disk.
    sql.execute("set local work_mem = '256MB'");
    sql.execute("set local temp_buffers = '64MB'");
    // Tables that live for seconds are not worth a close look.
    sql.execute("set local default_statistics_target = 10");
    for (String statement : TABLES.split(";", -1)) {
      sql.execute(statement);
    }
    copyManager = connection.unwrap(PGConnection.class).getCopyAPI();
    concepts =
        copy(
            "stage_concept",
            "first, last, code, validity, level, derived, label, labels, attributes");
    links =
        copy(
            "stage_link",
            "first, last, code, relation, target_referential, target, validity, derived");
    successions =
        copy(
            "stage_succession",
            "first, last, date, code, referential_after, code_after, kind, type, derived");
    measures = copy("stage_measure", "first, last, code, name, value");
    associations =
        copy(
            "stage_association",
            "correspondence, line, source_code, target_code, match, share, basis, attributes");
    dayLinks =
        copy("stage_day_link", "referential, target_referential, day, code, relation, target");
  }

  /** Whether the files leave a part of a release to the edition before. */
  static boolean isPartial(Staged staged) {
    return !staged.coverage().equals(Coverage.whole(staged.coverage().links()));
  }

  private CopyStore copy(String table, String columns) {
    return new CopyStore(copyManager, table, columns);
  }

  /** The releases opened so far. */
  List<Staged> releases() {
    return releases;
  }

  @Override
  public SeriesRows openSeries(List<ReleaseHead> heads, Coverage coverage) {
    String id = heads.getFirst().referential();
    Optional<Referential> referential = referentials.apply(id);
    if (referential.isEmpty()) {
      findings.add(Rule.UNKNOWN_REFERENTIAL.at(new Place(null, 0, null), id));
      return (_, _) -> new NoRows();
    }
    int base = releases.size();
    for (ReleaseHead head : heads) {
      releases.add(new Staged(releases.size(), referential.get(), head, coverage));
    }
    return (first, last) -> new Rows(releases.get(base + first), base + first, base + last);
  }

  /** The correspondences opened so far. */
  List<StagedCorrespondence> correspondences() {
    return correspondences;
  }

  @Override
  public Consumer<Association> openCorrespondence(CorrespondenceHead head) {
    return open(head, Standing.FIRM);
  }

  @Override
  public Consumer<Association> openWaitingCorrespondence(CorrespondenceHead head) {
    return open(head, Standing.MAY_WAIT);
  }

  private Consumer<Association> open(CorrespondenceHead head, Standing standing) {
    if (!CORRESPONDENCE_ID.matcher(head.id()).matches()
        || correspondences.stream().anyMatch(c -> c.head().id().equals(head.id()))) {
      findings.add(Rule.CORRESPONDENCE_ID.at(new Place(null, 0, null), head.id()));
      return _ -> {};
    }
    return new Lines(stage(head, standing));
  }

  private StagedCorrespondence stage(CorrespondenceHead head, Standing standing) {
    if (correspondences.isEmpty()) {
      sql.execute(CORRESPONDENCES);
    }
    StagedCorrespondence staged = new StagedCorrespondence(correspondences.size(), head, standing);
    correspondences.add(staged);
    return staged;
  }

  /** A correspondence that has waited; its lines are to be put in place by the caller. */
  StagedCorrespondence recall(CorrespondenceHead head) {
    return stage(head, Standing.WAITED);
  }

  /** The lists of a day opened so far. */
  List<DayHead> days() {
    return days;
  }

  @Override
  public Consumer<Link> openDay(DayHead head) {
    if (days.isEmpty()) {
      sql.execute(DAYS);
    }
    days.add(head);
    return link -> {
      try {
        dayLinks
            .field(head.referential())
            .field(link.referential())
            .field(head.day())
            .field(link.code())
            .field(link.relation().id())
            .field(link.target())
            .endRow();
      } catch (SQLException e) {
        throw new StagingException(e);
      }
    };
  }

  /** Sends what is left of the lists of a day. */
  void finishDays() {
    try {
      if (!days.isEmpty()) {
        dayLinks.flush();
      }
    } catch (SQLException e) {
      throw new StagingException(e);
    }
  }

  /** Stages the lines of one correspondence. */
  private final class Lines implements Consumer<Association> {
    private final StagedCorrespondence staged;
    private int number = 1;

    Lines(StagedCorrespondence staged) {
      this.staged = staged;
    }

    @Override
    public void accept(Association line) {
      // Lines are counted as in a file with a header.
      number++;
      if (isNoCode(line.source())) {
        findings.add(Rule.MALFORMED_CODE.at(staged.place(number, "source"), line.source()));
        return;
      }
      if (isNoCode(line.target())) {
        findings.add(Rule.MALFORMED_CODE.at(staged.place(number, "target"), line.target()));
        return;
      }
      BigDecimal share = line.share();
      if (share != null && (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0)) {
        findings.add(
            Rule.CORRESPONDENCE_SHARE.at(staged.place(number, "share"), share.toPlainString()));
        return;
      }
      if (String.valueOf(line.basis()).indexOf('\0') >= 0
          || line.attributes().entrySet().stream()
              .anyMatch(e -> e.getKey().indexOf('\0') >= 0 || e.getValue().indexOf('\0') >= 0)) {
        findings.add(Rule.MALFORMED_TEXT.at(staged.place(number, null), line.source()));
        return;
      }
      try {
        associations
            .field(staged.number())
            .field(number)
            .field(line.source())
            .field(line.target())
            .field(line.match().id())
            .field(share == null ? null : share.stripTrailingZeros().toPlainString())
            .field(line.basis())
            .object(line.attributes())
            .endRow();
      } catch (SQLException e) {
        throw new StagingException(e);
      }
    }

    private static boolean isNoCode(String code) {
      return code.isEmpty() || code.indexOf('\0') >= 0;
    }
  }

  /** Sends what is left and gives the releases their place among the editions. */
  void finish() throws SQLException {
    concepts.flush();
    links.flush();
    successions.flush();
    measures.flush();
    for (Staged staged : releases) {
      sql.execute(
          """
          insert into stage_release
          select cast(? as smallint), f.id, f.name, v.edition, v.reference_date, v.position, cast(? as date),
                 coalesce(max(l.position) filter (where l.edition = v.edition), max(l.position) filter (where l.position < v.position)),
                 min(l.position) filter (where l.position > v.position),
                 ?, cast(? as text[]), ?, ?, ?, ?
            from (values (cast(? as text), cast(? as date), cast(? as int))) as v (edition, reference_date, position)
            join referential f on f.name = ?
            left join release l on l.referential = f.id and l.state = 'published'
           group by f.id, f.name, v.edition, v.reference_date, v.position
          """,
          staged.number(),
          staged.referential().horizon(),
          staged.coverage().snapshot(),
          staged.coverage().links().toArray(String[]::new),
          staged.coverage().linksAreSnapshot(),
          staged.coverage().measures(),
          staged.coverage().successions(),
          staged.coverage().uncoveredCodes(),
          staged.head().edition(),
          staged.head().referenceDate(),
          staged.position(),
          staged.head().referential());
    }
    for (Seen day : seen) {
      sql.execute(
          "insert into stage_observed values (?, ?, ?, ?)",
          day.first(),
          day.last(),
          day.part(),
          day.day());
    }
    sql.execute("analyze stage_concept");
    sql.execute("analyze stage_link");
    if (!correspondences.isEmpty()) {
      associations.flush();
      sql.execute("analyze stage_association");
    }
  }

  /** Completes a release with what its files do not cover. */
  void carry(Staged staged) {
    boolean partial = !staged.coverage().equals(Coverage.whole(staged.coverage().links()));
    sql.execute(OBSERVED, partial, partial, staged.number());
    if (!partial) {
      return;
    }
    for (String statement : CARRY) {
      if (statement.indexOf('?') < 0) {
        sql.execute(statement);
      } else {
        sql.execute(statement, staged.number());
      }
    }
  }

  /** Gives every statement its fingerprint, and drops those said twice. */
  void fingerprint() {
    for (String statement : READY) {
      sql.execute(statement);
    }
  }

  private static @Nullable String range(Validity validity) {
    return "["
        + (validity.from() == null ? "" : validity.from())
        + ","
        + (validity.to() == null ? "" : validity.to())
        + ")";
  }

  /** Swallows rows of a release that cannot be staged. */
  private static final class NoRows implements ReleaseRows {
    @Override
    public void concept(ConceptState state) {}

    @Override
    public void link(Link link) {}

    @Override
    public void succession(Succession succession) {}

    @Override
    public void measure(Measure measure) {}
  }

  /** Stages the rows of one release. */
  private final class Rows implements ReleaseRows {
    private final Staged staged;
    private final int first;
    private final int last;

    Rows(Staged staged, int first, int last) {
      this.staged = staged;
      this.first = first;
      this.last = last;
    }

    private boolean accepts(String code) {
      Referential referential = staged.referential();
      if (!referential.pattern().matcher(code).matches()) {
        report(Rule.MALFORMED_CODE, code);
        return false;
      }
      return true;
    }

    private void report(Rule rule, String value) {
      findings.add(
          new Finding(
              rule,
              new Place(null, 0, null),
              value,
              staged.head().referential() + '@' + staged.head().edition()));
    }

    @Override
    public void concept(ConceptState state) {
      if (!accepts(state.code())) {
        return;
      }
      if (staged.referential().findLevel(state.level()).isEmpty()) {
        report(Rule.UNKNOWN_LEVEL, state.level());
        return;
      }
      if (!CheckRules.passes(staged.referential().check(), state)) {
        report(Rule.BAD_CHECK_DIGIT, state.code());
        return;
      }
      if (holdsNul(state.label()) || anyNul(state.labels()) || anyNul(state.attributes())) {
        report(Rule.MALFORMED_TEXT, state.code());
        return;
      }
      send(
          concepts
              .field(first)
              .field(last)
              .field(state.code())
              .field(range(state.validity()))
              .field(state.level())
              .field(state.derived())
              .field(state.label())
              .object(state.labels())
              .object(state.attributes()));
    }

    private boolean anyNul(Map<String, String> values) {
      return values.entrySet().stream()
          .anyMatch(e -> holdsNul(e.getKey()) || holdsNul(e.getValue()));
    }

    private boolean holdsNul(String text) {
      return text.indexOf('\0') >= 0;
    }

    @Override
    public void link(Link link) {
      if (!accepts(link.code())) {
        return;
      }
      if (!isName(link.referential()) || link.target().isEmpty() || holdsNul(link.target())) {
        report(Rule.MALFORMED_CODE, link.referential() + ':' + link.target());
        return;
      }
      send(
          links
              .field(first)
              .field(last)
              .field(link.code())
              .field(link.relation().id())
              .field(link.referential())
              .field(link.target())
              .field(range(link.validity()))
              .field(link.derived()));
    }

    private boolean isName(String referential) {
      return referential.matches("[a-z0-9][a-z0-9-]{0,63}");
    }

    @Override
    public void succession(Succession succession) {
      String code = succession.code();
      String after = succession.codeAfter();
      if (code != null && !accepts(code)) {
        return;
      }
      if (!isName(succession.referentialAfter())
          || (after != null && (after.isEmpty() || holdsNul(after)))) {
        report(Rule.MALFORMED_CODE, succession.referentialAfter() + ':' + after);
        return;
      }
      send(
          successions
              .field(first)
              .field(last)
              .field(succession.date())
              .field(code)
              .field(succession.referentialAfter())
              .field(after)
              .field(succession.kind().id())
              .field(succession.type())
              .field(succession.derived()));
    }

    @Override
    public void measure(Measure measure) {
      if (accepts(measure.code())) {
        send(
            measures
                .field(first)
                .field(last)
                .field(measure.code())
                .field(measure.name())
                .field(measure.value()));
      }
    }

    @Override
    public void observed(String part, Collection<LocalDate> days) {
      if (!isName(part)) {
        report(Rule.MALFORMED_CODE, part);
        return;
      }
      days.forEach(day -> seen.add(new Seen(first, last, part, day)));
    }

    private void send(CopyStore row) {
      try {
        row.endRow();
      } catch (SQLException e) {
        throw new StagingException(e);
      }
    }
  }
}
