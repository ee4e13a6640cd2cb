package fr.pivot.importing;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.DayHead;
import fr.pivot.referential.Link;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
 * <p>{@link CarryOverStore} completes there what the files do not cover.
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
          base int, compared int, next int, earliest boolean,
          snapshot boolean not null, links text[] not null, links_are_snapshot boolean not null,
          measures boolean not null, successions boolean not null, uncovered text,
          coverage jsonb, base_observed jsonb not null default '{}', observed jsonb not null default '{}'
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
      ) on commit drop;
      create temporary table stage_stated (
          release smallint primary key, concepts stated_concept[], links stated_link[], successions stated_succession[], measures stated_measure[]
      ) on commit drop;
      create temporary table ready_concept (
          first smallint, last smallint, code text, validity daterange, level smallint, derived boolean, label text, labels jsonb, attributes jsonb, fact uuid
      ) on commit drop;
      create temporary table ready_link (
          first smallint, last smallint, code text, relation text, target_referential smallint, target text, validity daterange, derived boolean, fact uuid
      ) on commit drop;
      create temporary table ready_succession (
          first smallint, last smallint, date date, code text, referential_after smallint, code_after text, kind text, type text, derived boolean, fact uuid
      ) on commit drop;
      create temporary table ready_measure (
          first smallint, last smallint, code text, name text, value bigint, fact uuid
      ) on commit drop
      """;

  private final DSLContext sql;
  private final CopyManager copyManager;
  private final Function<String, Optional<Referential>> referentials;
  private final Findings findings;
  private final StagedRows.Tables rows;
  private final CopyStore associations;
  private final List<Staged> releases = new ArrayList<>();
  private final List<StagedRows.Seen> seen = new ArrayList<>();
  private final List<StagedCorrespondence> correspondences = new ArrayList<>();
  private final CopyStore dayLinks;
  private final List<DayHead> days = new ArrayList<>();

  StagingStore(
      Connection connection,
      Function<String, Optional<Referential>> referentials,
      Findings findings) {
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
    copyManager = copyManager(connection);
    rows =
        new StagedRows.Tables(
            copy(
                "stage_concept",
                "first, last, code, validity, level, derived, label, labels, attributes"),
            copy(
                "stage_link",
                "first, last, code, relation, target_referential, target, validity, derived"),
            copy(
                "stage_succession",
                "first, last, date, code, referential_after, code_after, kind, type, derived"),
            copy("stage_measure", "first, last, code, name, value"));
    associations =
        copy(
            "stage_association",
            "correspondence, line, source_code, target_code, match, share, basis, attributes");
    dayLinks =
        copy("stage_day_link", "referential, target_referential, day, code, relation, target");
  }

  private static CopyManager copyManager(Connection connection) {
    try {
      return connection.unwrap(PGConnection.class).getCopyAPI();
    } catch (SQLException e) {
      throw new StagingException(e);
    }
  }

  private CopyStore copy(String table, String columns) {
    return new CopyStore(copyManager, table, columns);
  }

  /** The releases opened so far. */
  List<Staged> releases() {
    return List.copyOf(releases);
  }

  @Override
  public SeriesRows openSeries(List<ReleaseHead> heads, Coverage coverage) {
    String id = heads.getFirst().referential();
    Optional<Referential> referential = referentials.apply(id);
    if (referential.isEmpty()) {
      findings.add(Rule.UNKNOWN_REFERENTIAL.at(new Place(null, 0, null), id));
      return (_, _) -> StagedRows.NONE;
    }
    int base = releases.size();
    for (ReleaseHead head : heads) {
      releases.add(new Staged(releases.size(), referential.get(), head, coverage));
    }
    return (first, last) ->
        new StagedRows(
            rows, seen::add, findings, releases.get(base + first), base + first, base + last);
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
    return new StagedLines(associations, findings, stage(head, standing));
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
    return link ->
        dayLinks
            .field(head.referential())
            .field(link.referential())
            .field(head.day())
            .field(link.code())
            .field(link.relation().id())
            .field(link.target())
            .endRow();
  }

  /** Sends what is left of the lists of a day. */
  void finishDays() {
    if (!days.isEmpty()) {
      dayLinks.flush();
    }
  }

  /** Sends what is left and gives the releases their place among the editions. */
  void finish() {
    rows.flush();
    for (Staged staged : releases) {
      place(staged);
    }
    for (StagedRows.Seen day : seen) {
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

  private void place(Staged staged) {
    sql.execute(
        """
        insert into stage_release (release, referential, name, edition, reference_date, position, horizon,
                                   snapshot, links, links_are_snapshot, measures, successions, uncovered)
        select cast(? as smallint), id, name, ?, ?, ?, cast(? as date), ?, cast(? as text[]), ?, ?, ?, ?
          from referential where name = ?
        """,
        staged.number(),
        staged.head().edition(),
        staged.head().referenceDate(),
        staged.position(),
        staged.referential().horizon(),
        staged.coverage().snapshot(),
        staged.coverage().links().toArray(String[]::new),
        staged.coverage().linksAreSnapshot(),
        staged.coverage().measures(),
        staged.coverage().successions(),
        staged.coverage().uncoveredCodes(),
        staged.head().referential());
  }

  /**
   * Opens a release once more, which its rows are then taken to from elsewhere; after {@link
   * #finish()}.
   */
  Staged reopen(Referential referential, ReleaseHead head, Coverage coverage) {
    Staged staged = new Staged(releases.size(), referential, head, coverage);
    releases.add(staged);
    place(staged);
    return staged;
  }
}
