package fr.pivot.pages.guides;

import fr.pivot.finding.ProblemType;
import fr.pivot.http.Freshness;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.ServerAddress;
import fr.pivot.pages.Assets;
import fr.pivot.pages.Frame;
import fr.pivot.pages.Html;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** Serves the guides. */
@Controller
final class GuidesController {

  /** An address that may stand in an example. Others are what a stranger made up. */
  private final Guides guides;

  private final Assets assets;
  private final ServerAddress server;

  GuidesController(Guides guides, Assets assets, ServerAddress server) {
    this.guides = guides;
    this.assets = assets;
    this.server = server;
  }

  /** All guides. */
  @Get("/guides")
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<byte[]> list(HttpRequest<?> request) {
    Frame frame = Frame.of(RequestTarget.of(request), assets);
    byte[] body =
        Html.of(out -> JteguidesGenerated.render(out, null, frame, guides.list(frame.language())));
    return HtmlPage.answer(request, body, Freshness.floating(null));
  }

  /** A guide. */
  @Get("/guides/{guide}")
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<byte[]> guide(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    Frame frame = Frame.of(target, assets);
    Guide guide =
        guides
            .find(target.segment(1), frame.language())
            .orElseThrow(() -> ProblemType.NOT_FOUND.problem().exception());
    GuidePage page = GuidePage.of(frame, guide, guides.list(frame.language()), server.of(request));
    byte[] body = Html.of(out -> JteguideGenerated.render(out, null, page));
    return ServerAddress.vary(HtmlPage.answer(request, body, Freshness.floating(null)));
  }
}
