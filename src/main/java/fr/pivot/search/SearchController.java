package fr.pivot.search;

import fr.pivot.api.SearchApi;
import fr.pivot.catalog.Reference;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Answers;
import fr.pivot.http.Answers.Prepared;
import fr.pivot.http.Freshness;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.RequestTarget;
import fr.pivot.lookup.HotAnswers;
import fr.pivot.lookup.Within;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.text.JsonWriter;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Searches all referentials by name or code. */
@Controller
final class SearchController implements SearchApi {

  private static final Pattern ANYTHING = Pattern.compile("(?s).*\\S.*");
  private static final Pattern REFERENCES = Pattern.compile("[a-z0-9][^,]*(,[a-z0-9][^,]*)*");
  private static final Text LENGTH = new Text("de 1 à 200 caractères", "from 1 to 200 characters");

  private final NameSearches searches;
  private final Points points;
  private final HotAnswers hot;

  SearchController(NameSearches searches, Points points, HotAnswers hot) {
    this.searches = searches;
    this.points = points;
    this.hot = hot;
  }

  /** What a text may mean in every referential. */
  @Override
  @ExecuteOn(TaskExecutors.BLOCKING)
  public HttpResponse<byte[]> search(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat.choose(request, target, List.of(MediaFormat.JSON));
    NameSearch search = searches.current();
    LocalDate today = points.today();
    String text =
        target.find("q", ANYTHING, 200, LENGTH).orElseThrow(() -> ProblemType.invalid("q", LENGTH));
    Optional<LocalDate> date = target.findDate("date");
    int limit = target.number("limit", 1, 100, 10);
    List<Context> within =
        Within.list(target, search.registry()).stream()
            .map(node -> new Context(node.referential(), List.of(node.code()), true))
            .toList();
    Query query = new Query(text, Query.Mode.TYPED, Set.of(), within, limit);
    List<Point> asked =
        references(search, target).stream()
            .map(r -> Points.find(search.registry(), date.map(r::withDate).orElse(r), today))
            .toList();
    Instant published =
        asked.stream()
            .map(p -> p.release().publishedAt())
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    JsonWriter json = new JsonWriter();
    json.beginObject()
        .member("q", text)
        .member("date", date.orElse(today))
        .name("items")
        .beginArray();
    PlacedHit.list(search, asked, query).forEach(placed -> write(json, placed));
    Prepared answer =
        Answers.prepare(
            json.endArray().endObject().take(),
            MediaFormat.JSON.type(),
            Freshness.floating(published),
            null);
    if (Answers.isPlain(request)) {
      hot.put(target.address(), search.registry(), today, answer);
    }
    return answer.respond(request);
  }

  /** The referentials that are asked for; all that have an edition where none is. */
  private static List<Reference> references(NameSearch search, RequestTarget target) {
    Text expected =
        new Text(
            "des référentiels, comme communes,naf@rev2", "referentials, such as communes,naf@rev2");
    Optional<String> asked = target.find("referential", REFERENCES, 500, expected);
    if (asked.isPresent()) {
      List<Reference> list = new ArrayList<>();
      for (String reference : asked.get().split(",", -1)) {
        list.add(Points.reference(reference));
      }
      return list;
    }
    return search.registry().catalog().listReferentials().stream()
        .map(Referential::id)
        .filter(id -> search.registry().findCodes(id).isPresent())
        .map(Reference::latest)
        .toList();
  }

  private static void write(JsonWriter json, PlacedHit placed) {
    Point point = placed.point();
    Hit hit = placed.hit();
    json.beginObject()
        .member("referential", point.referential().id())
        .member("release", point.release().edition())
        .member("code", hit.code())
        .member("label", hit.label())
        .member("level", hit.level())
        .member("status", hit.inForce() ? "in-force" : "ceased");
    hit.named().writeTo(json);
    json.member("description", placed.place().orElse(null))
        .member("uri", point.address(hit.code()))
        .endObject();
  }
}
