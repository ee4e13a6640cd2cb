package fr.pivot.pages;

import fr.pivot.http.Freshness;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** Serves the home page. */
@Controller
final class HomeController {

  private final Points points;
  private final Assets assets;

  HomeController(Points points, Assets assets) {
    this.points = points;
    this.assets = assets;
  }

  /** The home page. */
  @Get("/")
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<byte[]> home(HttpRequest<?> request) {
    Frame frame = Frame.of(RequestTarget.of(request), assets);
    Registry registry = points.registry();
    HomePage page = HomePage.of(frame, registry);
    byte[] body = Html.of(out -> JtehomeGenerated.render(out, null, page));
    return HtmlPage.answer(request, body, Freshness.floating(registry.catalog().lastPublished()));
  }
}
