package fr.pivot.lookup;

import fr.pivot.admission.Background;
import fr.pivot.api.HealthApi;
import fr.pivot.api.model.HealthBody;
import fr.pivot.api.model.HealthStatusBody;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.MediaFormat;
import fr.pivot.registry.Points;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Produces;
import java.util.List;

/** Says whether lookups are answered. The database is not asked: hot answers do without it. */
@Controller
class HealthController implements HealthApi {

  private final Points points;

  HealthController(Points points) {
    this.points = points;
  }

  /** 200 once the referentials are loaded, 503 before; as JSON, whatever a probe would accept. */
  @Override
  @Produces(MediaType.ALL)
  public HttpResponse<HealthBody> health() {
    int loaded = points.registry().listAll().size();
    if (loaded == 0) {
      throw ProblemType.UNAVAILABLE.problem().exception();
    }
    HealthBody body = new HealthBody(HealthStatusBody.UP, loaded);
    List<String> restarted = Background.listFailed();
    if (!restarted.isEmpty()) {
      body.setRestarted(restarted);
    }
    return HttpResponse.ok(body)
        .contentType(MediaFormat.JSON.type())
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
