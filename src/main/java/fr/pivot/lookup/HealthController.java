package fr.pivot.lookup;

import fr.pivot.finding.ProblemType;
import fr.pivot.http.MediaFormat;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.text.JsonWriter;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** Says whether lookups are answered. The database is not asked: hot answers do without it. */
@Controller
final class HealthController {

  private final Points points;

  HealthController(Points points) {
    this.points = points;
  }

  /** 200 once the referentials are loaded, 503 before. */
  @Get("/health")
  @Produces(MediaType.ALL)
  HttpResponse<byte[]> health() {
    Registry registry = points.registry();
    int loaded = registry.listAll().size();
    if (loaded == 0) {
      throw ProblemType.UNAVAILABLE.problem().exception();
    }
    JsonWriter json = new JsonWriter(64);
    json.beginObject().member("status", "up").member("referentials", loaded).endObject();
    return HttpResponse.ok(json.take())
        .contentType(MediaFormat.JSON.type())
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
