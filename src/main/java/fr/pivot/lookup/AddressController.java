package fr.pivot.lookup;

import fr.pivot.http.RequestTarget;
import fr.pivot.lookup.Sought.Unknown;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** The permanent addresses of codes: they lead to what describes the code today. */
@Controller
final class AddressController {

  private final Points points;

  AddressController(Points points) {
    this.points = points;
  }

  /** Leads to the description of a code that was ever used. */
  @Get("/id/{ref}/{code:[^/]+}")
  @Produces(MediaType.ALL)
  HttpResponse<?> locate(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    Point point = points.find(target, 1);
    String written = Points.code(target, 2);
    if (Sought.find(point, written) instanceof Unknown(String code)) {
      throw CodeProblems.unknown(point, code).exception();
    }
    String canonical = point.codebook().findCanonical(written).orElse(written);
    return HttpResponse.status(HttpStatus.SEE_OTHER)
        .header(
            HttpHeaders.LOCATION,
            "/v1/referentials/" + target.segment(1) + "/codes/" + CodeWriter.encode(canonical))
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60")
        .header(HttpHeaders.VARY, "Accept, Accept-Language");
  }
}
