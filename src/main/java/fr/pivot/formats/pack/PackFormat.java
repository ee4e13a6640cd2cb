package fr.pivot.formats.pack;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.formats.FileHead;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.Recognised;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.formats.ReleaseTarget.SeriesRows;
import fr.pivot.referential.Association;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.CorrespondenceHead;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Match;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.text.packed.RefusedFileException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pivot's own pack: {@code datapackage.json}, a Frictionless data package that describes one or
 * several releases of a referential, and its CSV files {@code concepts}, {@code links}, {@code
 * successions} and {@code measures}, the last three where there are such rows. Where there are
 * several releases, each row says the first and the last edition that state it. Or it describes a
 * correspondence, whose CSV file is {@code associations}. {@code referentials/README.md} defines
 * it.
 *
 * <p>The digest of a resource's content ({@code pivot:contentHash}) is checked as it is read; the
 * standard {@code hash} is that of the compressed file, which is not seen here.
 */
public final class PackFormat implements ReleaseFormat {

  private static final String PACKAGE = "datapackage.json";
  private static final int FORMAT = 1;

  /** The columns of {@code associations} that are no attributes. */
  public static final List<String> ASSOCIATION_COLUMNS =
      List.of("source", "target", "match", "share", "basis");

  private static final SeriesRows NO_RELEASES =
      (_, _) -> {
        throw new IllegalStateException("a correspondence has no releases");
      };

  @Override
  public String id() {
    return "pack";
  }

  @Override
  public Text sign() {
    return new Text(
        "une description datapackage.json qui a un membre pivot",
        "a description datapackage.json with a member pivot");
  }

  @Override
  public Optional<Recognised> recognise(FileHead head) {
    if (!head.text().stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try {
      JsonFields json =
          JsonFields.read(new ByteArrayInputStream(head.text().getBytes(StandardCharsets.UTF_8)));
      if (!json.has("pivot")) {
        return Optional.empty();
      }
      boolean table = json.object("pivot").has("correspondence");
      return Optional.of(
          new Recognised(
              table ? Recognised.Holding.TABLE : Recognised.Holding.LIST,
              json.objects("resources").stream()
                  .map(resource -> withoutGz(resource.text("path")))
                  .toList()));
    } catch (IOException notWhole) {
      return Optional.empty();
    }
  }

  @Override
  public void read(
      List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException {
    Map<String, InputFile> byName = new TreeMap<>();
    files.forEach(f -> byName.put(withoutGz(f.name()), f));
    InputFile description = byName.get(PACKAGE);
    if (description == null) {
      findings.add(Rule.MISSING_FILE.at(Place.file(PACKAGE)));
      return;
    }
    JsonFields json;
    try (InputStream in = description.content().open()) {
      json = JsonFields.read(in);
    } catch (IOException e) {
      findings.add(Rule.UNREADABLE_FILE.at(Place.file(PACKAGE), String.valueOf(e.getMessage())));
      return;
    }

    JsonFields pivot = json.object("pivot");
    if (pivot.has("correspondence")) {
      readCorrespondence(json, pivot, byName, findings, target);
      return;
    }
    List<ReleaseHead> heads = heads(pivot, options);
    List<@Nullable Map<String, List<LocalDate>>> observed = observed(pivot);
    Set<String> links = Set.copyOf(pivot.texts("links"));
    Map<String, Resource> resources = resources(json, pivot, "concepts");
    if (hasProblems(json, findings)) {
      return;
    }

    Map<String, Integer> editions = new HashMap<>();
    for (ReleaseHead head : heads) {
      editions.put(head.edition(), editions.size());
    }
    ObservedDays releases = new ObservedDays(target.openSeries(heads, Coverage.whole(links)));
    for (Resource resource : resources.values()) {
      InputFile file = byName.get(withoutGz(resource.path()));
      if (file == null) {
        findings.add(Rule.MISSING_FILE.at(Place.file(resource.path())));
        continue;
      }
      switch (resource.name()) {
        case "concepts" -> new Concepts(resource).read(file, findings, editions, releases);
        case "links" -> new Links(resource).read(file, findings, editions, releases);
        case "successions" -> new Successions(resource).read(file, findings, editions, releases);
        case "measures" -> new Measures(resource).read(file, findings, editions, releases);
        default -> findings.add(Rule.UNRECOGNISED_FILE.at(Place.file(resource.path())));
      }
    }
    releases.give(heads, observed);
  }

  /** What each release states of the days on which its lists were seen. */
  private static List<@Nullable Map<String, List<LocalDate>>> observed(JsonFields pivot) {
    List<@Nullable Map<String, List<LocalDate>>> observed = new ArrayList<>();
    for (JsonFields release : pivot.has("releases") ? pivot.objects("releases") : List.of(pivot)) {
      observed.add(ObservedDays.stated(release));
    }
    return observed;
  }

  private static Map<String, Resource> resources(JsonFields json, JsonFields pivot, String needed) {
    if (pivot.has("format") && pivot.number("format") != FORMAT) {
      pivot.problem("format", "this version reads format " + FORMAT);
    }
    Map<String, Resource> resources = new LinkedHashMap<>();
    for (JsonFields resource : json.objects("resources")) {
      Resource read = Resource.of(resource);
      resources.put(read.name(), read);
    }
    if (!resources.containsKey(needed)) {
      json.problem("resources", needed + " is missing");
    }
    return resources;
  }

  private static boolean hasProblems(JsonFields json, Findings findings) {
    for (JsonFields.Problem problem : json.problems()) {
      findings.add(
          Rule.UNREADABLE_FILE.at(new Place(PACKAGE, 0, problem.path()), problem.message()));
    }
    return !json.problems().isEmpty();
  }

  /** Whether a package's description is that of a correspondence; false where it is none at all. */
  public static boolean isCorrespondence(InputFile description) throws IOException {
    try (InputStream in = description.content().open()) {
      JsonFields json = JsonFields.read(in);
      return json.has("pivot") && json.object("pivot").has("correspondence");
    } catch (IOException e) {
      if (Table.isAboutContent(e) || e.getCause() instanceof RuntimeException) {
        return false;
      }
      throw e;
    }
  }

  private static void readCorrespondence(
      JsonFields json,
      JsonFields pivot,
      Map<String, InputFile> byName,
      Findings findings,
      ReleaseTarget target)
      throws IOException {
    JsonFields title = pivot.object("title");
    String publisher = pivot.optionalText("publisher");
    CorrespondenceHead head =
        new CorrespondenceHead(
            pivot.text("correspondence"),
            new Text(title.text("fr"), title.text("en")),
            publisher == null ? "" : publisher,
            pivot.optionalText("homepage"),
            side(pivot.object("source")),
            side(pivot.object("target")),
            pivot.optionalDate("issued"),
            sources(pivot));
    Map<String, Resource> resources = resources(json, pivot, "associations");
    if (hasProblems(json, findings)) {
      return;
    }
    Consumer<Association> lines = target.openCorrespondence(head);
    for (Resource resource : resources.values()) {
      InputFile file = byName.get(withoutGz(resource.path()));
      if (file == null) {
        findings.add(Rule.MISSING_FILE.at(Place.file(resource.path())));
      } else if (resource.name().equals("associations")) {
        new Associations(resource, lines).read(file, findings, Map.of("", 0), NO_RELEASES);
      } else {
        findings.add(Rule.UNRECOGNISED_FILE.at(Place.file(resource.path())));
      }
    }
  }

  private static CorrespondenceHead.Side side(JsonFields json) {
    return new CorrespondenceHead.Side(json.text("referential"), json.text("edition"));
  }

  private static List<ReleaseHead> heads(JsonFields pivot, ReadOptions options) {
    String referential = pivot.text("referential");
    if (!pivot.has("releases")) {
      return List.of(head(referential, pivot, options.edition()));
    }
    List<ReleaseHead> heads = new ArrayList<>();
    Set<String> editions = new HashSet<>();
    for (JsonFields release : pivot.objects("releases")) {
      ReleaseHead head = head(referential, release, null);
      heads.add(head);
      if (!editions.add(head.edition())) {
        release.problem("edition", "there are two of " + head.edition());
      }
    }
    if (heads.isEmpty()) {
      pivot.problem("releases", "at least one is needed");
    }
    if (options.edition() != null) {
      pivot.problem("releases", "one edition cannot be given to a pack of several");
    }
    return heads;
  }

  private static ReleaseHead head(
      String referential, JsonFields release, @Nullable String edition) {
    List<SourceFile> sources = sources(release);
    String stated = release.text("edition");
    return new ReleaseHead(
        referential,
        edition == null ? stated : edition,
        release.date("referenceDate"),
        release.optionalDate("issued"),
        sources);
  }

  private static List<SourceFile> sources(JsonFields holder) {
    List<SourceFile> sources = new ArrayList<>();
    for (JsonFields source : holder.objects("sources")) {
      sources.add(
          new SourceFile(
              source.text("name"),
              source.optionalText("origin"),
              source.text("sha256"),
              source.number("bytes")));
    }
    return sources;
  }

  private static String withoutGz(String name) {
    return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }

  /**
   * A CSV file as the package describes it.
   *
   * @param roles what its columns are, for those that say so: {@code attribute}, {@code label}
   * @param contentHash the digest of the uncompressed bytes, in hexadecimal; null where not stated
   */
  private record Resource(
      String name, String path, Map<String, String> roles, @Nullable String contentHash) {

    static Resource of(JsonFields json) {
      Map<String, String> roles = new HashMap<>();
      if (json.has("schema")) {
        for (JsonFields field : json.object("schema").objects("fields")) {
          String role = field.optionalText("pivot:role");
          if (role != null) {
            roles.put(field.text("name"), role);
          }
        }
      }
      String hash = json.optionalText("pivot:contentHash");
      if (hash == null && !json.has("compression")) {
        hash = json.optionalText("hash");
      }
      if (hash != null) {
        if (!hash.startsWith("sha256:")) {
          json.problem("pivot:contentHash", "must begin with sha256:");
        }
        hash = hash.substring(hash.indexOf(':') + 1).toLowerCase(Locale.ROOT);
      }
      return new Resource(json.text("name"), json.text("path"), roles, hash);
    }
  }

  /** Reads one of the CSV files. */
  private abstract static class Table {

    private final Resource resource;
    private final List<String> required;
    private String file = "";
    private Map<String, Integer> columns = Map.of();
    private List<String> row = List.of();
    private long line;
    private boolean sound;
    private Map<String, Integer> editions = Map.of();
    private Findings findings = new Findings();

    Table(Resource resource, List<String> required) {
      this.resource = resource;
      this.required = required;
    }

    /** Takes the current row; one that {@link #fail} was called on is handed to none. */
    abstract void take(SeriesRows releases);

    /** Learns the columns. */
    void header(Set<String> names) {}

    void read(InputFile input, Findings into, Map<String, Integer> indexes, SeriesRows releases)
        throws IOException {
      file = withoutGz(input.name());
      findings = into;
      editions = indexes;
      MessageDigest digest = sha256();
      try (InputStream in = new DigestInputStream(input.content().open(), digest);
          BufferedReader text =
              new BufferedReader(
                  new InputStreamReader(
                      in,
                      StandardCharsets.UTF_8
                          .newDecoder()
                          .onMalformedInput(CodingErrorAction.REPORT)
                          .onUnmappableCharacter(CodingErrorAction.REPORT)));
          CsvReader<CsvRecord> csv =
              CsvReader.builder()
                  .allowExtraFields(true)
                  .allowMissingFields(true)
                  .skipEmptyLines(false)
                  .ofCsvRecord(text)) {
        if (!rows(csv, releases)) {
          return;
        }
        in.transferTo(java.io.OutputStream.nullOutputStream());
      } catch (CsvParseException | UncheckedIOException | IOException e) {
        if (e instanceof IOException io && !isAboutContent(io)) {
          throw io;
        }
        findings.add(
            Rule.UNREADABLE_FILE.at(new Place(file, line, null), String.valueOf(e.getMessage())));
        return;
      }
      String found = HexFormat.of().formatHex(digest.digest());
      if (resource.contentHash() != null && !resource.contentHash().equals(found)) {
        findings.add(
            Rule.UNREADABLE_FILE.at(
                Place.file(file), "sha256:" + found, "sha256:" + resource.contentHash()));
      }
    }

    private boolean rows(CsvReader<CsvRecord> csv, SeriesRows releases) {
      boolean first = true;
      for (CsvRecord record : csv) {
        row = record.getFields();
        line = record.getStartingLineNumber();
        if (first) {
          first = false;
          if (!columns(row)) {
            return false;
          }
        } else if (row.size() != columns.size()) {
          findings.add(
              Rule.RAGGED_ROW.at(
                  new Place(file, line, null),
                  Integer.toString(row.size()),
                  Integer.toString(columns.size())));
        } else {
          sound = true;
          take(releases);
        }
      }
      return !first || columns(List.of());
    }

    private boolean columns(List<String> names) {
      columns = new LinkedHashMap<>();
      boolean complete = true;
      for (int i = 0; i < names.size(); i++) {
        if (columns.putIfAbsent(names.get(i), i) != null) {
          findings.add(Rule.UNREADABLE_FILE.at(new Place(file, 1, names.get(i)), "repeated"));
          complete = false;
        }
      }
      List<String> expected = new ArrayList<>(required);
      if (editions.size() > 1) {
        expected.addAll(List.of("first", "last"));
      }
      for (String name : expected) {
        if (!columns.containsKey(name)) {
          findings.add(Rule.MISSING_COLUMN.at(new Place(file, 1, name), name));
          complete = false;
        }
      }
      header(columns.keySet());
      return complete;
    }

    /** The releases that state the current row. */
    final ReleaseRows stating(SeriesRows releases) {
      if (editions.size() == 1) {
        return releases.statedBy(0, 0);
      }
      int first = edition("first");
      int last = edition("last");
      if (sound && first > last) {
        fail(Rule.UNREADABLE_FILE, "last", text("last"));
      }
      // A row that is not sound is read to the end for its findings, and then given to nobody.
      return sound ? releases.statedBy(first, last) : releases.statedBy(0, 0);
    }

    /** The index of the release that a column names; the row is handed to none if it names none. */
    private int edition(String column) {
      String value = text(column);
      Integer index = editions.get(value);
      if (index == null) {
        if (!value.isEmpty()) {
          fail(Rule.UNREADABLE_FILE, column, value);
        }
        return -1;
      }
      return index;
    }

    static boolean isAboutContent(IOException e) {
      return e instanceof CharacterCodingException
          || e instanceof RefusedFileException
          || e instanceof java.util.zip.ZipException
          || e instanceof java.io.EOFException;
    }

    final boolean sound() {
      return sound;
    }

    final void fail(Rule rule, @Nullable String column, String value) {
      sound = false;
      findings.add(rule.at(new Place(file, line, column), value));
    }

    final @Nullable String optional(String column) {
      Integer index = columns.get(column);
      if (index == null) {
        return null;
      }
      String value = row.get(index);
      return value.isEmpty() ? null : value;
    }

    final String text(String column) {
      String value = optional(column);
      if (value == null) {
        fail(Rule.EMPTY_VALUE, column, "");
        return "";
      }
      return value;
    }

    final @Nullable LocalDate optionalDate(String column) {
      String value = optional(column);
      if (value == null) {
        return null;
      }
      try {
        return LocalDate.parse(value);
      } catch (DateTimeParseException e) {
        fail(Rule.MALFORMED_DATE, column, value);
        return null;
      }
    }

    final Validity validity() {
      LocalDate from = optionalDate("from");
      LocalDate to = optionalDate("to");
      if (from != null && to != null && !from.isBefore(to)) {
        fail(Rule.EMPTY_VALIDITY, "to", from + ", " + to);
        return Validity.ALWAYS;
      }
      return new Validity(from, to);
    }

    final boolean flag(String column) {
      String value = optional(column);
      if (value == null || value.equals("false")) {
        return false;
      }
      if (!value.equals("true")) {
        fail(Rule.UNREADABLE_FILE, column, value);
      }
      return true;
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e); // every Java platform has SHA-256
      }
    }
  }

  /** Reads rows that releases state. */
  private abstract static class Stated extends Table {

    Stated(Resource resource, List<String> required) {
      super(resource, required);
    }

    /** Gives the current row to the releases that state it. */
    abstract void take(ReleaseRows rows);

    @Override
    final void take(SeriesRows releases) {
      take(stating(releases));
    }
  }

  private static final class Associations extends Table {

    private static final Map<String, Match> MATCHES = matches();

    private final Map<String, String> roles;
    private final Consumer<Association> lines;
    private final List<String> attributes = new ArrayList<>();

    Associations(Resource resource, Consumer<Association> lines) {
      super(resource, List.of("source", "target", "match"));
      this.roles = resource.roles();
      this.lines = lines;
    }

    @Override
    void header(Set<String> names) {
      for (String name : names) {
        if ("attribute".equals(roles.get(name)) && !ASSOCIATION_COLUMNS.contains(name)) {
          attributes.add(name);
        }
      }
    }

    @Override
    void take(SeriesRows none) {
      String source = text("source");
      String target = text("target");
      String named = text("match");
      Match match = MATCHES.get(named);
      if (match == null && !named.isEmpty()) {
        fail(Rule.CORRESPONDENCE_MATCH, "match", named);
      }
      BigDecimal share = share();
      String basis = optional("basis");
      if (share != null && basis == null) {
        fail(Rule.EMPTY_VALUE, "basis", "");
      }
      if (share == null && basis != null) {
        fail(Rule.EMPTY_VALUE, "share", "");
      }
      Map<String, String> values = new HashMap<>();
      for (String attribute : attributes) {
        String value = optional(attribute);
        if (value != null) {
          values.put(attribute, value);
        }
      }
      if (sound() && match != null) {
        lines.accept(new Association(source, target, match, share, basis, values));
      }
    }

    private @Nullable BigDecimal share() {
      String written = optional("share");
      if (written == null) {
        return null;
      }
      try {
        if (written.length() <= 30) {
          return new BigDecimal(written);
        }
      } catch (NumberFormatException _) {
        // refused below
      }
      fail(Rule.CORRESPONDENCE_SHARE, "share", written);
      return null;
    }

    private static Map<String, Match> matches() {
      Map<String, Match> matches = new HashMap<>();
      for (Match match : Match.values()) {
        matches.put(match.id(), match);
      }
      return matches;
    }
  }

  private static final class Concepts extends Stated {

    private final Map<String, String> roles;
    private final List<String> attributes = new ArrayList<>();
    private final List<String> languages = new ArrayList<>();

    Concepts(Resource resource) {
      super(resource, List.of("code", "from", "to", "level", "label"));
      roles = resource.roles();
    }

    @Override
    void header(Set<String> names) {
      for (String name : names) {
        if ("attribute".equals(roles.get(name))) {
          attributes.add(name);
        } else if (name.startsWith("label_")) {
          languages.add(name.substring("label_".length()));
        }
      }
    }

    @Override
    void take(ReleaseRows rows) {
      Map<String, String> labels = new HashMap<>();
      for (String language : languages) {
        String label = optional("label_" + language);
        if (label != null) {
          labels.put(language, label);
        }
      }
      Map<String, String> values = new HashMap<>();
      for (String attribute : attributes) {
        String value = optional(attribute);
        if (value != null) {
          values.put(attribute, value);
        }
      }
      ConceptState state =
          new ConceptState(
              text("code"),
              validity(),
              text("level"),
              text("label"),
              labels,
              values,
              flag("derived"));
      if (sound()) {
        rows.concept(state);
      }
    }
  }

  private static final class Links extends Stated {

    Links(Resource resource) {
      super(resource, List.of("code", "relation", "referential", "target", "from", "to"));
    }

    @Override
    void take(ReleaseRows rows) {
      Relation relation = Relation.RELATED;
      String named = text("relation");
      if (named.equals(Relation.BROADER.id())) {
        relation = Relation.BROADER;
      } else if (!named.isEmpty() && !named.equals(Relation.RELATED.id())) {
        fail(Rule.UNREADABLE_FILE, "relation", named);
      }
      Link link =
          new Link(
              text("code"),
              relation,
              text("referential"),
              text("target"),
              validity(),
              flag("derived"));
      if (sound()) {
        rows.link(link);
      }
    }
  }

  private static final class Successions extends Stated {

    private static final Map<String, SuccessionKind> KINDS = kinds();

    Successions(Resource resource) {
      super(resource, List.of("date", "code", "referential_after", "code_after", "kind"));
    }

    @Override
    void take(ReleaseRows rows) {
      LocalDate date = optionalDate("date");
      if (date == null && optional("date") == null) {
        fail(Rule.EMPTY_VALUE, "date", "");
      }
      String code = optional("code");
      String codeAfter = optional("code_after");
      if (code == null && codeAfter == null) {
        fail(Rule.EMPTY_VALUE, "code", "");
      }
      String referentialAfter = text("referential_after");
      String named = text("kind");
      SuccessionKind kind = KINDS.get(named);
      if (kind == null && !named.isEmpty()) {
        fail(Rule.UNREADABLE_FILE, "kind", named);
      }
      boolean derived = flag("derived");
      if (sound() && date != null && kind != null) {
        Succession succession =
            new Succession(
                date, code, referentialAfter, codeAfter, kind, optional("type"), derived);
        rows.succession(succession);
      }
    }

    private static Map<String, SuccessionKind> kinds() {
      Map<String, SuccessionKind> kinds = new HashMap<>();
      for (SuccessionKind kind : SuccessionKind.values()) {
        kinds.put(kind.id(), kind);
      }
      return kinds;
    }
  }

  private static final class Measures extends Stated {

    Measures(Resource resource) {
      super(resource, List.of("code", "name", "value"));
    }

    @Override
    void take(ReleaseRows rows) {
      String code = text("code");
      String name = text("name");
      String value = text("value");
      if (!sound()) {
        return;
      }
      try {
        Measure measure = new Measure(code, name, Long.parseLong(value));
        rows.measure(measure);
      } catch (NumberFormatException e) {
        fail(Rule.MALFORMED_NUMBER, "value", value);
      }
    }
  }
}
