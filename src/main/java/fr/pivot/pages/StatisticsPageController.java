package fr.pivot.pages;

import fr.pivot.http.Freshness;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.observing.Statistics;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Shows how many codes were asked for. */
@Controller
final class StatisticsPageController {

  private final Statistics statistics;
  private final Assets assets;

  StatisticsPageController(Statistics statistics, Assets assets) {
    this.statistics = statistics;
    this.assets = assets;
  }

  /** The last days that are over. */
  @Get("/statistiques")
  @Produces(MediaType.TEXT_HTML)
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<byte[]> statistics(HttpRequest<?> request) {
    Frame frame = Frame.of(RequestTarget.of(request), assets);
    StatisticsPage page = new StatisticsPage(frame, statistics.list());
    byte[] body = Html.of(out -> JtestatisticsGenerated.render(out, null, page));
    return HtmlPage.answer(request, body, Freshness.floating(null));
  }
}
