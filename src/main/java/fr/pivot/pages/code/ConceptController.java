package fr.pivot.pages.code;

import fr.pivot.crosswalk.Crosswalks;
import fr.pivot.http.Freshness;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.lookup.AskedPoint;
import fr.pivot.lookup.CodeProblems;
import fr.pivot.pages.Assets;
import fr.pivot.pages.Frame;
import fr.pivot.pages.Html;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.BeforeHorizon;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.NotInForce;
import fr.pivot.registry.CodeAnswer.Unknown;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Serves the pages of codes. */
@Controller
final class ConceptController {

  private static final int REF = 1;
  private static final int CODE = 3;

  private final Points points;
  private final Assets assets;
  private final Crosswalks crosswalks;

  ConceptController(Points points, Assets assets, Crosswalks crosswalks) {
    this.points = points;
    this.assets = assets;
    this.crosswalks = crosswalks;
  }

  /**
   * The page of a code that was ever used. Where it is not in force on the day that is asked for,
   * the page says so and tells what it was.
   */
  @Get("/referentiels/{ref}/codes/{code:[^/]+}")
  @Produces(MediaType.TEXT_HTML)
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<?> concept(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    Frame frame = Frame.of(target, assets);
    Point point = AskedPoint.find(points.registry(), points.today(), target, REF);
    String written = AskedPoint.code(target, CODE);
    String code = point.codes().findCanonical(written).orElse(written);
    if (!code.equals(written)) {
      return HttpResponse.status(HttpStatus.MOVED_PERMANENTLY)
          .header(HttpHeaders.LOCATION, frame.code(target.segment(REF), code));
    }
    return switch (CodeAnswer.find(point, code)) {
      case Found in -> page(request, frame, new CodeView(point, in), null);
      case NotInForce not ->
          page(
              request, frame, CodeView.lastKnown(point, not.release(), not.states()), point.date());
      case BeforeHorizon before when !before.states().isEmpty() ->
          page(
              request,
              frame,
              CodeView.lastKnown(point, before.release(), before.states()),
              point.date());
      case BeforeHorizon before -> throw CodeProblems.beforeHorizon(point, before).exception();
      case Unknown(String unknown) -> throw CodeProblems.unknown(point, unknown).exception();
    };
  }

  private HttpResponse<?> page(
      HttpRequest<?> request, Frame frame, CodeView view, @Nullable LocalDate missed) {
    ConceptPage page = ConceptPage.of(frame, view, missed, points.today(), crosswalks);
    byte[] body = Html.of(out -> JteconceptGenerated.render(out, null, page));
    // Even at a named edition it tells of the other editions, so it does not stay for ever.
    return HtmlPage.answer(request, body, Freshness.floating(view.point().release().publishedAt()));
  }
}
