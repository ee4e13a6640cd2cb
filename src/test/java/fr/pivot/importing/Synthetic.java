package fr.pivot.importing;

import fr.pivot.catalog.CatalogStore;
import fr.pivot.finding.Findings;
import fr.pivot.formats.FileHead;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.Recognised;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.formats.pack.DescriptorReader;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.Match;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Small made-up referentials, and editions of them. */
public final class Synthetic {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final LocalDate BORDER = LocalDate.of(2000, 2, 29);

  private Synthetic() {}

  /** Makes a referential of a name of its own, and says which. */
  static String describe(ApplicationContext context) {
    String id = "made-up-" + NUMBER.incrementAndGet();
    describe(context, id);
    return id;
  }

  /** Makes a referential. */
  public static void describe(ApplicationContext context, String id) {
    String text = descriptor(id);
    try {
      context
          .getBean(CatalogStore.class)
          .describe(
              DescriptorReader.read(
                  id, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
              text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a referential says of itself. */
  static String descriptor(String id) {
    return """
        {"id": "%s", "kind": "nomenclature", "title": {"fr": "Inventé", "en": "Made up"},
         "description": {"fr": "Inventé", "en": "Made up"}, "publisher": "Pivot", "homepage": "https://example.org/",
         "code": {"pattern": "[A-Z][0-9]*", "check": "none", "example": "A"},
         "levels": [{"id": "item", "title": {"fr": "Poste", "en": "Item"}}],
         "links": [{"relation": "broader", "referential": "%s", "property": "parent"}], "measures": ["count"]}
        """
        .formatted(id, id);
  }

  /** An edition in memory. */
  public record Edition(
      String referential,
      int year,
      List<ConceptState> states,
      List<Link> links,
      List<Succession> successions,
      List<Measure> measures) {

    ReleaseHead head() {
      return new ReleaseHead(
          referential, Integer.toString(year), LocalDate.of(year, 1, 1), null, List.of());
    }

    int position() {
      return (int) LocalDate.of(year, 1, 1).toEpochDay();
    }

    Set<String> statements() {
      Set<String> all = new HashSet<>();
      states.forEach(s -> all.add(text(s)));
      links.forEach(l -> all.add(text(l)));
      successions.forEach(s -> all.add(text(s)));
      measures.forEach(m -> all.add(text(m)));
      return all;
    }

    private void giveTo(ReleaseRows rows) {
      states.forEach(rows::concept);
      links.forEach(rows::link);
      successions.forEach(rows::succession);
      measures.forEach(rows::measure);
    }
  }

  static String text(ConceptState state) {
    return "concept " + state.code() + " " + text(state.validity()) + " " + state.label();
  }

  static String text(Link link) {
    return "link " + link.code() + " " + link.target() + " " + text(link.validity());
  }

  static String text(Succession s) {
    return "succession " + s.date() + " " + s.code() + " " + s.codeAfter();
  }

  static String text(Measure measure) {
    return "measure " + measure.code() + " " + measure.value();
  }

  private static String text(Validity validity) {
    return (validity.from() == null ? "(" : "[" + validity.from())
        + ","
        + (validity.to() == null ? "" : validity.to())
        + ")";
  }

  /** An edition of few codes, so that editions often repeat each other's statements. */
  static Edition edition(String referential, int year, Random random) {
    Edition edition =
        new Edition(
            referential,
            year,
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    for (String code : List.of("A", "B", "C", "D")) {
      int kind = code.equals("A") ? 1 + random.nextInt(2) : random.nextInt(4);
      switch (kind) {
        case 1 -> edition.states().add(state(code, null, null, random));
        case 2 -> {
          edition.states().add(state(code, null, BORDER, random));
          edition.states().add(state(code, BORDER, null, random));
        }
        case 3 -> edition.states().add(state(code, BORDER, BORDER.plusYears(1), random));
        default -> {
          continue;
        }
      }
      if (random.nextBoolean()) {
        Validity validity = random.nextBoolean() ? Validity.ALWAYS : Validity.since(BORDER);
        edition.links().add(new Link(code, Relation.BROADER, referential, "A", validity, false));
      }
      if (random.nextBoolean()) {
        edition
            .successions()
            .add(
                new Succession(BORDER, code, referential, "A", SuccessionKind.MERGED, null, false));
      }
      if (random.nextBoolean()) {
        edition.measures().add(new Measure(code, "count", random.nextInt(2)));
      }
    }
    return edition;
  }

  /** A list of one day: what is in force on it, and since when is not said. */
  static Edition list(String referential, int year, Random random) {
    Edition edition =
        new Edition(
            referential,
            year,
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    LocalDate day = LocalDate.of(year, 1, 1);
    for (String code : List.of("A", "B", "C", "D")) {
      if (!code.equals("A") && random.nextInt(4) == 0) {
        continue;
      }
      edition.states().add(state(code, day, null, random));
      if (random.nextInt(4) > 0) {
        String target = random.nextBoolean() ? "A" : "B";
        edition
            .links()
            .add(new Link(code, Relation.BROADER, referential, target, Validity.since(day), false));
      }
      if (random.nextBoolean()) {
        edition.measures().add(new Measure(code, "count", random.nextInt(2)));
      }
    }
    return edition;
  }

  /** A list of one day that states nothing but codes, each its own label. */
  static Edition list(String referential, int year, List<String> codes) {
    List<ConceptState> states = new ArrayList<>();
    for (String code : codes) {
      Validity validity = Validity.since(LocalDate.of(year, 1, 1));
      states.add(new ConceptState(code, validity, "item", code, Map.of(), Map.of(), false));
    }
    return new Edition(referential, year, states, List.of(), List.of(), List.of());
  }

  /** An edition of numbered codes that all carry one label. */
  static Edition uniform(String referential, int year, int codes, String label) {
    List<ConceptState> states = new ArrayList<>();
    for (int i = 0; i < codes; i++) {
      states.add(
          new ConceptState("A" + i, Validity.ALWAYS, "item", label, Map.of(), Map.of(), false));
    }
    return new Edition(referential, year, states, List.of(), List.of(), List.of());
  }

  /** An edition of codes that each carry their label. */
  public static Edition labelled(String referential, int year, Map<String, String> labels) {
    List<ConceptState> states = new ArrayList<>();
    labels.forEach(
        (code, label) ->
            states.add(
                new ConceptState(code, Validity.ALWAYS, "item", label, Map.of(), Map.of(), false)));
    return new Edition(referential, year, states, List.of(), List.of(), List.of());
  }

  /** Two referentials with an edition of 2021 each, and later ones of the fruits. */
  public static void publishFruitsAndShelves(ApplicationContext context, Edition... later) {
    describe(context, "fruits");
    describe(context, "shelves");
    List<Edition> fruits = new ArrayList<>();
    fruits.add(labelled("fruits", 2021, Map.of("A1", "Apples", "A2", "Pears")));
    fruits.addAll(List.of(later));
    Imports.published(run(context, fruits));
    Imports.published(run(context, List.of(labelled("shelves", 2021, Map.of("B1", "Left")))));
  }

  private static ConceptState state(
      String code, @Nullable LocalDate from, @Nullable LocalDate to, Random random) {
    return new ConceptState(
        code,
        new Validity(from, to),
        "item",
        random.nextBoolean() ? "x" : "y",
        Map.of(),
        Map.of(),
        false);
  }

  /** Imports editions of one referential, the oldest first, together. */
  public static ImportOutcome run(ApplicationContext context, List<Edition> series) {
    return run(context, series, true);
  }

  /** Imports editions, accepting or not that they lose codes. */
  static ImportOutcome run(
      ApplicationContext context, List<Edition> series, boolean acceptCountDrop) {
    return run(context, series, acceptCountDrop, Importer.Progress.SILENT);
  }

  /** Imports editions, and tells of each step. */
  static ImportOutcome run(
      ApplicationContext context, List<Edition> series, Importer.Progress progress) {
    return run(context, series, true, progress);
  }

  /** A correspondence in memory. */
  record Table(CorrespondenceHead head, List<Association> lines) {

    /** A table of exact pairs, written {@code A-B}. */
    static Table of(String id, String source, String target, String... pairs) {
      return new Table(
          head(id, source, target),
          Stream.of(pairs)
              .map(p -> p.split("-", -1))
              .map(p -> new Association(p[0], p[1], Match.EXACT, null, null, Map.of()))
              .toList());
    }

    /** A head between two editions, written {@code referential@edition}. */
    static CorrespondenceHead head(String id, String source, String target) {
      return new CorrespondenceHead(
          id,
          new Text("Table", "Table"),
          "Pivot",
          null,
          side(source),
          side(target),
          null,
          List.of());
    }

    private static CorrespondenceHead.Side side(String reference) {
      String[] parts = reference.split("@", -1);
      return new CorrespondenceHead.Side(parts[0], parts[1]);
    }
  }

  /** Imports editions of one referential, if any, and correspondences, together. */
  static ImportOutcome run(
      ApplicationContext context,
      List<Edition> series,
      List<Table> tables,
      Importer.Progress progress) {
    return run(context, series, tables, true, progress);
  }

  private static ImportOutcome run(
      ApplicationContext context,
      List<Edition> series,
      boolean acceptCountDrop,
      Importer.Progress progress) {
    return run(context, series, List.of(), acceptCountDrop, progress);
  }

  private static ImportOutcome run(
      ApplicationContext context,
      List<Edition> series,
      List<Table> tables,
      boolean acceptCountDrop,
      Importer.Progress progress) {
    Coverage whole =
        Coverage.whole(series.isEmpty() ? Set.of() : Set.of(series.getFirst().referential()));
    return run(context, new Format(series, tables, whole), acceptCountDrop, progress);
  }

  /** Imports editions whose files state only a part. */
  static ImportOutcome run(ApplicationContext context, List<Edition> series, Coverage coverage) {
    return run(context, new Format(series, List.of(), coverage), true, Importer.Progress.SILENT);
  }

  private static ImportOutcome run(
      ApplicationContext context,
      Format format,
      boolean acceptCountDrop,
      Importer.Progress progress) {
    byte[] bytes = format.toString().getBytes(StandardCharsets.UTF_8);
    InputFile file = new InputFile("made-up.csv", () -> new ByteArrayInputStream(bytes));
    try {
      return context
          .getBean(Importer.class)
          .run(
              format,
              List.of(file),
              new Importer.Options(new ReadOptions(null, false), acceptCountDrop),
              progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the editions, and what they share once; then the correspondences. */
  private record Format(List<Edition> series, List<Table> tables, Coverage coverage)
      implements ReleaseFormat {

    @Override
    public String id() {
      return "synthetic";
    }

    @Override
    public Text sign() {
      return new Text("rien", "nothing");
    }

    @Override
    public Optional<Recognised> recognise(FileHead head) {
      return Optional.empty();
    }

    @Override
    public void read(
        List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target) {
      if (!series.isEmpty()) {
        readSeries(target);
      }
      for (Table table : tables) {
        table.lines().forEach(target.openCorrespondence(table.head()));
      }
    }

    private void readSeries(ReleaseTarget target) {
      ReleaseTarget.SeriesRows rows =
          target.openSeries(series.stream().map(Edition::head).toList(), coverage);
      for (int first = 0; first < series.size(); ) {
        int last = first;
        while (last + 1 < series.size()
            && series.get(last + 1).statements().equals(series.get(first).statements())) {
          last++;
        }
        series.get(first).giveTo(rows.statedBy(first, last));
        first = last + 1;
      }
    }
  }
}
