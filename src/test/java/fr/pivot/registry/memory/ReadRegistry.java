package fr.pivot.registry.memory;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.finding.Findings;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.formats.cog.CogFormat;
import fr.pivot.formats.cog.OfficialFiles;
import fr.pivot.formats.pack.DescriptorReader;
import fr.pivot.formats.pack.PackFormat;
import fr.pivot.importing.files.LocalFiles;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Succession;
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A registry read straight from files, without a database: for questions about what is in memory.
 */
public final class ReadRegistry implements ReleaseTarget {

  private static final Path FOLDER = Path.of("referentials");
  private static final Map<String, Registry> READ = new HashMap<>();

  private record Ranged<T>(T row, Integer first, @Nullable Integer end) {}

  private static final class Rows {
    private final List<Ranged<ConceptState>> states = new ArrayList<>();
    private final List<Ranged<Link>> links = new ArrayList<>();
    private final List<Ranged<Succession>> successions = new ArrayList<>();
    private final List<Ranged<Measure>> measures = new ArrayList<>();
  }

  private record Table(CorrespondenceHead head, List<Association> lines) {}

  private final Map<String, Rows> rows = new TreeMap<>();
  private final Map<String, Integer> measured = new HashMap<>();
  private final List<ReleaseHead> heads = new ArrayList<>();
  private final Map<ReleaseHead, Map<String, List<LocalDate>>> observed = new HashMap<>();
  private final List<Table> tables = new ArrayList<>();

  /** What ships with Pivot, read once for all who ask. */
  public static synchronized Registry shipped() throws IOException {
    Registry registry = READ.get("shipped");
    if (registry == null) {
      registry = new ReadRegistry().readShipped().toRegistry();
      READ.put("shipped", registry);
    }
    return registry;
  }

  /** The communes as INSEE's files of some editions have them, read once for all who ask. */
  public static synchronized Registry official(int... editions) throws IOException {
    Registry known = READ.get(Arrays.toString(editions));
    if (known != null) {
      return known;
    }
    ReadRegistry registry = new ReadRegistry();
    for (int edition : editions) {
      registry.read(
          new CogFormat(),
          List.of(OfficialFiles.communes(edition), OfficialFiles.events(edition)),
          Integer.toString(edition));
    }
    Registry read = registry.toRegistry();
    READ.put(Arrays.toString(editions), read);
    return read;
  }

  /** Reads what ships with Pivot. */
  public ReadRegistry readShipped() throws IOException {
    try (Stream<Path> packages =
        Files.find(FOLDER, 3, (p, _) -> p.endsWith("datapackage.json")).sorted()) {
      for (Path description : packages.toList()) {
        try (Stream<Path> files = Files.list(description.resolveSibling("."))) {
          read(new PackFormat(), files.sorted().map(LocalFiles::of).toList(), null);
        }
      }
    }
    return this;
  }

  /** Reads files of a format. */
  public ReadRegistry read(ReleaseFormat format, List<InputFile> files, @Nullable String edition)
      throws IOException {
    Findings findings = new Findings();
    format.read(files, new ReadOptions(edition, false), findings, this);
    if (findings.hasErrors()) {
      throw new IllegalStateException(findings.toString());
    }
    return this;
  }

  @Override
  public SeriesRows openSeries(List<ReleaseHead> series, Coverage coverage) {
    heads.addAll(series);
    return (first, last) ->
        new Into(
            rows.computeIfAbsent(series.getFirst().referential(), _ -> new Rows()),
            series.get(first),
            position(series.get(first)),
            last + 1 < series.size()
                ? position(series.get(last + 1))
                : position(series.get(last)) + 1);
  }

  @Override
  public Consumer<Association> openCorrespondence(CorrespondenceHead head) {
    Table table = new Table(head, new ArrayList<>());
    tables.add(table);
    return table.lines()::add;
  }

  private static int position(ReleaseHead head) {
    return Math.toIntExact(head.referenceDate().toEpochDay());
  }

  private final class Into implements ReleaseRows {
    private final Rows to;
    private final ReleaseHead head;
    private final Integer first;
    private final Integer end;

    Into(Rows to, ReleaseHead head, int first, int end) {
      this.to = to;
      this.head = head;
      this.first = first;
      this.end = end;
    }

    @Override
    public void concept(ConceptState state) {
      to.states.add(new Ranged<>(state, first, end));
    }

    @Override
    public void link(Link link) {
      to.links.add(new Ranged<>(link, first, end));
    }

    @Override
    public void succession(Succession succession) {
      to.successions.add(new Ranged<>(succession, first, end));
    }

    @Override
    public void measure(Measure measure) {
      measured.merge(head.referential(), 1, Integer::sum);
      to.measures.add(new Ranged<>(measure, first, end));
    }

    @Override
    public void observed(String part, Collection<LocalDate> days) {
      observed
          .computeIfAbsent(head, _ -> new HashMap<>())
          .put(part, days.stream().sorted().toList());
    }
  }

  /** The registry of what was read. */
  public Registry toRegistry() throws IOException {
    List<Referential> referentials = new ArrayList<>();
    try (Stream<Path> folders = Files.list(FOLDER)) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        Path descriptor = folder.resolve("descriptor.json");
        if (Files.exists(descriptor)) {
          try (InputStream in = Files.newInputStream(descriptor)) {
            referentials.add(DescriptorReader.read(folder.getFileName().toString(), in));
          }
        }
      }
    }
    List<Release> releases =
        IntStream.range(0, heads.size())
            .mapToObj(
                i ->
                    new Release(
                        i,
                        position(heads.get(i)),
                        heads.get(i),
                        "0",
                        1,
                        1,
                        1,
                        1,
                        measured.getOrDefault(heads.get(i).referential(), 0),
                        observed.getOrDefault(heads.get(i), Map.of()),
                        Instant.EPOCH))
            .toList();
    Map<String, Codebook> books = new HashMap<>();
    for (Referential referential : referentials) {
      if (rows.containsKey(referential.id())) {
        books.put(referential.id(), build(referential, rows.get(referential.id())));
      }
    }
    return new Registry(
        new Catalog(1, referentials, releases),
        books,
        tables.stream()
            .map(t -> new Correspondence(t.head(), "0", Instant.EPOCH, t.lines()))
            .toList());
  }

  private static Codebook build(Referential referential, Rows rows) {
    CodebookBuilder builder = new CodebookBuilder(referential);
    rows.states.stream()
        .sorted(
            Comparator.comparing((Ranged<ConceptState> r) -> r.row().code())
                .thenComparing(r -> from(r.row().validity()))
                .thenComparing(Ranged::first))
        .forEach(r -> builder.addState(r.row(), r.first(), r.end()));
    rows.links.stream()
        .sorted(
            Comparator.comparing((Ranged<Link> r) -> r.row().code())
                .thenComparing(r -> r.row().target())
                .thenComparing(r -> from(r.row().validity())))
        .forEach(r -> builder.addLink(r.row(), r.first(), r.end()));
    rows.successions.stream()
        .sorted(Comparator.comparing((Ranged<Succession> r) -> r.row().date()))
        .forEach(r -> builder.addSuccession(r.row(), r.first(), r.end()));
    rows.measures.stream()
        .sorted(
            Comparator.comparing((Ranged<Measure> r) -> r.row().code())
                .thenComparing(r -> r.row().name())
                .thenComparing(Ranged::first))
        .forEach(r -> builder.addMeasure(r.row(), r.first(), r.end()));
    return builder.build();
  }

  private static LocalDate from(Validity validity) {
    return validity.from() == null ? LocalDate.MIN : validity.from();
  }
}
