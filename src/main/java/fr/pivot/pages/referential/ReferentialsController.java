package fr.pivot.pages.referential;

import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.changes.ChangeLists;
import fr.pivot.http.Freshness;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.pages.Assets;
import fr.pivot.pages.Frame;
import fr.pivot.pages.HomePage;
import fr.pivot.pages.Html;
import fr.pivot.pages.Summaries;
import fr.pivot.pages.changes.ChangeTable;
import fr.pivot.pages.referential.ReferentialPage.Changed;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the pages of referentials. */
@Controller
public final class ReferentialsController {

  private static final int REF = 1;

  /** How many changes are told here; all of them have a page of their own. */
  private static final int MOST_TOLD = 12;

  private final Points points;
  private final Assets assets;
  private final Summaries summaries;
  private final ChangeLists lists;

  ReferentialsController(Points points, Assets assets, Summaries summaries, ChangeLists lists) {
    this.points = points;
    this.assets = assets;
    this.summaries = summaries;
    this.lists = lists;
  }

  /** All referentials. */
  @Get("/referentiels")
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<byte[]> list(HttpRequest<?> request) {
    Frame frame = Frame.of(RequestTarget.of(request), assets);
    Registry registry = points.registry();
    byte[] body =
        Html.of(
            out ->
                JtereferentialsGenerated.render(
                    out, null, frame, HomePage.groups(registry.catalog(), false)));
    return HtmlPage.answer(request, body, Freshness.floating(registry.catalog().lastPublished()));
  }

  /** A referential. */
  @Get("/referentiels/{ref}")
  @Produces(MediaType.TEXT_HTML)
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<byte[]> referential(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    Frame frame = Frame.of(target, assets);
    Reference reference = Points.reference(target.segment(REF));
    Registry registry = points.registry();
    Referential referential =
        registry
            .catalog()
            .findReferential(reference.referential())
            .orElseThrow(() -> Points.unknownReferential(registry, reference.referential()));
    ReferentialPage page;
    if (reference.edition() == null && registry.catalog().findLatest(referential.id()).isEmpty()) {
      page = ReferentialPage.of(frame, registry, referential, null, false, Map.of(), null);
    } else {
      Point point = Points.find(registry, reference, points.today());
      Release release = point.release();
      page =
          ReferentialPage.of(
              frame,
              registry,
              referential,
              release,
              point.resolved().pinned(),
              summaries.countLevels(point),
              changed(registry, release));
    }
    byte[] body = Html.of(out -> JtereferentialGenerated.render(out, null, page));
    return HtmlPage.answer(request, body, Freshness.floating(registry.catalog().lastPublished()));
  }

  private @Nullable Changed changed(Registry registry, Release release) {
    return registry
        .catalog()
        .findBefore(release)
        .map(
            before ->
                new Changed(
                    before,
                    lists.count(registry, release),
                    ChangeTable.first(
                        Points.find(registry, before),
                        Points.find(registry, release),
                        lists.of(registry, release),
                        MOST_TOLD)))
        .orElse(null);
  }
}
