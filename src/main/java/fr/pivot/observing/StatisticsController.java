package fr.pivot.observing;

import fr.pivot.api.StatisticsApi;
import fr.pivot.api.model.AskedCountBody;
import fr.pivot.api.model.AskedCountOutcomeBody;
import fr.pivot.api.model.StatisticsBody;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** Tells how many codes were asked for. */
@Controller
class StatisticsController implements StatisticsApi {

  private final Statistics statistics;

  StatisticsController(Statistics statistics) {
    this.statistics = statistics;
  }

  /** The last days that are over. */
  @Override
  @ExecuteOn(TaskExecutors.BLOCKING)
  public HttpResponse<StatisticsBody> statistics() {
    List<Statistics.Line> lines = statistics.list();
    return HttpResponse.ok(
            new StatisticsBody(
                Statistics.FEWEST,
                Statistics.total(lines),
                lines.stream().map(StatisticsController::body).toList()))
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=600");
  }

  private static AskedCountBody body(Statistics.Line line) {
    AskedCountBody body =
        new AskedCountBody(
            line.day(),
            line.edition().referential(),
            line.edition().edition(),
            AskedCountOutcomeBody.fromValue(line.outcome().id()));
    if (line.isTold()) {
      body.setCount(line.count());
    }
    return body;
  }
}
