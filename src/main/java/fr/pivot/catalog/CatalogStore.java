package fr.pivot.catalog;

import static fr.pivot.schema.Tables.PUBLICATION;
import static fr.pivot.schema.Tables.REFERENTIAL;
import static fr.pivot.schema.Tables.RELEASE;

import fr.pivot.formats.pack.DescriptorReader;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.SourceFile;
import io.micronaut.context.annotation.Property;
import io.micronaut.core.type.Argument;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Referentials and releases in the database. */
@Singleton
public class CatalogStore {

  private static final Argument<List<Map<String, Object>>> OBJECTS =
      Argument.listOf(Argument.mapOf(String.class, Object.class));

  private static final Argument<Map<String, List<LocalDate>>> DAYS_BY_PART =
      Argument.mapOf(Argument.STRING, Argument.listOf(LocalDate.class));

  /** Whoever changes what is described or published shares it; who says what that is has it. */
  private static final String CHANGES = "hashtextextended('pivot catalog', 0)";

  private final DSLContext sql;
  private final ObjectMapper json;
  private final @Nullable Path current;

  CatalogStore(
      DataSource dataSource,
      ObjectMapper json,
      @Nullable @Property(name = "pivot.current") String current) {
    this.current = current == null ? null : Path.of(current);
    this.sql = DSL.using(DelegatingDataSource.unwrapDataSource(dataSource), SQLDialect.POSTGRES);
    this.json = json;
  }

  /** All that is described and published now, as of one moment. */
  public Catalog load() {
    return load(sql);
  }

  /** All that is described and published, as another store's transaction sees it. */
  public Catalog load(DSLContext transaction) {
    // Numbers are given when a publication is written, not when it is committed, so that a lower
    // one
    // may appear after a higher one: how many there are grows with each commit, the highest may
    // not.
    int publication = transaction.fetchCount(PUBLICATION);
    List<Referential> referentials =
        transaction
            .select(REFERENTIAL.NAME, REFERENTIAL.DESCRIPTOR)
            .from(REFERENTIAL)
            .where(REFERENTIAL.DESCRIPTOR.isNotNull())
            .fetch(r -> describe(r.value1(), r.value2().data()));
    List<Release> releases =
        transaction
            .select(REFERENTIAL.NAME)
            .select(RELEASE.fields())
            .from(RELEASE)
            .join(REFERENTIAL)
            .on(REFERENTIAL.ID.eq(RELEASE.REFERENTIAL))
            .where(RELEASE.STATE.eq("published"))
            .fetch(this::release);
    return new Catalog(publication, referentials, releases);
  }

  /**
   * What referentials were described with, by their ids, as another store's transaction sees it.
   */
  public Map<String, String> listDescriptors(DSLContext transaction) {
    return transaction
        .select(REFERENTIAL.NAME, REFERENTIAL.DESCRIPTOR)
        .from(REFERENTIAL)
        .where(REFERENTIAL.DESCRIPTOR.isNotNull())
        .fetchMap(Record2::value1, row -> row.value2().data());
  }

  /**
   * Tells that a transaction changes what is described or published: from now on until its end
   * nothing in the home folder says what that is. To be called before each such transaction
   * commits.
   */
  public void announceChange(DSLContext transaction) {
    announceChange(transaction, current);
  }

  /**
   * Tells the same where no application runs.
   *
   * @param current the file that says what is published; null where the database is of no home
   */
  public static void announceChange(DSLContext transaction, @Nullable Path current) {
    transaction.execute("select pg_advisory_xact_lock_shared(" + CHANGES + ")");
    if (current != null) {
      try {
        Files.deleteIfExists(current);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Keeps what is described and published as it is until the end of a transaction; false where
   * somebody is changing it.
   */
  public boolean holdStill(DSLContext transaction) {
    return transaction
        .fetchOne("select pg_try_advisory_xact_lock(" + CHANGES + ")")
        .get(0, Boolean.class);
  }

  private Release release(Record row) {
    return new Release(
        row.get(RELEASE.ID),
        row.get(RELEASE.POSITION),
        new ReleaseHead(
            row.get(REFERENTIAL.NAME),
            row.get(RELEASE.EDITION),
            row.get(RELEASE.REFERENCE_DATE),
            row.get(RELEASE.ISSUED),
            sources(row.get(RELEASE.SOURCES))),
        row.get(RELEASE.DIGEST),
        row.get(RELEASE.CONCEPTS),
        row.get(RELEASE.IN_FORCE),
        row.get(RELEASE.LINKS),
        row.get(RELEASE.SUCCESSIONS),
        row.get(RELEASE.MEASURES),
        observed(row.get(RELEASE.OBSERVED)),
        row.get(RELEASE.PUBLISHED_AT).toInstant());
  }

  private Map<String, List<LocalDate>> observed(JSONB observed) {
    try {
      return json.readValue(observed.data(), DAYS_BY_PART);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JSON object as a map. */
  public Map<String, Object> object(JSONB object) {
    try {
      return json.readValue(object.data(), Argument.mapOf(String.class, Object.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files that a release or a correspondence was made from, as the registry keeps them. */
  public List<SourceFile> sources(JSONB sources) {
    try {
      return json.readValue(sources.data(), OBJECTS).stream()
          .map(
              s ->
                  new SourceFile(
                      String.valueOf(s.get("name")),
                      (String) s.get("origin"),
                      String.valueOf(s.get("sha256")),
                      s.get("bytes") instanceof Number n ? n.longValue() : 0))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The referential that a descriptor in the registry describes.
   *
   * @param name how messages call it
   */
  public static Referential describe(String name, String descriptor) {
    try {
      return DescriptorReader.read(
          name, new ByteArrayInputStream(descriptor.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The referential of that id, whether or not it has a release. */
  public Optional<Referential> findReferential(String id) {
    @Nullable Record row =
        sql.select(REFERENTIAL.NAME, REFERENTIAL.DESCRIPTOR)
            .from(REFERENTIAL)
            .where(REFERENTIAL.NAME.eq(id), REFERENTIAL.DESCRIPTOR.isNotNull())
            .fetchOne();
    return row == null
        ? Optional.empty()
        : Optional.of(describe(row.get(REFERENTIAL.NAME), row.get(REFERENTIAL.DESCRIPTOR).data()));
  }

  /**
   * Describes a referential, or describes it anew. Levels that editions point to keep their
   * numbers; new ones get the next.
   *
   * @param descriptor the text that the referential was read from
   */
  public void describe(Referential referential, String descriptor) {
    sql.transaction(
        tx -> {
          DSLContext in = tx.dsl();
          announceChange(in);
          Short id =
              in.insertInto(REFERENTIAL, REFERENTIAL.NAME, REFERENTIAL.DESCRIPTOR)
                  .values(referential.id(), JSONB.valueOf(descriptor))
                  .onConflict(REFERENTIAL.NAME)
                  .doUpdate()
                  .set(REFERENTIAL.DESCRIPTOR, JSONB.valueOf(descriptor))
                  .returning(REFERENTIAL.ID)
                  .fetchOne(REFERENTIAL.ID);
          for (fr.pivot.referential.Level level : referential.levels()) {
            in.execute(
                """
                insert into level (referential, number, name)
                select ?, coalesce(max(number), 0) + 1, ? from level where referential = ?
                on conflict (referential, name) do nothing
                """,
                id,
                level.id(),
                id);
          }
          SealStore.seal(in);
        });
  }
}
