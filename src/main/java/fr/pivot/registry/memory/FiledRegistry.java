package fr.pivot.registry.memory;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.CatalogStore;
import fr.pivot.catalog.Release;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Text;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Registry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The registry as the files of a home folder hold it, for who asks no database. What is described
 * and published is told by one file, the mark. It is there only while it is true: whoever changes
 * what is published deletes it first ({@link CatalogStore#announceChange}), and it is written while
 * nobody may. Codebooks and tables are in files of their own, each good for the digests that the
 * mark tells.
 */
public final class FiledRegistry {

  /** To be changed whenever what {@link #writeTo} writes changes. */
  private static final String FORMAT = "pivot registry 1";

  private static final String NAME = "registry";
  private static final String ENDING = "current";
  private static final int NO_DAY = Integer.MIN_VALUE;

  /**
   * Who writes a mark, and of what.
   *
   * @param program the program; another one may read the same database otherwise
   * @param shipped the digest of the referentials that come with it, all of them published
   */
  public record Writer(String program, String shipped) {}

  private final Catalog catalog;
  private final Map<String, List<String>> origins;
  private final List<Correspondence> tables;
  private final CodebookFiles codebooks;
  private final CorrespondenceFiles correspondences;

  private FiledRegistry(
      Catalog catalog,
      Map<String, List<String>> origins,
      List<Correspondence> tables,
      CodebookFiles codebooks,
      CorrespondenceFiles correspondences) {
    this.catalog = catalog;
    this.origins = origins;
    this.tables = tables;
    this.codebooks = codebooks;
    this.correspondences = correspondences;
  }

  /**
   * What is kept as a mark.
   *
   * @param catalog what exists
   * @param descriptors what referentials were described with, by their ids
   * @param origins the referentials from which events lead to others, by the ids of those
   * @param tables the published tables, without their lines
   */
  record Mark(
      Catalog catalog,
      Map<String, String> descriptors,
      Map<String, List<String>> origins,
      List<Correspondence> tables) {}

  /** The mark of a folder of data. */
  public static Path mark(Path data) {
    return data.resolve(NAME + '.' + ENDING);
  }

  /**
   * Whether a folder of data has a mark of this writer. One of another writer is true as well, for
   * that one, until the database is brought to the form of this one.
   */
  public static boolean isMarked(Path data, Writer writer) {
    return files(data).has(NAME, identity(writer));
  }

  /**
   * The registry that the files hold; empty where no mark says that it is what is published.
   *
   * @param data the folder of the data
   * @param codebooks the folder of the codebooks
   * @param reader who reads; only what it wrote itself counts
   */
  public static Optional<FiledRegistry> find(Path data, Path codebooks, Writer reader) {
    return files(data)
        .find(
            NAME,
            identity(reader),
            columns -> {
              Mark mark = read(columns);
              return new FiledRegistry(
                  mark.catalog(),
                  mark.origins(),
                  mark.tables(),
                  new CodebookFiles(codebooks.toString()),
                  new CorrespondenceFiles(codebooks.toString()));
            });
  }

  static void keep(Path data, Writer writer, Mark mark) {
    files(data).keep(NAME, identity(writer), columns -> writeTo(columns, mark));
  }

  private static ColumnFiles files(Path data) {
    return new ColumnFiles(data.toString(), ENDING, FORMAT);
  }

  private static String identity(Writer writer) {
    return writer.program() + '\n' + writer.shipped();
  }

  /** What exists. */
  public Catalog catalog() {
    return catalog;
  }

  /** All of it; empty where a file is missing or damaged. */
  public Optional<Registry> findWhole() {
    Set<String> all = new TreeSet<>();
    catalog.listReferentials().forEach(r -> all.add(r.id()));
    Map<String, Codebook> read = new ConcurrentHashMap<>();
    if (!read(all, read)) {
      return Optional.empty();
    }
    return correspondences.find(tables).map(tables -> new Registry(catalog, read, tables));
  }

  /**
   * What answers about the codes of one referential need: its codebook, and those that its links
   * and events lead to or come from. Empty where a file is missing or damaged.
   */
  public Optional<Registry> findFor(String referential) {
    Map<String, Codebook> read = new ConcurrentHashMap<>();
    if (!read(Set.of(referential), read)) {
      return Optional.empty();
    }
    Set<String> others = new HashSet<>(origins.getOrDefault(referential, List.of()));
    read.values().forEach(codebook -> others.addAll(codebook.listTargets()));
    others.remove(referential);
    return read(others, read)
        ? Optional.of(new Registry(catalog, read, List.of()))
        : Optional.empty();
  }

  /** Reads the codebooks of those that have an edition; false where one is missing. */
  private boolean read(Set<String> ids, Map<String, Codebook> into) {
    List<Referential> wanted =
        catalog.listReferentials().stream()
            .filter(r -> ids.contains(r.id()) && catalog.findLatest(r.id()).isPresent())
            .toList();
    return wanted.parallelStream()
        .allMatch(
            referential -> {
              Optional<Codebook> codebook =
                  codebooks.find(referential, catalog.listReleases(referential.id()));
              codebook.ifPresent(found -> into.put(referential.id(), found));
              return codebook.isPresent();
            });
  }

  private static void writeTo(ColumnWriter columns, Mark mark) {
    columns.longs(new long[] {mark.catalog().publication()});
    columns.number(mark.descriptors().size());
    mark.descriptors()
        .forEach(
            (id, descriptor) -> {
              columns.text(id);
              columns.text(descriptor);
              columns.texts(mark.origins().getOrDefault(id, List.of()).toArray(String[]::new));
            });
    List<Release> releases =
        mark.catalog().listReferentials().stream()
            .flatMap(r -> mark.catalog().listReleases(r.id()).stream())
            .toList();
    columns.number(releases.size());
    releases.forEach(release -> write(columns, release));
    columns.number(mark.tables().size());
    mark.tables().forEach(table -> write(columns, table));
  }

  private static Mark read(ColumnReader columns) {
    long publication = columns.longs()[0];
    Map<String, String> descriptors = new HashMap<>();
    Map<String, List<String>> origins = new HashMap<>();
    List<Referential> referentials = new ArrayList<>();
    for (int left = columns.number(); left > 0; left--) {
      String id = columns.text();
      String descriptor = columns.text();
      descriptors.put(id, descriptor);
      origins.put(id, List.of(columns.texts()));
      referentials.add(CatalogStore.describe(id, descriptor));
    }
    List<Release> releases = new ArrayList<>();
    for (int left = columns.number(); left > 0; left--) {
      releases.add(readRelease(columns));
    }
    List<Correspondence> tables = new ArrayList<>();
    for (int left = columns.number(); left > 0; left--) {
      tables.add(readTable(columns));
    }
    return new Mark(new Catalog(publication, referentials, releases), descriptors, origins, tables);
  }

  private static void write(ColumnWriter columns, Release release) {
    ReleaseHead head = release.head();
    columns.longs(new long[] {release.id()});
    columns.ints(
        new int[] {
          release.position(),
          release.concepts(),
          release.inForce(),
          release.links(),
          release.successions(),
          release.measures()
        });
    columns.text(head.referential());
    columns.text(head.edition());
    write(columns, head.referenceDate());
    write(columns, head.issued());
    write(columns, head.sources());
    columns.text(release.digest());
    columns.number(release.observed().size());
    release
        .observed()
        .forEach(
            (part, days) -> {
              columns.text(part);
              columns.ints(days.stream().mapToInt(day -> (int) day.toEpochDay()).toArray());
            });
    write(columns, release.publishedAt());
  }

  private static Release readRelease(ColumnReader columns) {
    long id = columns.longs()[0];
    int[] numbers = columns.ints();
    ReleaseHead head =
        new ReleaseHead(
            columns.text(),
            columns.text(),
            LocalDate.ofEpochDay(columns.number()),
            readDay(columns),
            readSources(columns));
    String digest = columns.text();
    Map<String, List<LocalDate>> observed = new HashMap<>();
    for (int left = columns.number(); left > 0; left--) {
      String part = columns.text();
      List<LocalDate> days = new ArrayList<>();
      for (int day : columns.ints()) {
        days.add(LocalDate.ofEpochDay(day));
      }
      observed.put(part, days);
    }
    return new Release(
        id,
        numbers[0],
        head,
        digest,
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        observed,
        readMoment(columns));
  }

  private static void write(ColumnWriter columns, Correspondence table) {
    CorrespondenceHead head = table.head();
    columns.text(head.id());
    columns.text(head.title().fr());
    columns.text(head.title().en());
    columns.text(head.publisher());
    columns.text(head.homepage());
    columns.text(head.source().referential());
    columns.text(head.source().edition());
    columns.text(head.target().referential());
    columns.text(head.target().edition());
    write(columns, head.issued());
    write(columns, head.sources());
    columns.text(table.digest());
    write(columns, table.publishedAt());
  }

  private static Correspondence readTable(ColumnReader columns) {
    CorrespondenceHead head =
        new CorrespondenceHead(
            columns.text(),
            new Text(columns.text(), columns.text()),
            columns.text(),
            columns.textOrNull(),
            new CorrespondenceHead.Side(columns.text(), columns.text()),
            new CorrespondenceHead.Side(columns.text(), columns.text()),
            readDay(columns),
            readSources(columns));
    return new Correspondence(head, columns.text(), readMoment(columns), List.of());
  }

  private static void write(ColumnWriter columns, Collection<SourceFile> sources) {
    columns.number(sources.size());
    for (SourceFile source : sources) {
      columns.text(source.name());
      columns.text(source.origin());
      columns.text(source.sha256());
      columns.longs(new long[] {source.bytes()});
    }
  }

  private static List<SourceFile> readSources(ColumnReader columns) {
    List<SourceFile> sources = new ArrayList<>();
    for (int left = columns.number(); left > 0; left--) {
      sources.add(
          new SourceFile(columns.text(), columns.textOrNull(), columns.text(), columns.longs()[0]));
    }
    return sources;
  }

  private static void write(ColumnWriter columns, @Nullable LocalDate day) {
    columns.number(day == null ? NO_DAY : (int) day.toEpochDay());
  }

  private static @Nullable LocalDate readDay(ColumnReader columns) {
    int day = columns.number();
    return day == NO_DAY ? null : LocalDate.ofEpochDay(day);
  }

  private static void write(ColumnWriter columns, Instant moment) {
    columns.longs(new long[] {moment.getEpochSecond(), moment.getNano()});
  }

  private static Instant readMoment(ColumnReader columns) {
    long[] moment = columns.longs();
    return Instant.ofEpochSecond(moment[0], moment[1]);
  }
}
