package fr.pivot.pages;

import fr.pivot.catalog.Reference;
import fr.pivot.http.Freshness;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.pages.SearchPage.Result;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.search.Hit;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Serves what a search finds. */
@Controller
final class SearchPageController {

  /** How many results a page has. */
  private static final int MOST = 40;

  /** How many codes tied to what was asked are shown of a referential before the others fold. */
  private static final int MOST_TIED = 3;

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
            .sorted(Comparator.comparing(r -> frame.say(r.title()), frame.order()))
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
            : results(
                PlacedHit.list(
                    search, asked, new Query(q, Query.Mode.TYPED, Set.of(), List.of(), MOST)));
    SearchPage page = new SearchPage(frame, q, within, loaded, results);
    byte[] body = Html.of(out -> JtesearchGenerated.render(out, null, page));
    return HtmlPage.answer(request, body, Freshness.floating(registry.catalog().lastPublished()));
  }

  /**
   * What is shown of what was found: beside what is called exactly so, nothing that is only spelt
   * nearly so; of what is tied to a code, such as the postal codes of Paris, a few unless asked.
   */
  private static List<Result> results(List<PlacedHit> found) {
    boolean exact =
        found.stream()
            .map(p -> p.hit().kind())
            .anyMatch(k -> k == Hit.Kind.CODE || k == Hit.Kind.NAME);
    Map<String, List<Result>> tied = new HashMap<>();
    List<Result> results = new ArrayList<>();
    for (PlacedHit placed : found) {
      Hit hit = placed.hit();
      if (exact && hit.kind() == Hit.Kind.SPELLING) {
        continue;
      }
      Referential referential = placed.point().referential();
      Result result = new Result(referential, placed.place().orElse(""), hit, new ArrayList<>());
      if (hit.kind() == Hit.Kind.LINKED) {
        List<Result> same = tied.computeIfAbsent(referential.id(), _ -> new ArrayList<>());
        if (same.size() == MOST_TIED) {
          same.getLast().folded().add(result);
          continue;
        }
        same.add(result);
      }
      results.add(result);
    }
    return results;
  }
}
