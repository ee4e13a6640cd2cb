package fr.pivot.publishing;

import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Level;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Succession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes releases of one referential as a pack: a folder with {@code datapackage.json} and a
 * compressed CSV file for each kind of row that there is. Rows may come in any order; they are kept
 * in memory, sorted and written by {@link #finish()}, so that the same content always gives the
 * same bytes.
 *
 * <p>A pack mostly holds one release. Where it holds several, a row that is the same in successive
 * ones is written once, with the first and the last edition that state it: the editions of the
 * communes differ by few rows among a quarter of a million.
 */
public final class PackWriter implements ReleaseRows {

  /** The version of the pack format that is written. */
  public static final int FORMAT = 1;

  private static final List<String> RESERVED =
      List.of("code", "from", "to", "level", "label", "derived", "first", "last");
  private static final String LABEL_PREFIX = "label_";

  private final Referential referential;
  private final @Nullable String rebuild;
  private final Path folder;
  private final List<ReleaseHead> heads = new ArrayList<>();
  private final List<Map<String, Set<LocalDate>>> observed = new ArrayList<>();
  private final Map<ConceptState, BitSet> states = new HashMap<>();
  private final Map<Link, BitSet> links = new HashMap<>();
  private final Map<Succession, BitSet> successions = new HashMap<>();
  private final Map<Measure, BitSet> measures = new HashMap<>();

  /**
   * Prepares a pack and begins its first release.
   *
   * @param referential the releases' referential, whose title and licence the pack repeats
   * @param head what the first release says of itself
   * @param rebuild the command that makes the pack anew from its sources, or null where there is
   *     none, as for an export
   * @param folder where the files go; created where it does not exist
   */
  public PackWriter(
      Referential referential, ReleaseHead head, @Nullable String rebuild, Path folder) {
    this.referential = referential;
    this.rebuild = rebuild;
    this.folder = folder;
    begin(head);
  }

  /**
   * Begins another release, to which the rows given from then on belong.
   *
   * @param head what it says of itself; its reference day follows that of the release before
   */
  public void begin(ReleaseHead head) {
    if (!head.referential().equals(referential.id())) {
      throw new IllegalArgumentException(
          "a pack of " + referential.id() + " cannot hold a release of " + head.referential());
    }
    if (!heads.isEmpty() && !heads.getLast().referenceDate().isBefore(head.referenceDate())) {
      throw new IllegalArgumentException("releases must come in the order of their reference days");
    }
    heads.add(head);
    observed.add(new TreeMap<>());
  }

  @Override
  public void concept(ConceptState state) {
    take(states, state);
  }

  @Override
  public void link(Link link) {
    take(links, link);
  }

  @Override
  public void succession(Succession succession) {
    take(successions, succession);
  }

  @Override
  public void measure(Measure measure) {
    take(measures, measure);
  }

  @Override
  public void observed(String part, Collection<LocalDate> days) {
    observed.getLast().computeIfAbsent(part, _ -> new TreeSet<>()).addAll(days);
  }

  private <R> void take(Map<R, BitSet> rows, R row) {
    rows.computeIfAbsent(row, r -> new BitSet()).set(heads.size() - 1);
  }

  /**
   * Sorts what was given and writes it. Files of an earlier pack that the new one does not hold are
   * removed.
   */
  public void finish() throws IOException {
    Files.createDirectories(folder);
    List<Map<String, Object>> resources = new ArrayList<>();
    write(concepts(), resources);
    write(links(), resources);
    write(successions(), resources);
    write(measures(), resources);
    String json = PrettyJson.of(dataPackage(resources)) + "\n";
    Files.writeString(folder.resolve("datapackage.json"), json, StandardCharsets.UTF_8);
  }

  private PackTable concepts() {
    Set<String> languages = new TreeSet<>();
    Set<String> attributes = new TreeSet<>();
    for (ConceptState state : states.keySet()) {
      languages.addAll(state.labels().keySet());
      attributes.addAll(state.attributes().keySet());
    }
    for (String attribute : attributes) {
      if (RESERVED.contains(attribute) || attribute.startsWith(LABEL_PREFIX)) {
        throw new IllegalArgumentException("an attribute may not be called " + attribute);
      }
    }
    PackTable table = table("concepts", List.of("code", "from"));
    table.field("code", "string", "The code");
    table.field("from", "date", "First day of the state; empty where there is no beginning");
    table.field("to", "date", "First day after the state; empty where there is no end");
    table.field(
        "level",
        "string",
        "Level, one of "
            + String.join(", ", referential.levels().stream().map(Level::id).toList()));
    table.field("label", "string", "Name");
    for (String language : languages) {
      table.field(LABEL_PREFIX + language, "string", "Name in language " + language, "label");
    }
    for (String attribute : attributes) {
      table.field(attribute, "string", null, "attribute");
    }
    table.field("derived", "boolean", "true where the dates were worked out, not stated");
    states.forEach(
        (state, in) -> {
          List<String> row = new ArrayList<>();
          row.add(state.code());
          row.add(text(state.validity().from()));
          row.add(text(state.validity().to()));
          row.add(state.level());
          row.add(state.label());
          languages.forEach(l -> row.add(state.labels().getOrDefault(l, "")));
          attributes.forEach(a -> row.add(state.attributes().getOrDefault(a, "")));
          row.add(flag(state.derived()));
          table.row(row, in);
        });
    return table;
  }

  private PackTable table(String name, List<String> primaryKey) {
    return new PackTable(name, primaryKey, heads.stream().map(ReleaseHead::edition).toList());
  }

  private PackTable links() {
    PackTable table = table("links", List.of("code", "relation", "referential", "target", "from"));
    table.field("code", "string", "The code that carries the link");
    table.field("relation", "string", "broader or related");
    table.field("referential", "string", "Referential of the target");
    table.field("target", "string", "Code of the target");
    table.field("from", "date", "First day of the link; empty where there is no beginning");
    table.field("to", "date", "First day after the link; empty where there is no end");
    table.field("derived", "boolean", "true where the dates were worked out, not stated");
    links.forEach(
        (link, in) ->
            table.row(
                List.of(
                    link.code(),
                    link.relation().id(),
                    link.referential(),
                    link.target(),
                    text(link.validity().from()),
                    text(link.validity().to()),
                    flag(link.derived())),
                in));
    return table;
  }

  private PackTable successions() {
    PackTable table = table("successions", List.of());
    table.field("date", "date", "First day of the new state");
    table.field("code", "string", "The code before; empty where something appears from nothing");
    table.field("referential_after", "string", "Referential of the code after");
    table.field("code_after", "string", "The code after; empty where nothing takes its place");
    table.field("kind", "string", "What happened");
    table.field("type", "string", "The publisher's own name of the event");
    table.field("derived", "boolean", "true where it was worked out by comparing editions");
    successions.forEach(
        (succession, in) ->
            table.row(
                List.of(
                    text(succession.date()),
                    text(succession.code()),
                    succession.referentialAfter(),
                    text(succession.codeAfter()),
                    succession.kind().id(),
                    text(succession.type()),
                    flag(succession.derived())),
                in));
    return table;
  }

  private PackTable measures() {
    PackTable table = table("measures", List.of("code", "name"));
    table.field("code", "string", "The code");
    table.field("name", "string", "What is counted");
    table.field("value", "integer", "The figure");
    measures.forEach(
        (measure, in) ->
            table.row(List.of(measure.code(), measure.name(), Long.toString(measure.value())), in));
    return table;
  }

  private void write(PackTable table, List<Map<String, Object>> resources) throws IOException {
    table.write(folder).ifPresent(resources::add);
  }

  private Map<String, Object> dataPackage(List<Map<String, Object>> resources) {
    String editions =
        heads.size() == 1
            ? heads.getFirst().edition()
            : heads.getFirst().edition() + "-" + heads.getLast().edition();
    Map<String, @Nullable Object> pivot = new LinkedHashMap<>();
    pivot.put("format", (long) FORMAT);
    pivot.put("referential", referential.id());
    if (heads.size() == 1) {
      pivot.putAll(release(0));
    } else {
      pivot.put("releases", IntStream.range(0, heads.size()).mapToObj(this::release).toList());
    }
    pivot.put("links", referential.links().stream().map(LinkType::referential).distinct().toList());
    if (rebuild != null) {
      pivot.put("rebuild", rebuild);
    }

    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", referential.id() + "-" + editions);
    json.put("title", referential.title().fr() + ", " + editions);
    json.put("version", heads.getLast().edition());
    if (referential.licence() != null) {
      Map<String, Object> licence = new LinkedHashMap<>();
      licence.put("name", referential.licence());
      if (referential.licenceUrl() != null) {
        licence.put("path", referential.licenceUrl());
      }
      json.put("licenses", List.of(licence));
    }
    json.put(
        "sources",
        heads.stream()
            .flatMap(h -> h.sources().stream())
            .map(s -> Map.<String, Object>of("title", s.origin() == null ? s.name() : s.origin()))
            .distinct()
            .toList());
    json.put("resources", resources);
    json.put("pivot", pivot);
    return json;
  }

  private Map<String, @Nullable Object> release(int number) {
    ReleaseHead head = heads.get(number);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("edition", head.edition());
    json.put("referenceDate", head.referenceDate().toString());
    json.put("issued", head.issued() == null ? null : head.issued().toString());
    json.put("sources", head.sources().stream().map(PackWriter::source).toList());
    // An export says so where there are none: a pack that says nothing is taken for a series of
    // lists.
    if (rebuild == null || !observed.get(number).isEmpty()) {
      Map<String, Object> days = new LinkedHashMap<>();
      observed
          .get(number)
          .forEach((part, seen) -> days.put(part, seen.stream().map(LocalDate::toString).toList()));
      json.put("observed", days);
    }
    return json;
  }

  static Map<String, @Nullable Object> source(SourceFile source) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", source.name());
    json.put("origin", source.origin());
    json.put("sha256", source.sha256());
    json.put("bytes", source.bytes());
    return json;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String flag(boolean value) {
    return value ? "true" : "";
  }
}
