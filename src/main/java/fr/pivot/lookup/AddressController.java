package fr.pivot.lookup;

import fr.pivot.api.AddressesApi;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.AskedLanguage;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.Unknown;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.text.PercentEncoding;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/**
 * The permanent addresses of codes: they lead to what describes the code today, as a page for whom
 * reads HTML, as data for all others.
 */
@Controller
final class AddressController implements AddressesApi {

  private final Points points;

  AddressController(Points points) {
    this.points = points;
  }

  /** Leads to the description of a code that was ever used. */
  @Get("/id/{ref}/{code:[^/]+}")
  @Override
  public HttpResponse<?> locate(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    return locate(request, target.segment(1), AskedPoint.code(target, 2));
  }

  /** The same for a code that is written with its referential, as {@code communes:93066}. */
  @Get("/id/{curie:[^/]+}")
  @Override
  public HttpResponse<?> locateCurie(HttpRequest<?> request) {
    String curie = RequestTarget.of(request).segment(1);
    int colon = curie.indexOf(':');
    String code = curie.substring(colon + 1);
    if (colon < 0 || !Points.isCode(code)) {
      throw ProblemType.MALFORMED_CODE.problem().exception();
    }
    return locate(request, curie.substring(0, colon), code);
  }

  private HttpResponse<?> locate(HttpRequest<?> request, String reference, String written) {
    Point point = points.find(Points.reference(reference));
    if (CodeAnswer.find(point, written) instanceof Unknown(String code)) {
      throw CodeProblems.unknown(point, code).exception();
    }
    String canonical = point.codes().findCanonical(written).orElse(written);
    String place = reference + "/codes/" + PercentEncoding.encode(canonical);
    String address =
        HtmlPage.isWanted(request)
            ? "/referentiels/" + place + (AskedLanguage.of(request).isEnglish() ? "?lang=en" : "")
            : "/v1/referentials/" + place;
    return HttpResponse.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.LOCATION, address)
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60")
        .header(HttpHeaders.VARY, "Accept, Accept-Language, Accept-Encoding");
  }
}
