package fr.pivot.lookup;

import fr.pivot.catalog.Reference;
import fr.pivot.http.Answers;
import fr.pivot.http.CsvTable;
import fr.pivot.http.Cursor;
import fr.pivot.http.Freshness;
import fr.pivot.http.JsonWriter;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.ProblemException;
import fr.pivot.http.RequestTarget;
import fr.pivot.lookup.Sought.Found;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists and filters the codes of a referential, a page at a time. */
@Controller
final class CodeListController {

  private static final List<MediaFormat> FORMATS =
      List.of(MediaFormat.JSON, MediaFormat.CSV, MediaFormat.NDJSON);
  private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]+");

  private final Points points;
  private final Fields fields;

  CodeListController(Points points, Fields fields) {
    this.points = points;
    this.fields = fields;
  }

  /** A page of codes. It reads them all to count them, so it does not hold the event loop. */
  @Get("/v1/referentials/{ref}/codes")
  @Produces(MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<byte[]> listCodes(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, FORMATS);
    int limit = target.number("limit", 1, 1000, 100);
    Point point = points.find(target, 2);
    Freshness freshness = point.freshness();
    String after = "";
    Optional<String> cursor = target.find("cursor", CURSOR, 1000, Cursor.expected());
    if (cursor.isPresent()) {
      List<String> words = Cursor.read(cursor.get(), 3);
      point = resume(point, words.get(0), words.get(1));
      after = words.get(2);
    }
    CodeFilter filter = new CodeFilter(target, point);
    CodeWriter writer =
        new CodeWriter(point, fields.select(target, point, format == MediaFormat.CSV));
    List<Found> all = filter.list();
    int start = start(all, after);
    List<Found> page = all.subList(start, Math.min(all.size(), start + limit));
    String next =
        start + page.size() < all.size()
            ? Cursor.of(
                point.release().edition(), point.date().toString(), page.getLast().state().code())
            : null;
    byte[] body =
        switch (format) {
          case CSV -> {
            CsvTable table = CsvTable.of(target).line(writer.columns());
            page.forEach(found -> table.line(writer.line(found)));
            yield table.take();
          }
          case NDJSON -> {
            JsonWriter json = new JsonWriter(512 * (1 + page.size()));
            for (Found found : page) {
              writer.write(json, found);
              json.endLine();
            }
            yield json.take();
          }
          case JSON -> json(point, writer, all.size(), page, next);
        };
    MutableHttpResponse<byte[]> response =
        Answers.of(request, body, format.type(), freshness)
            .header("X-Total-Count", Integer.toString(all.size()));
    if (next != null) {
      response.header(HttpHeaders.LINK, '<' + address(target, next) + ">; rel=\"next\"");
    }
    return response;
  }

  /** The point of the first page, so that pages of one list agree whatever is published. */
  private Point resume(Point point, String edition, String date) {
    try {
      return points.find(new Reference(point.referential().id(), edition, LocalDate.parse(date)));
    } catch (DateTimeException | ProblemException _) {
      throw Cursor.invalid();
    }
  }

  private static int start(List<Found> all, String after) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).state().code().compareTo(after) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static byte[] json(
      Point point, CodeWriter writer, int total, List<Found> page, @Nullable String next) {
    JsonWriter json = new JsonWriter(512 * (1 + page.size()));
    json.beginObject()
        .member("referential", point.referential().id())
        .member("release", point.release().edition())
        .member("date", point.date())
        .member("total", total)
        .name("items")
        .beginArray();
    page.forEach(found -> writer.write(json, found));
    return json.endArray().member("next", next).endObject().take();
  }

  private static String address(RequestTarget target, String next) {
    List<String> parameters = new ArrayList<>();
    target
        .parameters()
        .forEach(
            (name, value) -> {
              if (!name.equals("cursor")) {
                parameters.add(name + '=' + URLEncoder.encode(value, StandardCharsets.UTF_8));
              }
            });
    parameters.add("cursor=" + next);
    return target.path() + '?' + String.join("&", parameters);
  }
}
