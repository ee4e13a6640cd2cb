package fr.pivot.pages.align;

import fr.pivot.catalog.Catalog;
import fr.pivot.http.Freshness;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.pages.Assets;
import fr.pivot.pages.Frame;
import fr.pivot.pages.Html;
import fr.pivot.pages.ReferentialChoice;
import fr.pivot.registry.Points;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.util.List;

/** Serves the page that aligns a list. */
@Controller
final class AlignController {

  private final Points points;
  private final Assets assets;

  AlignController(Points points, Assets assets) {
    this.points = points;
    this.assets = assets;
  }

  /** The page; its script asks the API. */
  @Get("/aligner")
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<byte[]> align(HttpRequest<?> request) {
    Frame frame = Frame.of(RequestTarget.of(request), assets);
    Catalog catalog = points.registry().catalog();
    List<ReferentialChoice.Group> groups = ReferentialChoice.ofEditions(frame, catalog);
    byte[] body = Html.of(out -> JtealignGenerated.render(out, null, frame, groups));
    return HtmlPage.answer(request, body, Freshness.floating(catalog.lastPublished()));
  }
}
