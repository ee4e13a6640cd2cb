package fr.pivot.lookup;

import fr.pivot.catalog.Reference;
import fr.pivot.finding.ProblemException;
import fr.pivot.http.Answers;
import fr.pivot.http.Answers.Prepared;
import fr.pivot.http.CsvTable;
import fr.pivot.http.Cursor;
import fr.pivot.http.Freshness;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.RequestTarget;
import fr.pivot.lookup.NamesOfCodes.Named;
import fr.pivot.referential.Text;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.text.JsonWriter;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
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

  private static final Pattern ANYTHING = Pattern.compile("(?s).*\\S.*");
  private static final Text LENGTH = new Text("de 1 à 200 caractères", "from 1 to 200 characters");

  /** How many codes a page holds at most, and a ranked list in all. */
  private static final int MOST = 1000;

  private final Points points;
  private final Fields fields;
  private final NamesOfCodes names;
  private final HotAnswers hot;

  CodeListController(Points points, Fields fields, NamesOfCodes names, HotAnswers hot) {
    this.points = points;
    this.fields = fields;
    this.names = names;
    this.hot = hot;
  }

  /** A page of codes. It reads them all to count them, so it does not hold the event loop. */
  @Get("/v1/referentials/{ref}/codes")
  @Produces(MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<byte[]> listCodes(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, FORMATS);
    Optional<String> text = target.find("q", ANYTHING, 200, LENGTH);
    NamesOfCodes.@Nullable Snapshot named = text.isEmpty() ? null : names.snapshot();
    Registry registry = named == null ? points.registry() : named.registry();
    LocalDate today = points.today();
    Point point = AskedPoint.find(registry, points.today(), target, 2);
    Optional<List<String>> cursor =
        target.find("cursor", CURSOR, 1000, Cursor.expected()).map(c -> Cursor.read(c, 3));
    Point first = Points.known(cursor.isEmpty() ? point : resume(registry, point, cursor.get()));
    String after = cursor.isEmpty() ? "" : cursor.get().get(2);
    CodeFilter filter = new CodeFilter(target, first);
    int limit = target.number("limit", 1, MOST, 100);
    Page page =
        named == null
            ? pageByCode(filter.list(after, limit))
            : pageByRank(named, first, filter, text.orElseThrow(), after, limit);
    // How names are ranked may change, whatever the edition.
    Freshness freshness =
        named == null
            ? AskedPoint.freshness(point)
            : Freshness.floating(point.release().publishedAt());
    BetweenLists between = BetweenLists.find(first);
    if (between != null && named == null) {
      between = between.with(first, filter, after, page.last());
    }
    Prepared answer = answer(target, format, first, freshness, page, between);
    if (named != null && Answers.isPlain(request)) {
      hot.put(target.address(), registry, today, answer);
    }
    return Answers.tellNotKnown(
        answer.respond(request), between == null ? List.of() : between.codes());
  }

  /** The point of the first page, so that pages of one list agree whatever is published. */
  private Point resume(Registry registry, Point point, List<String> cursor) {
    try {
      return Points.find(
          registry,
          new Reference(point.referential().id(), cursor.get(0), LocalDate.parse(cursor.get(1))),
          points.today());
    } catch (DateTimeException | ProblemException _) {
      throw Cursor.invalid();
    }
  }

  /**
   * A page of a list.
   *
   * @param total how many codes all pages have
   * @param codes those of the page
   * @param named why they were found by name, in the same order; empty where no name was asked for
   * @param last what the next page begins after; null where this is the last
   */
  private record Page(int total, List<Found> codes, List<Named> named, @Nullable String last) {}

  private static Page pageByCode(Codes.Page page) {
    return new Page(
        page.total(),
        page.codes(),
        List.of(),
        page.more() ? page.codes().getLast().state().code() : null);
  }

  private static Page pageByRank(
      NamesOfCodes.Snapshot names,
      Point point,
      CodeFilter filter,
      String text,
      String after,
      int limit) {
    int start;
    try {
      start = after.isEmpty() ? 0 : Integer.parseInt(after);
    } catch (NumberFormatException _) {
      throw Cursor.invalid();
    }
    if (start < 0 || start > MOST) {
      throw Cursor.invalid();
    }
    int most = Math.min(MOST, start + limit + 1);
    List<Found> codes = new ArrayList<>();
    List<Named> named = new ArrayList<>();
    for (Named one : names.find(point, filter.wanted(text, most))) {
      Found found = filter.find(one.code());
      if (found != null) {
        codes.add(found);
        named.add(one);
      }
    }
    int from = Math.min(codes.size(), start);
    int to = Math.min(codes.size(), start + limit);
    return new Page(
        codes.size(),
        codes.subList(from, to),
        named.subList(from, to),
        to < codes.size() ? Integer.toString(to) : null);
  }

  private Prepared answer(
      RequestTarget target,
      MediaFormat format,
      Point point,
      Freshness freshness,
      Page page,
      @Nullable BetweenLists between) {
    CodeWriter writer =
        new CodeWriter(point, fields.select(target, point, format == MediaFormat.CSV));
    String next =
        page.last() == null
            ? null
            : Cursor.of(point.release().edition(), point.date().toString(), page.last());
    byte[] body =
        switch (format) {
          case CSV -> csv(target, writer, page);
          case NDJSON -> {
            JsonWriter json = new JsonWriter(512 * (1 + page.codes().size()));
            write(json, writer, page, json::endLine);
            yield json.take();
          }
          case JSON -> {
            JsonWriter json = new JsonWriter(512 * (1 + page.codes().size()));
            json.beginObject()
                .member("referential", point.referential().id())
                .member("release", point.release().edition())
                .member("date", point.date());
            if (between != null) {
              between.writeTo(json);
            }
            json.member("total", page.total()).name("items").beginArray();
            write(json, writer, page, () -> {});
            yield json.endArray().member("next", next).endObject().take();
          }
        };
    return Answers.prepare(body, format.type(), freshness, null)
        .ofList(
            page.total(),
            next == null ? null : '<' + target.with("cursor", next) + ">; rel=\"next\"");
  }

  private static void write(JsonWriter json, CodeWriter writer, Page page, Runnable after) {
    for (int i = 0; i < page.codes().size(); i++) {
      json.beginObject();
      writer.writeMembers(json, page.codes().get(i));
      if (!page.named().isEmpty()) {
        page.named().get(i).writeTo(json);
      }
      json.endObject();
      after.run();
    }
  }

  private static byte[] csv(RequestTarget target, CodeWriter writer, Page page) {
    CsvTable table = CsvTable.of(target);
    boolean named = target.find("q").isPresent();
    List<@Nullable String> header = new ArrayList<>(writer.columns());
    if (named) {
      header.addAll(List.of("score", "match", "matched"));
    }
    table.line(header);
    for (int i = 0; i < page.codes().size(); i++) {
      List<@Nullable String> cells = new ArrayList<>(writer.line(page.codes().get(i)));
      if (named) {
        Named one = page.named().get(i);
        cells.add(Named.decimal(one.score()));
        cells.add(one.kind());
        cells.add(one.name());
      }
      table.line(cells);
    }
    return table.take();
  }
}
