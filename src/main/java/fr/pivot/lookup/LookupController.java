package fr.pivot.lookup;

import fr.pivot.api.LookupApi;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Answers;
import fr.pivot.http.AskedLanguage;
import fr.pivot.http.CsvTable;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.body.HeavyWork;
import fr.pivot.http.body.RequestBody;
import fr.pivot.http.body.Upload;
import fr.pivot.registry.AskedCodes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers what many codes mean or meant, as they come. */
@Controller
final class LookupController implements LookupApi {

  private static final List<MediaFormat> JSON_FIRST =
      List.of(MediaFormat.JSON, MediaFormat.NDJSON, MediaFormat.CSV);
  private static final List<MediaFormat> LINES_FIRST =
      List.of(MediaFormat.NDJSON, MediaFormat.JSON, MediaFormat.CSV);
  private static final List<MediaFormat> CSV_FIRST =
      List.of(MediaFormat.CSV, MediaFormat.JSON, MediaFormat.NDJSON);

  private final Points points;
  private final Fields fields;
  private final WrittenCodes written;
  private final HeavyWork heavy;
  private final AskedCodes asked;

  LookupController(
      Points points, Fields fields, WrittenCodes written, HeavyWork heavy, AskedCodes asked) {
    this.points = points;
    this.fields = fields;
    this.written = written;
    this.heavy = heavy;
    this.asked = asked;
  }

  /** Many codes at once. Reading the body may block, so it does not hold the event loop. */
  @Override
  @ExecuteOn(HeavyWork.THREADS)
  public HttpResponse<InputStream> lookup(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    return heavy.answerBulk(request, body, codes -> lookedUp(request, codes));
  }

  private HttpResponse<InputStream> lookedUp(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat given =
        MediaFormat.ofBody(request.getHeaders().get(HttpHeaders.CONTENT_TYPE))
            .orElseThrow(() -> ProblemType.UNSUPPORTED_MEDIA_TYPE.problem().exception());
    MediaFormat format =
        MediaFormat.choose(
            request,
            target,
            switch (given) {
              case JSON -> JSON_FIRST;
              case NDJSON -> LINES_FIRST;
              case CSV -> CSV_FIRST;
            });
    Point point = AskedPoint.find(points.registry(), points.today(), target, 2);
    Fields.Selection selection = fields.select(target, point, format == MediaFormat.CSV);
    CsvTable table = CsvTable.of(target);
    BulkBody in = BulkBody.of(RequestBody.open(request, body), RequestBody.announced(request));
    BulkItems items =
        switch (given) {
          case JSON -> BulkItems.ofJson(in);
          case NDJSON -> BulkItems.ofLines(in);
          case CSV ->
              BulkItems.ofCsv(in, target.find("column").orElse(null), point.referential().id());
        };
    InputStream answers =
        new BulkAnswers(
            in,
            items,
            point,
            selection,
            written,
            format,
            table,
            AskedLanguage.of(request),
            asked.of(point));
    return Answers.describeStream(
        HttpResponse.ok(Upload.answer(request, answers)).contentType(format.type()));
  }
}
