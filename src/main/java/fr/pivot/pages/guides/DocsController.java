package fr.pivot.pages.guides;

import fr.pivot.http.Contract;
import fr.pivot.http.Freshness;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.pages.Assets;
import fr.pivot.pages.Frame;
import fr.pivot.pages.Html;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/**
 * Serves the contract to read and to try: a light index that reads without a script, and the
 * reader, which weighs half a megabyte and is a page of its own.
 */
@Controller
final class DocsController {

  private final Contract contract;
  private final Assets assets;

  DocsController(Contract contract, Assets assets) {
    this.contract = contract;
    this.assets = assets;
  }

  /** What the contract holds. */
  @Get("/docs")
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<byte[]> index(HttpRequest<?> request) {
    Frame frame = Frame.of(RequestTarget.of(request), assets);
    byte[] body =
        Html.of(out -> JtedocsGenerated.render(out, null, frame, contract.listSubjects()));
    return HtmlPage.answer(request, body, Freshness.floating(null));
  }

  /** The reader. */
  @Get("/docs/essayer")
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<byte[]> reader(HttpRequest<?> request) {
    Frame frame = Frame.of(RequestTarget.of(request), assets);
    byte[] body = Html.of(out -> JtereaderGenerated.render(out, null, frame));
    return HtmlPage.answer(request, body, Freshness.floating(null));
  }
}
