package fr.pivot.pages.check;

import fr.pivot.http.Answers;
import fr.pivot.http.Freshness;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.pages.Assets;
import fr.pivot.pages.Frame;
import fr.pivot.pages.Html;
import fr.pivot.pages.ReferentialChoice;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Serves the page that checks a file, and a file to try it with. */
@Controller
final class CheckController {

  private static final String SAMPLE = "exemple.csv";

  /** What French spreadsheets write; the page shows that it is recognised. */
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private final Points points;
  private final Assets assets;
  private final byte[] sample;

  CheckController(Points points, Assets assets) {
    this.points = points;
    this.assets = assets;
    this.sample = sample();
  }

  private static byte[] sample() {
    try (InputStream in = CheckController.class.getResourceAsStream("/pages/" + SAMPLE)) {
      if (in == null) {
        throw new IllegalStateException("/pages/" + SAMPLE + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).getBytes(WINDOWS_1252);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page. */
  @Get("/controler")
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<byte[]> page(HttpRequest<?> request) {
    Frame frame = Frame.of(RequestTarget.of(request), assets);
    Registry registry = points.registry();
    List<ReferentialChoice.Group> groups =
        ReferentialChoice.ofEditionsAndRules(frame, registry.catalog());
    byte[] body = Html.of(out -> JtecheckGenerated.render(out, null, frame, groups));
    return HtmlPage.answer(request, body, Freshness.floating(registry.catalog().lastPublished()));
  }

  /** The file to try it with. */
  @Get("/controler/" + SAMPLE)
  @Produces(MediaType.ALL)
  HttpResponse<byte[]> sample(HttpRequest<?> request) {
    return Answers.name(
        Answers.of(
            request,
            sample,
            MediaType.of("text/csv;header=present;charset=windows-1252"),
            Freshness.floating(null)),
        "subventions-exemple.csv",
        true);
  }
}
