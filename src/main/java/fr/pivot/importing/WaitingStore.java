package fr.pivot.importing;

import fr.pivot.catalog.CatalogStore;
import fr.pivot.importing.StagingStore.StagedCorrespondence;
import fr.pivot.importing.records.WaitingRepository;
import fr.pivot.importing.records.WaitingRepository.Waiting;
import fr.pivot.referential.Text;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.JSONB;
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
  private final WaitingRepository heads;
  private final CatalogStore catalog;

  /** A store whose statements run on a connection, which is the one of the thread. */
  WaitingStore(Connection connection, WaitingRepository heads, CatalogStore catalog) {
    this.sql = DSL.using(connection, SQLDialect.POSTGRES);
    this.heads = heads;
    this.catalog = catalog;
  }

  /** The sides of a table that are neither published nor in staging. */
  List<Side> listMissing(CorrespondenceHead head) {
    List<Side> missing = new ArrayList<>();
    for (Side side : List.of(head.source(), head.target())) {
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
    heads.save(
        new Waiting(
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
            sources,
            importId));
    sql.execute(KEEP_LINES, head.id(), staged.number());
  }

  /** A table waits no longer. */
  void forget(String id) {
    heads.deleteById(id);
    sql.execute("delete from seal where kind = 'waiting_correspondence' and id = ?", id);
  }

  /** The tables that wait for nothing any more, with what is in staging. */
  List<CorrespondenceHead> listReady() {
    return heads.findAllOrderByName().stream()
        .map(this::head)
        .filter(head -> listMissing(head).isEmpty())
        .toList();
  }

  private CorrespondenceHead head(Waiting waiting) {
    return new CorrespondenceHead(
        waiting.name(),
        new Text(waiting.titleFr(), waiting.titleEn()),
        waiting.publisher(),
        waiting.homepage(),
        new Side(waiting.sourceReferential(), waiting.sourceEdition()),
        new Side(waiting.targetReferential(), waiting.targetEdition()),
        waiting.issued(),
        catalog.sources(JSONB.valueOf(waiting.sources())));
  }

  /** Puts the lines of a table that waited into staging. */
  void recall(StagedCorrespondence staged) {
    sql.execute(RECALL_LINES, staged.number(), staged.head().id());
  }
}
