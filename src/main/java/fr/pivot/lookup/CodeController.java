package fr.pivot.lookup;

import fr.pivot.http.Answers;
import fr.pivot.http.Answers.Prepared;
import fr.pivot.http.CsvTable;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.RequestTarget;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.BeforeHorizon;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.NotInForce;
import fr.pivot.registry.CodeAnswer.Unknown;
import fr.pivot.registry.EventsOfDay;
import fr.pivot.registry.EventsOfDay.Party;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Knowledge;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import fr.pivot.registry.Standing;
import fr.pivot.text.JsonWriter;
import fr.pivot.text.PercentEncoding;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.LocalDate;
import java.util.ArrayList;
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
@Produces(MediaType.ALL)
final class CodeController {

  private static final int REF = 2;
  private static final int CODE = 4;
  private static final Pattern REFERENTIAL = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final List<MediaFormat> ANY =
      List.of(MediaFormat.JSON, MediaFormat.CSV, MediaFormat.NDJSON);
  private static final List<MediaFormat> JSON = List.of(MediaFormat.JSON);

  private final Points points;
  private final Fields fields;
  private final HotAnswers hot;

  CodeController(Points points, Fields fields, HotAnswers hot) {
    this.points = points;
    this.fields = fields;
    this.hot = hot;
  }

  /** One code. */
  @Get("/v1/referentials/{ref}/codes/{code:[^/]+}")
  HttpResponse<byte[]> getCode(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, ANY);
    Registry registry = points.registry();
    LocalDate today = points.today();
    Prepared answer = answer(registry, today, target, format);
    if (Answers.isPlain(request)) {
      hot.put(target.address(), registry, today, answer);
    }
    return answer.respond(request);
  }

  private Prepared answer(
      Registry registry, LocalDate today, RequestTarget target, MediaFormat format) {
    Point point = AskedPoint.find(registry, today, target, REF);
    String written = AskedPoint.code(target, CODE);
    Found found = get(point, written);
    CodeWriter writer =
        new CodeWriter(point, fields.select(target, point, format == MediaFormat.CSV));
    byte[] body;
    MediaType type = format.type();
    if (format == MediaFormat.CSV) {
      type = CsvTable.type(target);
      body = CsvTable.of(target, writer.columns()).line(writer.line(found)).take();
    } else {
      JsonWriter json = new JsonWriter();
      writer.write(json, found);
      body = (format == MediaFormat.NDJSON ? json.endLine() : json).take();
    }
    return Answers.prepare(
        body, type, AskedPoint.freshness(point), location(target, written, found));
  }

  private static Found get(Point point, String written) {
    return switch (CodeAnswer.find(point, written)) {
      case Found found -> found;
      case NotInForce sought -> throw CodeProblems.notInForce(point, sought).exception();
      case BeforeHorizon sought -> throw CodeProblems.beforeHorizon(point, sought).exception();
      case Unknown(String code) -> throw CodeProblems.unknown(point, code).exception();
    };
  }

  /** Where the canonical answer is, if the code was written in another way. */
  private static @Nullable String location(RequestTarget target, String written, Found found) {
    String code = found.state().code();
    if (code.equals(written)) {
      return null;
    }
    String[] segments = target.path().split("/", -1);
    segments[CODE + 1] = PercentEncoding.encode(code);
    String query = target.query();
    return String.join("/", segments) + (query == null ? "" : '?' + query);
  }

  private static MutableHttpResponse<byte[]> locate(
      MutableHttpResponse<byte[]> response, RequestTarget target, String written, Found found) {
    String location = location(target, written, found);
    return location == null ? response : response.header(HttpHeaders.CONTENT_LOCATION, location);
  }

  /** Every state and event of a code. */
  @Get("/v1/referentials/{ref}/codes/{code:[^/]+}/history")
  HttpResponse<byte[]> getHistory(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat.choose(request, target, JSON);
    Point point = AskedPoint.find(points.registry(), points.today(), target, REF);
    String written = AskedPoint.code(target, CODE);
    Found found = find(point, written);
    String code = found.state().code();
    JsonWriter json = new JsonWriter();
    json.beginObject()
        .member("referential", point.referential().id())
        .member("release", found.release().edition())
        .member("code", code)
        .name("states")
        .beginArray();
    Knowledge knowledge = point.codes().knowledge(found.release());
    for (ConceptState state : point.codes().listStates(code, found.release())) {
      CodeWriter.writeValidity(json.beginObject().name("validity"), state.validity());
      if (point.referential().beginsAtHorizon(state.validity())) {
        json.member("beginsAtHorizon", true);
      }
      CodeWriter.writeKnown(json, knowledge.findBeginsAfter(state), knowledge.find(state));
      json.member("label", state.label())
          .name("labels")
          .value(new java.util.TreeMap<>(state.labels()))
          .member("level", state.level())
          .name("attributes")
          .value(new java.util.TreeMap<>(state.attributes()))
          .member("derived", state.derived())
          .endObject();
    }
    json.endArray().name("events").beginArray();
    writeEvents(json, point, found);
    json.endArray().endObject();
    return locate(
        Answers.of(request, json.take(), MediaFormat.JSON.type(), AskedPoint.freshness(point)),
        target,
        written,
        found);
  }

  /** An answer for any code ever used, whatever the date: history and successions are dateless. */
  private static Found find(Point point, String written) {
    return switch (CodeAnswer.find(point, written)) {
      case Found found -> found;
      case NotInForce sought ->
          CodeAnswer.lastKnown(sought.release(), sought.states(), point.date());
      case BeforeHorizon sought when !sought.states().isEmpty() ->
          CodeAnswer.lastKnown(sought.release(), sought.states(), point.date());
      case BeforeHorizon(String code, var _, var _) ->
          throw CodeProblems.unknown(point, code).exception();
      case Unknown(String code) -> throw CodeProblems.unknown(point, code).exception();
    };
  }

  private static void writeEvents(JsonWriter json, Point point, Found found) {
    Node node = new Node(point.referential().id(), found.state().code());
    for (EventsOfDay happening : EventsOfDay.list(point.registry(), node, found.release())) {
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
  HttpResponse<byte[]> listPredecessors(HttpRequest<?> request) {
    return listHeirs(request, false);
  }

  /** What a code became. */
  @Get("/v1/referentials/{ref}/codes/{code:[^/]+}/successors")
  HttpResponse<byte[]> listSuccessors(HttpRequest<?> request) {
    return listHeirs(request, true);
  }

  private HttpResponse<byte[]> listHeirs(HttpRequest<?> request, boolean successors) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat.choose(request, target, JSON);
    Point point = AskedPoint.find(points.registry(), points.today(), target, REF);
    String written = AskedPoint.code(target, CODE);
    Found found = find(point, written);
    Node node = new Node(point.referential().id(), found.state().code());
    List<Kin> heirs =
        successors
            ? Kin.listSuccessors(point.registry(), node, found.release())
            : Kin.listPredecessors(point.registry(), node, found.release());
    JsonWriter json = new JsonWriter();
    json.beginObject()
        .member("referential", point.referential().id())
        .member("release", found.release().edition())
        .member("code", node.code())
        .member("total", heirs.size())
        .name("items")
        .beginArray();
    heirs.forEach(heir -> heir.writeTo(json));
    json.endArray().endObject();
    return locate(
        Answers.of(request, json.take(), MediaFormat.JSON.type(), AskedPoint.freshness(point))
            .header("X-Total-Count", Integer.toString(heirs.size())),
        target,
        written,
        found);
  }

  /** What stands above a code. */
  @Get("/v1/referentials/{ref}/codes/{code:[^/]+}/ancestors")
  HttpResponse<byte[]> listAncestors(HttpRequest<?> request) {
    return listRelatives(request, JSON, true);
  }

  /** What stands under a code; there may be thousands, so it does not hold the event loop. */
  @Get("/v1/referentials/{ref}/codes/{code:[^/]+}/descendants")
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<byte[]> listDescendants(HttpRequest<?> request) {
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
    Found found = get(point, written);
    LocalDate day = found.linkDate(point.date());
    Node start = new Node(point.referential().id(), found.state().code());
    List<Node> all =
        above
            ? point.registry().listAncestors(start, found.release(), day)
            : point.registry().listDescendants(start, found.release(), day);
    List<Node> nodes =
        all.stream().filter(n -> only.isEmpty() || n.referential().equals(only.get())).toList();
    SortedMap<String, @Nullable LocalDate> unknown =
        above
            ? point.registry().listUnknownAbove(start, all, found.release(), day)
            : point.registry().listUnknownBelow(start, all, found.release(), day);
    LocalDate horizon = only.map(unknown::get).orElse(null);
    if (horizon != null) {
      throw Points.beforeHorizon(only.orElseThrow(), horizon, day)
          .with("code", start.code())
          .exception();
    }
    List<String> notKnown =
        unknown.keySet().stream().filter(id -> only.isEmpty() || id.equals(only.get())).toList();
    Standing standing = new Standing(point.registry(), found.release(), day);
    Map<Node, Validity> doubts =
        above ? standing.listDoubtsAbove(start) : standing.listDoubtsBelow(start);
    byte[] body;
    if (format == MediaFormat.CSV) {
      boolean dated = point.referential().horizon() != null;
      List<@Nullable String> header =
          new ArrayList<>(List.of("referential", "code", "label", "level"));
      if (dated) {
        header.add("known");
      }
      CsvTable table = CsvTable.of(target).line(header);
      for (Node node : nodes) {
        ConceptState state = Kin.state(point.registry(), found.release(), node, day);
        List<@Nullable String> cells = new ArrayList<>(5);
        cells.add(node.referential());
        cells.add(node.code());
        cells.add(state == null ? null : state.label());
        cells.add(state == null ? null : state.level());
        if (dated) {
          Validity known = doubts.get(node);
          cells.add(known == null ? null : known.toString());
        }
        table.line(cells);
      }
      body = table.take();
    } else {
      JsonWriter json = new JsonWriter(256 + 100 * nodes.size());
      boolean lines = format == MediaFormat.NDJSON;
      if (!lines) {
        json.beginObject()
            .member("referential", start.referential())
            .member("release", found.release().edition())
            .member("date", day)
            .member("code", start.code())
            .member("total", nodes.size())
            .name("items")
            .beginArray();
      }
      for (Node node : nodes) {
        ConceptState state = Kin.state(point.registry(), found.release(), node, day);
        json.beginObject()
            .member("referential", node.referential())
            .member("code", node.code())
            .member("label", state == null ? null : state.label())
            .member("level", state == null ? null : state.level());
        CodeWriter.writeKnown(json, null, doubts.get(node));
        json.endObject();
        if (lines) {
          json.endLine();
        }
      }
      if (!lines) {
        json.endArray();
        if (!notKnown.isEmpty()) {
          json.name("notKnown").value(notKnown);
        }
        json.endObject();
      }
      body = json.take();
    }
    MutableHttpResponse<byte[]> response =
        Answers.of(request, body, format.type(), AskedPoint.freshness(point))
            .header("X-Total-Count", Integer.toString(nodes.size()));
    return locate(Answers.tellNotKnown(response, notKnown), target, written, found);
  }
}
