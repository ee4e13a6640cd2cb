package fr.pivot.lookup;

import fr.pivot.api.ListsApi;
import fr.pivot.catalog.Reference;
import fr.pivot.finding.ProblemException;
import fr.pivot.http.Answers;
import fr.pivot.http.Answers.Prepared;
import fr.pivot.http.Cursor;
import fr.pivot.http.Freshness;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.Representation;
import fr.pivot.http.Representation.Page;
import fr.pivot.http.Representation.RowWriter;
import fr.pivot.http.RequestTarget;
import fr.pivot.lookup.NamesOfCodes.Named;
import fr.pivot.referential.Text;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.text.JsonWriter;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
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
final class CodeListController implements ListsApi {

  private static final List<MediaFormat> FORMATS =
      List.of(MediaFormat.JSON, MediaFormat.CSV, MediaFormat.NDJSON);
  private static final Pattern ANYTHING = Pattern.compile("(?s).*\\S.*");
  private static final Text LENGTH = new Text("de 1 à 200 caractères", "from 1 to 200 characters");

  /** How many codes a page holds at most, and a ranked list in all. */
  private static final int MOST = 1000;

  private final Points points;
  private final Fields fields;
  private final NamesOfCodes names;
  private final HotAnswers hot;
  private final WrittenCodes written;

  CodeListController(
      Points points, Fields fields, NamesOfCodes names, HotAnswers hot, WrittenCodes written) {
    this.points = points;
    this.fields = fields;
    this.names = names;
    this.hot = hot;
    this.written = written;
  }

  /** A page of codes. It reads them all to count them, so it does not hold the event loop. */
  @Override
  @ExecuteOn(TaskExecutors.BLOCKING)
  public HttpResponse<byte[]> listCodes(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, FORMATS);
    Optional<String> text = target.find("q", ANYTHING, 200, LENGTH);
    NamesOfCodes.@Nullable Snapshot named = text.isEmpty() ? null : names.snapshot();
    Registry registry = named == null ? points.registry() : named.registry();
    LocalDate today = points.today();
    Point point = AskedPoint.find(registry, points.today(), target, 2);
    Optional<List<String>> cursor = target.findCursor(3);
    Point first = Points.known(cursor.isEmpty() ? point : resume(registry, point, cursor.get()));
    String after = cursor.isEmpty() ? "" : cursor.get().get(2);
    CodeFilter filter = new CodeFilter(target, first);
    int limit = target.number("limit", 1, MOST, 100);
    Page<Line> page =
        named == null
            ? pageByCode(first, filter.list(after, limit))
            : pageByRank(named, first, filter, text.orElseThrow(), after, limit);
    CodeWriter writer =
        new CodeWriter(fields.select(target, first, format == MediaFormat.CSV), written);
    // How names are ranked may change, whatever the edition.
    Freshness freshness =
        named == null
            ? AskedPoint.freshness(point)
            : Freshness.floating(point.release().publishedAt());
    BetweenLists between = BetweenLists.find(first);
    if (between != null && named == null) {
      String last = page.next() == null ? null : page.rows().getLast().view().code();
      between = between.with(first, filter, after, last);
    }
    BetweenLists lists = between;
    Prepared answer =
        new Representation<>(target, format, new LineWriter(writer, named != null))
            .head(
                json -> {
                  json.member("referential", first.referential().id())
                      .member("release", first.release().edition())
                      .member("date", first.date());
                  if (lists != null) {
                    lists.writeTo(json);
                  }
                })
            .list(page, freshness);
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
   * A line of a list.
   *
   * @param named why it was found by name; null where no name was asked for
   */
  private record Line(CodeView view, @Nullable Named named) {}

  private static Page<Line> pageByCode(Point point, Codes.Page page) {
    return new Page<>(
        page.total(),
        page.codes().stream().map(found -> new Line(new CodeView(point, found), null)).toList(),
        page.more() ? next(point, page.codes().getLast().state().code()) : null);
  }

  /** The cursor of what comes after something: the next page is of the same point. */
  private static String next(Point point, String last) {
    return Cursor.of(point.release().edition(), point.date().toString(), last);
  }

  private static Page<Line> pageByRank(
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
    List<Line> lines = new ArrayList<>();
    for (Named one : names.find(point, filter.wanted(text, most))) {
      Found found = filter.find(one.code());
      if (found != null) {
        lines.add(new Line(new CodeView(point, found), one));
      }
    }
    int to = Math.min(lines.size(), start + limit);
    return new Page<>(
        lines.size(),
        lines.subList(Math.min(lines.size(), start), to),
        to < lines.size() ? next(point, Integer.toString(to)) : null);
  }

  /**
   * Writes the lines of a list.
   *
   * @param named whether they tell why they were found by name
   */
  private record LineWriter(CodeWriter codes, boolean named) implements RowWriter<Line> {

    @Override
    public void write(JsonWriter json, Line line) {
      json.beginObject();
      codes.writeMembers(json, line.view());
      if (line.named() != null) {
        line.named().writeTo(json);
      }
      json.endObject();
    }

    @Override
    public List<String> columns() {
      List<String> columns = new ArrayList<>(codes.columns());
      if (named) {
        columns.addAll(List.of("score", "match", "matched"));
      }
      return columns;
    }

    @Override
    public List<List<@Nullable String>> lines(Line line) {
      List<@Nullable String> cells = codes.line(line.view());
      Named one = line.named();
      if (one != null) {
        cells.add(Named.decimal(one.score()));
        cells.add(one.kind());
        cells.add(one.name());
      }
      return List.of(cells);
    }
  }
}
