package fr.pivot.crosswalk.correspondence;

import fr.pivot.admission.Work;
import fr.pivot.api.CorrespondencesApi;
import fr.pivot.crosswalk.correspondence.CorrespondenceUpdate.Flag;
import fr.pivot.crosswalk.correspondence.CorrespondenceUpdate.Line;
import fr.pivot.crosswalk.correspondence.CorrespondenceUpdate.Named;
import fr.pivot.crosswalk.correspondence.CorrespondenceUpdate.Reference;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Cursor;
import fr.pivot.http.Freshness;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.Representation;
import fr.pivot.http.Representation.Page;
import fr.pivot.http.Representation.RowWriter;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.body.HeavyWork;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Text;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.text.JsonWriter;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers which correspondences are published, what they say, and what would take their place. */
@Controller
final class CorrespondenceController implements CorrespondencesApi {

  private static final List<MediaFormat> FORMATS =
      List.of(MediaFormat.JSON, MediaFormat.CSV, MediaFormat.NDJSON);
  private static final Pattern CODES = Pattern.compile("[^,]+(,[^,]+)*");
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*");
  private static final int PAGE = 100;

  private final Points points;
  private final HeavyWork heavy;

  CorrespondenceController(Points points, HeavyWork heavy) {
    this.points = points;
    this.heavy = heavy;
  }

  /** All of them; it counts what they pass over, so it does not hold the event loop. */
  @Override
  @ExecuteOn(HeavyWork.THREADS)
  public HttpResponse<byte[]> listCorrespondences(HttpRequest<?> request) throws IOException {
    return heavy.answer(request, Work.Kind.BATCH, () -> list(request));
  }

  private HttpResponse<byte[]> list(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, List.of(MediaFormat.JSON));
    Registry registry = points.registry();
    Instant last =
        registry.listCorrespondences().stream()
            .map(Correspondence::publishedAt)
            .max(Comparator.naturalOrder())
            .orElse(null);
    return new Representation<Correspondence>(
            target,
            format,
            (json, correspondence) -> {
              json.beginObject();
              writeHead(json, registry, correspondence);
              json.endObject();
            })
        .uncounted(List.copyOf(registry.listCorrespondences()), Freshness.floating(last))
        .respond(request);
  }

  /** The lines of one of them: a page as JSON, all as a table unless a page is asked for. */
  @Override
  @ExecuteOn(HeavyWork.THREADS)
  public HttpResponse<byte[]> getCorrespondence(HttpRequest<?> request) throws IOException {
    return heavy.answer(request, Work.Kind.BATCH, () -> lines(request));
  }

  private HttpResponse<byte[]> lines(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, FORMATS);
    Registry registry = points.registry();
    Correspondence correspondence = get(registry, target.segment(2));
    Shown shown = new Shown(registry, correspondence);
    int limit =
        target.number("limit", 1, 1000, format == MediaFormat.JSON ? PAGE : Integer.MAX_VALUE);
    List<Association> all = filter(target, shown);
    int start = start(target, all);
    List<Association> page =
        all.subList(start, limit < all.size() - start ? start + limit : all.size());
    String next =
        start + page.size() < all.size()
            ? Cursor.of(page.getLast().source(), page.getLast().target())
            : null;
    return new Representation<>(target, format, shown)
        .head(json -> writeHead(json, registry, correspondence))
        .list(new Page<>(all.size(), page, next), Freshness.floating(correspondence.publishedAt()))
        .respond(request);
  }

  /** What would take the place of a correspondence now that a side has a new edition. */
  @Override
  @ExecuteOn(HeavyWork.THREADS)
  public HttpResponse<byte[]> proposeCorrespondence(HttpRequest<?> request) throws IOException {
    return heavy.answer(request, Work.Kind.BATCH, () -> proposal(request));
  }

  private HttpResponse<byte[]> proposal(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format =
        MediaFormat.choose(request, target, List.of(MediaFormat.JSON, MediaFormat.CSV));
    Registry registry = points.registry();
    Correspondence base = get(registry, target.segment(2));
    Text expected = new Text("l'identifiant d'une autre table", "the id of another correspondence");
    Correspondence other =
        get(
            registry,
            target
                .find("with", ID, 128, expected)
                .orElseThrow(() -> ProblemType.invalid("with", expected)));
    Reference reference =
        target
            .findOneOf("reference", List.of(Reference.values()), Reference::id)
            .orElse(Reference.TARGET);
    CorrespondenceUpdate update =
        CorrespondenceUpdate.propose(registry, base, other, reference)
            .orElseThrow(
                () ->
                    ProblemType.UNRELATED_CORRESPONDENCES
                        .with("correspondence", base.head().id())
                        .with("with", other.head().id())
                        .exception());
    Instant published =
        base.publishedAt().isAfter(other.publishedAt()) ? base.publishedAt() : other.publishedAt();
    return new Representation<>(target, format, new LineWriter())
        .head(
            json -> {
              writeSide(json, "source", update.source());
              writeSide(json, "target", update.target());
              json.member("correspondence", base.head().id())
                  .member("with", other.head().id())
                  .member("reference", reference.id());
            })
        .uncounted(update.listLines(), Freshness.floating(published))
        .respond(request);
  }

  private static Correspondence get(Registry registry, String id) {
    return registry.findCorrespondence(id).orElseThrow(() -> unknown(registry, id));
  }

  private static ProblemException unknown(Registry registry, String id) {
    List<String> ids = registry.listCorrespondences().stream().map(c -> c.head().id()).toList();
    Set<String> near = new TreeSet<>(Points.listNear(ids, id));
    ids.stream()
        .filter(known -> id.length() > 2 && (known.contains(id) || id.contains(known)))
        .forEach(near::add);
    var problem =
        ProblemType.UNKNOWN_CORRESPONDENCE.with("correspondence", ProblemType.shorten(id));
    return (near.isEmpty() ? problem : problem.with("suggestions", List.copyOf(near))).exception();
  }

  private static void writeSide(JsonWriter json, String name, Side side) {
    json.name(name)
        .beginObject()
        .member("referential", side.referential())
        .member("edition", side.edition())
        .endObject();
  }

  private static void writeHead(JsonWriter json, Registry registry, Correspondence table) {
    CorrespondenceHead head = table.head();
    json.member("id", head.id())
        .name("title")
        .beginObject()
        .member("fr", head.title().fr())
        .member("en", head.title().en())
        .endObject()
        .member("publisher", head.publisher())
        .member("homepage", head.homepage());
    writeSide(json, "source", head.source());
    writeSide(json, "target", head.target());
    Set<String> sources = new HashSet<>();
    Set<String> targets = new HashSet<>();
    for (Association line : table.listAssociations()) {
      sources.add(line.source());
      targets.add(line.target());
    }
    json.name("counts")
        .beginObject()
        .member("associations", table.listAssociations().size())
        .member("sources", sources.size())
        .member("targets", targets.size())
        .member(
            "uncoveredSources",
            new CorrespondenceSide(registry, head.source()).listUncovered(sources).size())
        .member(
            "uncoveredTargets",
            new CorrespondenceSide(registry, head.target()).listUncovered(targets).size())
        .endObject()
        .member("issued", head.issued())
        .member("published", table.publishedAt().toString())
        .member("digest", table.digest())
        .name("sources")
        .beginArray();
    for (SourceFile file : head.sources()) {
      json.beginObject()
          .member("name", file.name())
          .member("origin", file.origin())
          .member("sha256", file.sha256())
          .member("bytes", file.bytes())
          .endObject();
    }
    json.endArray().member("uri", "/v1/correspondences/" + head.id());
  }

  /** The lines that a request asks for. */
  private static List<Association> filter(RequestTarget target, Shown shown) {
    Text expected =
        new Text("un code, ou plusieurs avec des virgules", "a code, or several with commas");
    Optional<Set<String>> sources =
        target.find("source", CODES, 1000, expected).map(c -> codes(c, shown.source));
    Optional<Set<String>> targets =
        target.find("target", CODES, 1000, expected).map(c -> codes(c, shown.target));
    List<Association> all = shown.correspondence.listAssociations();
    return sources.isEmpty() && targets.isEmpty()
        ? all
        : all.stream()
            .filter(line -> sources.isEmpty() || sources.get().contains(line.source()))
            .filter(line -> targets.isEmpty() || targets.get().contains(line.target()))
            .toList();
  }

  private static Set<String> codes(String list, CorrespondenceSide side) {
    return Arrays.stream(list.split(",", -1)).map(side::canonical).collect(Collectors.toSet());
  }

  private static int start(RequestTarget target, List<Association> all) {
    List<String> last = target.findCursor(2).orElse(List.of());
    if (last.isEmpty()) {
      return 0;
    }
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Association line = all.get(middle);
      int order = line.source().compareTo(last.get(0));
      if (order < 0 || (order == 0 && line.target().compareTo(last.get(1)) <= 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** A correspondence whose lines are shown with the labels of their codes. */
  private static final class Shown implements RowWriter<Association> {
    private final Correspondence correspondence;
    private final CorrespondenceSide source;
    private final CorrespondenceSide target;
    private final Set<String> attributes = new TreeSet<>();

    Shown(Registry registry, Correspondence correspondence) {
      this.correspondence = correspondence;
      source = new CorrespondenceSide(registry, correspondence.head().source());
      target = new CorrespondenceSide(registry, correspondence.head().target());
    }

    @Override
    public void write(JsonWriter json, Association line) {
      json.beginObject()
          .member("source", line.source())
          .member("sourceLabel", source.label(line.source()))
          .member("target", line.target())
          .member("targetLabel", target.label(line.target()))
          .member("match", line.match().id())
          .name("share");
      BigDecimal share = line.share();
      (share == null ? json.string(null) : json.decimal(share.toPlainString()))
          .member("basis", line.basis())
          .name("attributes")
          .beginObject();
      new TreeMap<>(line.attributes()).forEach(json::member);
      json.endObject().endObject();
    }

    @Override
    public List<String> columns() {
      correspondence.listAssociations().forEach(l -> attributes.addAll(l.attributes().keySet()));
      List<String> columns =
          new ArrayList<>(List.of("source", "target", "match", "share", "basis"));
      columns.addAll(attributes);
      columns.addAll(List.of("#source_label", "#target_label"));
      return columns;
    }

    @Override
    public List<List<@Nullable String>> lines(Association line) {
      BigDecimal share = line.share();
      List<@Nullable String> cells = new ArrayList<>(7 + attributes.size());
      cells.add(line.source());
      cells.add(line.target());
      cells.add(line.match().id());
      cells.add(share == null ? null : share.toPlainString());
      cells.add(line.basis());
      attributes.forEach(name -> cells.add(line.attributes().get(name)));
      cells.add(source.label(line.source()));
      cells.add(target.label(line.target()));
      return List.of(cells);
    }
  }

  /** Writes the lines of a proposal. */
  private static final class LineWriter implements RowWriter<Line> {

    @Override
    public void write(JsonWriter json, Line line) {
      json.beginObject();
      writeNamed(json, "source", line.source());
      writeNamed(json, "target", line.target());
      json.member("match", line.match() == null ? null : line.match().id());
      writeNamed(json, "through", line.through());
      json.name("flags").beginArray();
      line.flags().stream().map(Flag::id).forEach(json::string);
      json.endArray().endObject();
    }

    @Override
    public List<String> columns() {
      return CorrespondenceUpdate.columns();
    }

    @Override
    public List<List<@Nullable String>> lines(Line line) {
      return List.of(CorrespondenceUpdate.cells(line));
    }
  }

  private static void writeNamed(JsonWriter json, String name, @Nullable Named named) {
    json.member(name, named == null ? null : named.code())
        .member(name + "Label", named == null ? null : named.label());
  }
}
