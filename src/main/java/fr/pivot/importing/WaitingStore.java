package fr.pivot.importing;

import fr.pivot.importing.StagingStore.StagedCorrespondence;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Text;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Tables that came with a list before the edition of their other side. They are kept aside and
 * published with that edition, so that it does not matter which file came first.
 */
final class WaitingStore {

  private static final String HAS_SIDE =
      """
      select exists (select from release l join referential f on f.id = l.referential
                      where f.name = ? and l.edition = ? and l.state = 'published')
          or exists (select from stage_release where name = ? and edition = ?)
      """;

  private static final String KEEP =
      """
      insert into waiting_correspondence
      values (?, ?, ?, ?, ?, cast(? as date), ?, ?, ?, ?, cast(? as jsonb), ?)
      """;

  private static final String KEEP_LINES =
      """
      insert into waiting_association
      select ?, line, source_code, target_code, match, share, basis, attributes from stage_association where correspondence = ?
      """;

  private static final String RECALL_LINES =
      """
      insert into stage_association (correspondence, line, source_code, target_code, match, share, basis, attributes)
      select ?, line, source_code, target_code, match, share, basis, attributes from waiting_association where name = ?
      """;

  private final DSLContext sql;

  WaitingStore(Connection connection) {
    this.sql = DSL.using(connection, SQLDialect.POSTGRES);
  }

  /** The sides of a table that are neither published nor in staging. */
  List<CorrespondenceHead.Side> listMissing(CorrespondenceHead head) {
    List<CorrespondenceHead.Side> missing = new ArrayList<>();
    for (CorrespondenceHead.Side side : List.of(head.source(), head.target())) {
      String referential = side.referential();
      String edition = side.edition();
      if (!sql.fetchOne(HAS_SIDE, referential, edition, referential, edition)
          .get(0, Boolean.class)) {
        missing.add(side);
      }
    }
    return missing;
  }

  /** Keeps a table in staging aside, in place of the one of its id. */
  void keep(StagedCorrespondence staged, String sources, long importId) {
    CorrespondenceHead head = staged.head();
    forget(head.id());
    sql.execute(
        KEEP,
        head.id(),
        head.title().fr(),
        head.title().en(),
        head.publisher(),
        head.homepage(),
        head.issued(),
        head.source().referential(),
        head.source().edition(),
        head.target().referential(),
        head.target().edition(),
        JSONB.valueOf(sources),
        importId);
    sql.execute(KEEP_LINES, head.id(), staged.number());
  }

  /** A table waits no longer. */
  void forget(String id) {
    sql.execute("delete from waiting_correspondence where name = ?", id);
  }

  /** The tables that wait for nothing any more, with what is in staging. */
  List<CorrespondenceHead> listReady() {
    List<CorrespondenceHead> ready = new ArrayList<>();
    for (Record row : sql.fetch("select * from waiting_correspondence order by name")) {
      CorrespondenceHead head = head(row);
      if (listMissing(head).isEmpty()) {
        ready.add(head);
      }
    }
    return ready;
  }

  private CorrespondenceHead head(Record row) {
    String id = row.get("name", String.class);
    List<SourceFile> sources =
        sql.fetch(
                """
                select s ->> 'name' as name, s ->> 'origin' as origin, s ->> 'sha256' as sha256, cast(s ->> 'bytes' as bigint) as bytes
                  from waiting_correspondence, jsonb_array_elements(sources) as s where waiting_correspondence.name = ?
                """,
                id)
            .map(
                s ->
                    new SourceFile(
                        s.get("name", String.class),
                        s.get("origin", String.class),
                        s.get("sha256", String.class),
                        s.get("bytes", Long.class)));
    return new CorrespondenceHead(
        id,
        new Text(row.get("title_fr", String.class), row.get("title_en", String.class)),
        row.get("publisher", String.class),
        row.get("homepage", String.class),
        side(row, "source"),
        side(row, "target"),
        row.get("issued", LocalDate.class),
        sources);
  }

  private static CorrespondenceHead.Side side(Record row, String side) {
    return new CorrespondenceHead.Side(
        row.get(side + "_referential", String.class), row.get(side + "_edition", String.class));
  }

  /** Puts the lines of a table that waited into staging. */
  void recall(StagedCorrespondence staged) {
    sql.execute(RECALL_LINES, staged.number(), staged.head().id());
  }
}
