package fr.pivot.pages;

import fr.pivot.catalog.Release;
import fr.pivot.codebook.Registry;
import fr.pivot.http.Freshness;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.lookup.Points;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

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
    return HtmlPage.answer(request, body, Freshness.floating(published(registry)));
  }

  /** When something was last published. */
  static @Nullable Instant published(Registry registry) {
    return registry.catalog().listReferentials().stream()
        .flatMap(r -> registry.catalog().listReleases(r.id()).stream())
        .map(Release::publishedAt)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }
}
