package fr.pivot.formats.pack;

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
import fr.pivot.referential.Coverage;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Text;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
    Map<String, PackedResource> resources = resources(json, pivot, "concepts");
    if (hasProblems(json, findings)) {
      return;
    }

    Map<String, Integer> editions = new HashMap<>();
    for (ReleaseHead head : heads) {
      editions.put(head.edition(), editions.size());
    }
    ObservedDays releases = new ObservedDays(target.openSeries(heads, Coverage.whole(links)));
    for (PackedResource resource : resources.values()) {
      InputFile file = byName.get(withoutGz(resource.path()));
      if (file == null) {
        findings.add(Rule.MISSING_FILE.at(Place.file(resource.path())));
        continue;
      }
      switch (resource.name()) {
        case "concepts" -> new PackedConcepts(resource).read(file, findings, editions, releases);
        case "links" -> new PackedLinks(resource).read(file, findings, editions, releases);
        case "successions" ->
            new PackedSuccessions(resource).read(file, findings, editions, releases);
        case "measures" -> new PackedMeasures(resource).read(file, findings, editions, releases);
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

  private static Map<String, PackedResource> resources(
      JsonFields json, JsonFields pivot, String needed) {
    if (pivot.has("format") && pivot.number("format") != FORMAT) {
      pivot.problem("format", "this version reads format " + FORMAT);
    }
    Map<String, PackedResource> resources = new LinkedHashMap<>();
    for (JsonFields resource : json.objects("resources")) {
      PackedResource read = PackedResource.of(resource);
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
      if (PackedRows.isAboutContent(e) || e.getCause() instanceof RuntimeException) {
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
    Map<String, PackedResource> resources = resources(json, pivot, "associations");
    if (hasProblems(json, findings)) {
      return;
    }
    Consumer<Association> lines = target.openCorrespondence(head);
    for (PackedResource resource : resources.values()) {
      InputFile file = byName.get(withoutGz(resource.path()));
      if (file == null) {
        findings.add(Rule.MISSING_FILE.at(Place.file(resource.path())));
      } else if (resource.name().equals("associations")) {
        new PackedAssociations(resource, lines).read(file, findings, Map.of("", 0), NO_RELEASES);
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

  static String withoutGz(String name) {
    return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }
}
