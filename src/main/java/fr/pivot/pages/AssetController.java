package fr.pivot.pages;

import fr.pivot.finding.ProblemType;
import fr.pivot.http.Answers;
import fr.pivot.http.Freshness;
import fr.pivot.http.RequestTarget;
import fr.pivot.pages.Assets.Asset;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** Serves the files that pages load. */
@Controller
final class AssetController {

  private static final Freshness FOR_EVER = new Freshness(true, null);

  private final Assets assets;

  AssetController(Assets assets) {
    this.assets = assets;
  }

  /** A file, under the digest of its content. */
  @Get("/assets/{digest}/{name}")
  @Produces(MediaType.ALL)
  HttpResponse<byte[]> asset(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    String name = target.segment(2);
    Asset asset =
        assets
            .find(name)
            .filter(a -> a.address().equals(target.path()))
            .orElseThrow(() -> ProblemType.NOT_FOUND.problem().exception());
    return Answers.of(request, asset.bytes(), type(name), FOR_EVER)
        .header("X-Content-Type-Options", "nosniff");
  }

  private static MediaType type(String name) {
    return MediaType.of(
        switch (name.substring(name.lastIndexOf('.') + 1)) {
          case "css" -> "text/css;charset=utf-8";
          case "js" -> "text/javascript;charset=utf-8";
          case "png" -> "image/png";
          case "txt" -> "text/plain;charset=utf-8";
          default -> "image/svg+xml";
        });
  }
}
