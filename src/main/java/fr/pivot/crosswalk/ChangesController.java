package fr.pivot.crosswalk;

import fr.pivot.catalog.Reference;
import fr.pivot.crosswalk.Changes.Change;
import fr.pivot.http.Answers;
import fr.pivot.http.CsvTable;
import fr.pivot.http.Freshness;
import fr.pivot.http.JsonWriter;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.RequestTarget;
import fr.pivot.lookup.Point;
import fr.pivot.lookup.Points;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers what changed in a referential. */
@Controller
@Produces(MediaType.ALL)
final class ChangesController {

  private static final List<MediaFormat> ANY =
      List.of(MediaFormat.JSON, MediaFormat.CSV, MediaFormat.NDJSON);
  private static final Text POINT =
      new Text(
          "une édition ou une date, comme 2024 ou 2015-06-01",
          "an edition or a date, such as 2024 or 2015-06-01");

  private final Points points;

  ChangesController(Points points) {
    this.points = points;
  }

  /** What changed between two editions or dates. */
  @Get("/v1/referentials/{ref}/changes")
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<byte[]> listChanges(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, ANY);
    Reference reference = Points.reference(target.segment(2));
    Point from = points.find(at(target, "from", reference).orElseThrow(() -> missing("from")));
    Point to = points.find(at(target, "to", reference).orElse(reference));
    List<SuccessionKind> kinds = kinds(target);
    List<Change> changes =
        Changes.between(from, to).stream().filter(c -> kinds.contains(c.kind())).toList();
    byte[] body =
        switch (format) {
          case CSV -> {
            CsvTable table = CsvTable.of(target).line(ChangesWriter.COLUMNS);
            changes.forEach(c -> table.line(ChangesWriter.line(c)));
            yield table.take();
          }
          case NDJSON -> {
            JsonWriter json = new JsonWriter(256 * (1 + changes.size()));
            for (Change change : changes) {
              ChangesWriter.write(json, change);
              json.endLine();
            }
            yield json.take();
          }
          case JSON -> json(from, to, changes);
        };
    Instant published =
        from.release().publishedAt().isAfter(to.release().publishedAt())
            ? from.release().publishedAt()
            : to.release().publishedAt();
    boolean pinned = from.resolved().pinned() && to.resolved().pinned();
    return Answers.of(request, body, format.type(), new Freshness(pinned, published));
  }

  private static RuntimeException missing(String parameter) {
    return RequestTarget.invalid(parameter, POINT);
  }

  private static Optional<Reference> at(
      RequestTarget target, String parameter, Reference reference) {
    return target
        .find(parameter)
        .map(
            at ->
                Reference.parse(reference.referential() + '@' + at)
                    .orElseThrow(() -> missing(parameter)));
  }

  private static List<SuccessionKind> kinds(RequestTarget target) {
    List<SuccessionKind> all = List.of(SuccessionKind.values());
    List<String> known = all.stream().map(SuccessionKind::id).toList();
    return target
        .find("kind")
        .map(
            given ->
                Arrays.stream(given.split(",", -1))
                    .map(
                        word -> {
                          if (!known.contains(word)) {
                            String list = String.join(", ", known);
                            throw RequestTarget.invalid("kind", new Text(list, list));
                          }
                          return all.get(known.indexOf(word));
                        })
                    .toList())
        .orElse(all);
  }

  private static byte[] json(Point from, Point to, List<Change> changes) {
    JsonWriter json = new JsonWriter(256 * (1 + changes.size()));
    json.beginObject().member("referential", to.referential().id());
    write(json.name("from"), from);
    write(json.name("to"), to);
    Map<SuccessionKind, Integer> counts = new EnumMap<>(SuccessionKind.class);
    changes.forEach(c -> counts.merge(c.kind(), 1, Integer::sum));
    json.name("counts").beginObject();
    counts.forEach((kind, count) -> json.member(kind.id(), count));
    json.endObject().member("total", changes.size()).name("items").beginArray();
    changes.forEach(c -> ChangesWriter.write(json, c));
    return json.endArray().endObject().take();
  }

  private static void write(JsonWriter json, Point point) {
    json.beginObject()
        .member("release", point.release().edition())
        .member("date", point.date())
        .endObject();
  }
}
