package fr.pivot.pages;

import fr.pivot.catalog.Reference;
import fr.pivot.codebook.Registry;
import fr.pivot.http.Freshness;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.lookup.Point;
import fr.pivot.lookup.Points;
import fr.pivot.pages.SearchPage.Result;
import fr.pivot.referential.Referential;
import fr.pivot.search.NameSearch;
import fr.pivot.search.NameSearches;
import fr.pivot.search.PlacedHit;
import fr.pivot.search.Query;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Serves what a search finds. */
@Controller
final class SearchPageController {

  /** How many results a page has. */
  private static final int MOST = 40;

  private final Points points;
  private final Assets assets;
  private final NameSearches searches;

  SearchPageController(Points points, Assets assets, NameSearches searches) {
    this.points = points;
    this.assets = assets;
    this.searches = searches;
  }

  /** What a name or a code may mean, in one referential or in all. */
  @Get("/recherche")
  @Produces(MediaType.TEXT_HTML)
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<byte[]> search(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    Frame frame = Frame.of(target, assets);
    String q = target.find("q").orElse("").strip();
    String within = target.find("dans").orElse("");
    NameSearch search = searches.current();
    Registry registry = search.registry();
    List<Referential> loaded =
        registry.catalog().listReferentials().stream()
            .filter(r -> registry.catalog().findLatest(r.id()).isPresent())
            .sorted(Comparator.comparing(r -> r.title().in(frame.language())))
            .toList();
    if (!within.isEmpty() && loaded.stream().noneMatch(r -> r.id().equals(within))) {
      throw Points.unknownReferential(registry, within);
    }
    List<Point> asked =
        loaded.stream()
            .map(Referential::id)
            .filter(id -> within.isEmpty() || within.equals(id))
            .map(id -> Points.find(registry, Reference.latest(id), points.today()))
            .toList();
    List<Result> results =
        q.isEmpty()
            ? List.of()
            : PlacedHit.list(
                    search, asked, new Query(q, Query.Mode.TYPED, Set.of(), List.of(), MOST))
                .stream()
                .map(SearchPageController::result)
                .toList();
    SearchPage page = new SearchPage(frame, q, within, loaded, results);
    byte[] body = Html.of(out -> JtesearchGenerated.render(out, null, page));
    return HtmlPage.answer(request, body, Freshness.floating(HomeController.published(registry)));
  }

  private static Result result(PlacedHit placed) {
    return new Result(placed.point().referential(), placed.place().orElse(""), placed.hit());
  }
}
