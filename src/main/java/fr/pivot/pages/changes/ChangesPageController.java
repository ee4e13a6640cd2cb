package fr.pivot.pages.changes;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.changes.ChangeLists;
import fr.pivot.crosswalk.changes.Changes.Change;
import fr.pivot.crosswalk.changes.Territory;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Freshness;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.pages.Assets;
import fr.pivot.pages.Frame;
import fr.pivot.pages.Html;
import fr.pivot.pages.changes.Territories.Asked;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import fr.pivot.search.NameSearch;
import fr.pivot.search.NameSearches;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves what changed in a referential, as a page. */
@Controller
final class ChangesPageController {

  private static final String COMMUNES = "communes";

  /** How many changes a page tells at most, so that it weighs little. */
  private static final int MOST = 200;

  private final Points points;
  private final Assets assets;
  private final NameSearches searches;
  private final ChangeLists lists;

  ChangesPageController(Points points, Assets assets, NameSearches searches, ChangeLists lists) {
    this.points = points;
    this.assets = assets;
    this.searches = searches;
    this.lists = lists;
  }

  /** What changed between two editions or dates, by kind and territory. */
  @Get("/changements")
  @Produces(MediaType.TEXT_HTML)
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<byte[]> changes(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    Frame frame = Frame.of(target, assets);
    NameSearch search = searches.current();
    Registry registry = search.registry();
    LocalDate today = points.today();
    Referential referential = referential(registry, filled(target, "ref").orElse(COMMUNES));
    Release latest =
        registry
            .catalog()
            .findLatest(referential.id())
            .orElseThrow(
                () -> ProblemType.NO_EDITION.with("referential", referential.id()).exception());
    Point last = Points.find(registry, latest);
    Bound until =
        Bound.read(registry, referential, filled(target, "a").orElse(latest.edition()), today);
    Point to = until.point() == null ? last : until.point();
    Bound since =
        Bound.read(
            registry,
            referential,
            filled(target, "de").orElseGet(() -> before(registry, to)),
            today);
    Point from = since.point() == null ? to : since.point();
    if (until.wrong() == null && from.date().isAfter(to.date())) {
      since = since.after(until);
    }
    boolean wrong = since.wrong() != null || until.wrong() != null;
    SuccessionKind kind = kind(target);
    Asked asked = new Territories(search, to, today).find(filled(target, "dans").orElse(""));
    List<Change> all =
        wrong || asked instanceof Asked.Choose
            ? List.of()
            : new Territory(from, to, nodes(asked)).filter(lists.between(from, to));
    List<List<List<Change>>> parts =
        parts(
            ChangeTable.group(
                kind == null ? all : all.stream().filter(c -> c.kind() == kind).toList()));
    int pages = Math.max(1, parts.size());
    int number = target.number("page", 1, pages, 1);
    ChangesPage page =
        new ChangesPage(
            frame,
            loaded(registry, frame),
            Territories.around(registry, referential),
            registry.catalog().listReleases(referential.id()).reversed(),
            from,
            to,
            since,
            until,
            asked,
            kind,
            ChangeLists.count(all),
            ChangeTable.of(from, to, parts.isEmpty() ? List.of() : parts.get(number - 1)),
            number,
            pages,
            isKnown(from, asked));
    byte[] body = Html.of(out -> JtepageGenerated.render(out, null, page));
    return HtmlPage.answer(request, body, Freshness.floating(registry.catalog().lastPublished()));
  }

  /** A parameter that holds something: forms send empty fields too. */
  private static Optional<String> filled(RequestTarget target, String name) {
    return target.find(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static Referential referential(Registry registry, String id) {
    return registry
        .catalog()
        .findReferential(id)
        .orElseThrow(() -> Points.unknownReferential(registry, id));
  }

  /** Where it begins where nobody says: with the edition before, or a year before a day. */
  private static String before(Registry registry, Point to) {
    return to.resolved().pinned()
        ? registry.catalog().findBefore(to.release()).orElse(to.release()).edition()
        : to.date().minusYears(1).toString();
  }

  private static @Nullable SuccessionKind kind(RequestTarget target) {
    List<String> ids = Arrays.stream(SuccessionKind.values()).map(SuccessionKind::id).toList();
    Optional<String> id = filled(target, "nature");
    if (id.isEmpty()) {
      return null;
    }
    if (!ids.contains(id.get())) {
      String all = String.join(", ", ids);
      throw ProblemType.invalid("nature", new Text(all, all));
    }
    return SuccessionKind.values()[ids.indexOf(id.get())];
  }

  private static List<Referential> loaded(Registry registry, Frame frame) {
    return registry.catalog().listReferentials().stream()
        .filter(r -> registry.catalog().findLatest(r.id()).isPresent())
        .sorted(Comparator.comparing(r -> frame.say(r.title()), frame.order()))
        .toList();
  }

  private static List<Node> nodes(Asked asked) {
    return asked instanceof Asked.One one ? List.of(one.choice().node()) : List.of();
  }

  /** Groups of changes by the page that they are on; one that would fill a page alone is cut. */
  private static List<List<List<Change>>> parts(List<List<Change>> groups) {
    List<List<List<Change>>> parts = new ArrayList<>();
    int room = 0;
    for (List<Change> group : groups) {
      for (int start = 0; start < group.size(); start += MOST) {
        List<Change> piece = group.subList(start, Math.min(group.size(), start + MOST));
        if (piece.size() > room) {
          parts.add(new ArrayList<>());
          room = MOST;
        }
        parts.getLast().add(piece);
        room -= piece.size();
      }
    }
    return parts;
  }

  /** Whether the edition says anything of what lay in such territories when the stretch began. */
  private static boolean isKnown(Point from, Asked asked) {
    return nodes(asked).stream()
        .map(Node::referential)
        .filter(id -> from.referential().findLink(id).isPresent())
        .allMatch(
            id -> from.codes().statesLinks(Relation.BROADER, id, from.release(), from.date()));
  }
}
