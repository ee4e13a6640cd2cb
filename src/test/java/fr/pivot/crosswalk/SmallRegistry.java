package fr.pivot.crosswalk;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Level;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.CodebookBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A registry of few statements, which all its editions make, put together by a test. */
public final class SmallRegistry {

  private static final Text NAME = new Text("x", "x");

  private final Map<String, Referential> referentials = new TreeMap<>();
  private final List<Release> releases = new ArrayList<>();
  private final Map<String, List<ConceptState>> states = new HashMap<>();
  private final Map<String, List<Link>> links = new HashMap<>();
  private final Map<String, List<Measure>> measures = new HashMap<>();
  private final Map<String, List<Succession>> successions = new HashMap<>();
  private final Map<String, List<Association>> lines = new TreeMap<>();

  /** Adds a referential with editions of the first of January of some years. */
  public SmallRegistry referential(String id, Kind kind, List<LinkType> carried, int... years) {
    referentials.put(id, described(id, kind, carried, List.of()));
    for (int year : years) {
      LocalDate day = LocalDate.of(year, 1, 1);
      releases.add(
          new Release(
              releases.size(),
              Math.toIntExact(day.toEpochDay()),
              new ReleaseHead(id, Integer.toString(year), day, null, List.of()),
              "0",
              1,
              1,
              1,
              1,
              0,
              Map.of(),
              Instant.EPOCH));
    }
    return this;
  }

  private static Referential described(
      String id, Kind kind, List<LinkType> carried, List<String> measures) {
    return new Referential(
        id,
        kind,
        NAME,
        NAME,
        "x",
        null,
        null,
        "https://example.org/",
        Pattern.compile(".*"),
        CheckRule.NONE,
        "x",
        List.of(new Level("x", NAME), new Level("y", NAME)),
        carried,
        measures,
        null,
        List.of(),
        false,
        List.of(),
        null,
        Referential.Usage.PLAIN);
  }

  public static LinkType broader(String referential) {
    return new LinkType(Relation.BROADER, referential, referential, false, false);
  }

  public static LinkType several(String referential) {
    return new LinkType(Relation.RELATED, referential, referential, true, false);
  }

  public static LinkType one(String referential) {
    return new LinkType(Relation.RELATED, referential, referential, false, false);
  }

  /** Adds codes that are always in force. */
  public SmallRegistry codes(String referential, String... codes) {
    for (String code : codes) {
      code(referential, "x", code, null, null);
    }
    return this;
  }

  /** Adds a code that is in force for a time. */
  public SmallRegistry code(
      String referential, String level, String code, @Nullable String from, @Nullable String to) {
    return named(referential, level, code, code, from, to);
  }

  /** Adds a name that a code always has. */
  public SmallRegistry named(String referential, String level, String code, String name) {
    return named(referential, level, code, name, null, null);
  }

  /** Adds a name that a code has for a time. */
  public SmallRegistry named(
      String referential,
      String level,
      String code,
      String name,
      @Nullable String from,
      @Nullable String to) {
    states
        .computeIfAbsent(referential, _ -> new ArrayList<>())
        .add(new ConceptState(code, validity(from, to), level, name, Map.of(), Map.of(), false));
    return this;
  }

  private static Validity validity(@Nullable String from, @Nullable String to) {
    return new Validity(
        from == null ? null : LocalDate.parse(from), to == null ? null : LocalDate.parse(to));
  }

  /** Adds the population of a code. */
  public SmallRegistry population(String referential, String code, long count) {
    Referential before = Objects.requireNonNull(referentials.get(referential));
    referentials.put(
        referential, described(referential, before.kind(), before.links(), List.of("population")));
    measures
        .computeIfAbsent(referential, _ -> new ArrayList<>())
        .add(new Measure(code, "population", count));
    return this;
  }

  /** Adds a link that always holds. */
  public SmallRegistry link(
      String referential, String code, Relation relation, String to, String target) {
    links
        .computeIfAbsent(referential, _ -> new ArrayList<>())
        .add(new Link(code, relation, to, target, new Validity(null, null), false));
    return this;
  }

  /** Adds a succession. */
  public SmallRegistry succession(
      String referential, String day, String code, SuccessionKind kind, String to, String after) {
    successions
        .computeIfAbsent(referential, _ -> new ArrayList<>())
        .add(new Succession(LocalDate.parse(day), code, to, after, kind, null, false));
    return this;
  }

  /** Adds a line to the table between two editions; the first one adds the table. */
  public SmallRegistry line(String source, String target, Match match, String code, String to) {
    String id = source + ' ' + target;
    lines
        .computeIfAbsent(id, _ -> new ArrayList<>())
        .add(new Association(code, to, match, null, null, Map.of()));
    return this;
  }

  /** The registry of what was added. */
  public Registry build() {
    Map<String, Codes> books = new HashMap<>();
    referentials.forEach((id, referential) -> books.put(id, book(referential)));
    return new Registry(new Catalog(1, referentials.values(), releases), books, tables());
  }

  private Codes book(Referential referential) {
    String id = referential.id();
    CodebookBuilder builder = new CodebookBuilder(referential);
    states.getOrDefault(id, List.of()).stream()
        .sorted(
            Comparator.comparing(ConceptState::code)
                .thenComparing(
                    s -> s.validity().from() == null ? LocalDate.MIN : s.validity().from()))
        .forEach(s -> builder.addState(s, null, null));
    links.getOrDefault(id, List.of()).stream()
        .sorted(Comparator.comparing(Link::code).thenComparing(Link::target))
        .forEach(l -> builder.addLink(l, null, null));
    measures.getOrDefault(id, List.of()).stream()
        .sorted(Comparator.comparing(Measure::code))
        .forEach(m -> builder.addMeasure(m, null, null));
    successions.getOrDefault(id, List.of()).stream()
        .sorted(Comparator.comparing(Succession::date))
        .forEach(s -> builder.addSuccession(s, null, null));
    return builder.build();
  }

  private Collection<Correspondence> tables() {
    List<Correspondence> tables = new ArrayList<>();
    lines.forEach(
        (id, associations) -> {
          String[] sides = id.split("[ @]", -1);
          tables.add(
              new Correspondence(
                  new CorrespondenceHead(
                      id.replace(' ', '.'),
                      NAME,
                      "x",
                      null,
                      new Side(sides[0], sides[1]),
                      new Side(sides[2], sides[3]),
                      null,
                      List.of()),
                  "0",
                  Instant.EPOCH,
                  associations));
        });
    return tables;
  }
}
