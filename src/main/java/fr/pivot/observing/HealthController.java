package fr.pivot.observing;

import fr.pivot.admission.Background;
import fr.pivot.api.HealthApi;
import fr.pivot.api.model.HealthBody;
import fr.pivot.api.model.HealthStatusBody;
import fr.pivot.api.model.LivenessBody;
import fr.pivot.api.model.LivenessStatusBody;
import fr.pivot.api.model.ReadinessBody;
import fr.pivot.api.model.ReadinessStatusBody;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.MediaFormat;
import fr.pivot.registry.Points;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Produces;
import java.math.BigDecimal;
import java.util.List;

/**
 * Says whether lookups are answered, whether the process answers, and whether it should be sent
 * requests; as JSON, whatever a probe would accept. The database is not asked: hot answers do
 * without it, and a probe that waits is worse than one that says no.
 */
@Controller
class HealthController implements HealthApi {

  private final Points points;
  private final Readiness readiness;

  HealthController(Points points, Readiness readiness) {
    this.points = points;
    this.readiness = readiness;
  }

  /** 200 once the referentials are loaded, 503 before. */
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
    return answer(body);
  }

  /** 200, always. */
  @Override
  @Produces(MediaType.ALL)
  public HttpResponse<LivenessBody> live() {
    return answer(new LivenessBody(LivenessStatusBody.LIVE));
  }

  /** 200 where requests should be sent here, 503 with the reasons otherwise. */
  @Override
  @Produces(MediaType.ALL)
  public HttpResponse<ReadinessBody> ready() {
    List<Readiness.Reason> reasons = readiness.listReasons();
    if (!reasons.isEmpty()) {
      throw ProblemType.UNAVAILABLE
          .with("reasons", reasons.stream().map(Readiness.Reason::toString).toList())
          .exception();
    }
    return answer(
        new ReadinessBody(
            ReadinessStatusBody.READY,
            points.registry().listAll().size(),
            BigDecimal.valueOf(readiness.sinceReached().toMillis(), 3),
            BigDecimal.valueOf(readiness.behind().toMillis(), 3)));
  }

  private static <T> HttpResponse<T> answer(T body) {
    return HttpResponse.ok(body)
        .contentType(MediaFormat.JSON.type())
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
