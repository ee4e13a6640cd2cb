package fr.pivot.lookup;

import fr.pivot.api.CodesApi;
import fr.pivot.http.Answers;
import fr.pivot.http.Answers.Prepared;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.Representation;
import fr.pivot.http.Representation.Page;
import fr.pivot.http.Representation.RowWriter;
import fr.pivot.http.RequestTarget;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.registry.AskedCodes;
import fr.pivot.registry.AskedCodes.Outcome;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.BeforeHorizon;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.NotInForce;
import fr.pivot.registry.CodeAnswer.Unknown;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.EventsOfDay;
import fr.pivot.registry.EventsOfDay.Party;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import fr.pivot.registry.Standing;
import fr.pivot.text.JsonWriter;
import fr.pivot.text.PercentEncoding;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers what one code means or meant. Paths are taken apart by {@link RequestTarget}, for codes
 * may hold anything; answers come from memory, on the event loop.
 */
@Controller
final class CodeController implements CodesApi {

  private static final int REF = 2;
  private static final int CODE = 4;
  private static final Pattern REFERENTIAL = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final List<MediaFormat> ANY =
      List.of(MediaFormat.JSON, MediaFormat.CSV, MediaFormat.NDJSON);
  private static final List<MediaFormat> JSON = List.of(MediaFormat.JSON);

  private final Points points;
  private final Fields fields;
  private final HotAnswers hot;
  private final AskedCodes asked;

  CodeController(Points points, Fields fields, HotAnswers hot, AskedCodes asked) {
    this.points = points;
    this.fields = fields;
    this.hot = hot;
    this.asked = asked;
  }

  /** One code. */
  @Get("/v1/referentials/{ref}/codes/{code:[^/]+}")
  @Override
  public HttpResponse<byte[]> getCode(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, ANY);
    Registry registry = points.registry();
    LocalDate today = points.today();
    Point point = AskedPoint.find(registry, today, target, REF);
    Prepared answer = answer(point, target, format);
    if (Answers.isPlain(request)) {
      hot.put(target.address(), registry, today, answer, asked.of(point));
    }
    return answer.respond(request);
  }

  private Prepared answer(Point point, RequestTarget target, MediaFormat format) {
    String written = AskedPoint.code(target, CODE);
    CodeView view = get(point, written);
    CodeWriter writer = new CodeWriter(fields.select(target, point, format == MediaFormat.CSV));
    return new Representation<>(target, format, writer)
        .one(view, AskedPoint.freshness(point))
        .at(location(target, written, view));
  }

  private CodeView get(Point point, String written) {
    CodeAnswer answer = CodeAnswer.find(point, written);
    asked.of(point).count(Outcome.of(answer));
    return switch (answer) {
      case Found found -> new CodeView(point, found);
      case NotInForce sought -> throw CodeProblems.notInForce(point, sought).exception();
      case BeforeHorizon sought -> throw CodeProblems.beforeHorizon(point, sought).exception();
      case Unknown(String code) -> throw CodeProblems.unknown(point, code).exception();
    };
  }

  /** Where the canonical answer is, if the code was written in another way. */
  private static @Nullable String location(RequestTarget target, String written, CodeView view) {
    String code = view.code();
    if (code.equals(written)) {
      return null;
    }
    String[] segments = target.path().split("/", -1);
    segments[CODE + 1] = PercentEncoding.encode(code);
    String query = target.query();
    return String.join("/", segments) + (query == null ? "" : '?' + query);
  }

  /** Every state and event of a code. */
  @Get("/v1/referentials/{ref}/codes/{code:[^/]+}/history")
  @Override
  public HttpResponse<byte[]> getHistory(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat.choose(request, target, JSON);
    Point point = AskedPoint.find(points.registry(), points.today(), target, REF);
    String written = AskedPoint.code(target, CODE);
    CodeView view = find(point, written);
    JsonWriter json = new JsonWriter();
    json.beginObject()
        .member("referential", point.referential().id())
        .member("release", view.release().edition())
        .member("code", view.code())
        .name("states")
        .beginArray();
    view.listStates().forEach(state -> CodeWriter.writeState(json, state));
    json.endArray().name("events").beginArray();
    view.listEvents().forEach(happening -> writeEvent(json, happening));
    json.endArray().endObject();
    return Answers.prepare(
            json.take(),
            MediaFormat.JSON.type(),
            AskedPoint.freshness(point),
            location(target, written, view))
        .respond(request);
  }

  /** An answer for any code ever used, whatever the date: history and successions are dateless. */
  private static CodeView find(Point point, String written) {
    return switch (CodeAnswer.find(point, written)) {
      case Found found -> new CodeView(point, found);
      case NotInForce sought -> CodeView.lastKnown(point, sought.release(), sought.states());
      case BeforeHorizon sought when !sought.states().isEmpty() ->
          CodeView.lastKnown(point, sought.release(), sought.states());
      case BeforeHorizon(String code, var _, var _) ->
          throw CodeProblems.unknown(point, code).exception();
      case Unknown(String code) -> throw CodeProblems.unknown(point, code).exception();
    };
  }

  private static void writeEvent(JsonWriter json, EventsOfDay happening) {
    json.beginObject()
        .member("date", happening.date())
        .member("kind", happening.kind().id())
        .member("type", happening.type())
        .member("derived", happening.derived());
    if (happening.dateAfter() != null) {
      json.member("dateAfter", happening.dateAfter());
    }
    writeParties(json.name("before"), happening.before());
    writeParties(json.name("after"), happening.after());
    json.endObject();
  }

  private static void writeParties(JsonWriter json, List<Party> parties) {
    json.beginArray();
    for (Party party : parties) {
      json.beginObject()
          .member("referential", party.node().referential())
          .member("code", party.node().code())
          .member("label", party.label())
          .endObject();
    }
    json.endArray();
  }

  /** What a code comes from. */
  @Get("/v1/referentials/{ref}/codes/{code:[^/]+}/predecessors")
  @Override
  public HttpResponse<byte[]> listPredecessors(HttpRequest<?> request) {
    return listHeirs(request, false);
  }

  /** What a code became. */
  @Get("/v1/referentials/{ref}/codes/{code:[^/]+}/successors")
  @Override
  public HttpResponse<byte[]> listSuccessors(HttpRequest<?> request) {
    return listHeirs(request, true);
  }

  private HttpResponse<byte[]> listHeirs(HttpRequest<?> request, boolean successors) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, JSON);
    Point point = AskedPoint.find(points.registry(), points.today(), target, REF);
    String written = AskedPoint.code(target, CODE);
    CodeView view = find(point, written);
    return new Representation<Kin>(target, format, (json, heir) -> heir.writeTo(json))
        .head(
            json ->
                json.member("referential", point.referential().id())
                    .member("release", view.release().edition())
                    .member("code", view.code()))
        .list(
            Page.whole(successors ? view.listEverySuccessor() : view.listPredecessors()),
            AskedPoint.freshness(point))
        .at(location(target, written, view))
        .respond(request);
  }

  /** What stands above a code. */
  @Get("/v1/referentials/{ref}/codes/{code:[^/]+}/ancestors")
  @Override
  public HttpResponse<byte[]> listAncestors(HttpRequest<?> request) {
    return listRelatives(request, JSON, true);
  }

  /** What stands under a code; there may be thousands, so it does not hold the event loop. */
  @Get("/v1/referentials/{ref}/codes/{code:[^/]+}/descendants")
  @Override
  @ExecuteOn(TaskExecutors.BLOCKING)
  public HttpResponse<byte[]> listDescendants(HttpRequest<?> request) {
    return listRelatives(request, ANY, false);
  }

  private HttpResponse<byte[]> listRelatives(
      HttpRequest<?> request, List<MediaFormat> formats, boolean above) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, formats);
    Point point = AskedPoint.find(points.registry(), points.today(), target, REF);
    Optional<String> only =
        target.find(
            "referential",
            REFERENTIAL,
            60,
            new Text("un référentiel, comme communes", "a referential, such as communes"));
    only.ifPresent(
        id -> {
          if (point.registry().catalog().findReferential(id).isEmpty()) {
            throw Points.unknownReferential(point.registry(), id);
          }
        });
    String written = AskedPoint.code(target, CODE);
    CodeView view = get(point, written);
    List<Node> all = above ? view.listAncestors() : view.listDescendants();
    List<Node> nodes =
        all.stream().filter(n -> only.isEmpty() || n.referential().equals(only.get())).toList();
    SortedMap<String, @Nullable LocalDate> unknown =
        above ? view.listUnknownAbove(all) : view.listUnknownBelow(all);
    LocalDate horizon = only.map(unknown::get).orElse(null);
    if (horizon != null) {
      throw Points.beforeHorizon(only.orElseThrow(), horizon, view.day())
          .with("code", view.code())
          .exception();
    }
    List<String> notKnown =
        unknown.keySet().stream().filter(id -> only.isEmpty() || id.equals(only.get())).toList();
    Standing standing = new Standing(point.registry(), view.release(), view.day());
    Map<Node, Validity> doubts =
        above ? standing.listDoubtsAbove(view.node()) : standing.listDoubtsBelow(view.node());
    MutableHttpResponse<byte[]> response =
        new Representation<>(target, format, new RelativeWriter(view, doubts))
            .head(
                json ->
                    json.member("referential", point.referential().id())
                        .member("release", view.release().edition())
                        .member("date", view.day())
                        .member("code", view.code()))
            .foot(
                json -> {
                  if (!notKnown.isEmpty()) {
                    json.name("notKnown").value(notKnown);
                  }
                })
            .list(Page.whole(nodes), AskedPoint.freshness(point))
            .at(location(target, written, view))
            .respond(request);
    return Answers.tellNotKnown(response, notKnown);
  }

  /**
   * Writes what stands above a code or under it.
   *
   * @param doubts what is not known to stand there on the day, with the days of which it is
   */
  private record RelativeWriter(CodeView view, Map<Node, Validity> doubts)
      implements RowWriter<Node> {

    @Override
    public void write(JsonWriter json, Node node) {
      json.beginObject();
      CodeWriter.writeRelative(json, node, view.find(node));
      CodeWriter.writeKnown(json, null, doubts.get(node));
      json.endObject();
    }

    private boolean isDated() {
      return view.point().referential().horizon() != null;
    }

    @Override
    public List<String> columns() {
      return isDated()
          ? List.of("referential", "code", "label", "level", "known")
          : List.of("referential", "code", "label", "level");
    }

    @Override
    public List<List<@Nullable String>> lines(Node node) {
      ConceptState state = view.find(node);
      List<@Nullable String> cells =
          new ArrayList<>(
              Arrays.asList(
                  node.referential(),
                  node.code(),
                  state == null ? null : state.label(),
                  state == null ? null : state.level()));
      if (isDated()) {
        Validity known = doubts.get(node);
        cells.add(known == null ? null : known.toString());
      }
      return List.of(cells);
    }
  }
}
