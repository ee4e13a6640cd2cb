package fr.pivot.crosswalk.changes;

import fr.pivot.admission.Work;
import fr.pivot.api.ChangesApi;
import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.changes.Changes.Change;
import fr.pivot.crosswalk.changes.ChangesFeed.Brought;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Answers;
import fr.pivot.http.AskedLanguage;
import fr.pivot.http.AtomFeed;
import fr.pivot.http.Freshness;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.Negotiable;
import fr.pivot.http.Representation;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.ServerAddress;
import fr.pivot.http.body.HeavyWork;
import fr.pivot.lookup.Within;
import fr.pivot.referential.Language;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import fr.pivot.text.JsonWriter;
import fr.pivot.text.PercentEncoding;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers what changed in a referential. */
@Controller
final class ChangesController implements ChangesApi {

  private static final List<Negotiable> ANY =
      List.of(MediaFormat.JSON, MediaFormat.CSV, MediaFormat.NDJSON, AtomFeed.FORM);

  private final Points points;
  private final ChangeLists lists;
  private final ServerAddress server;
  private final HeavyWork heavy;

  ChangesController(Points points, ChangeLists lists, ServerAddress server, HeavyWork heavy) {
    this.points = points;
    this.lists = lists;
    this.server = server;
    this.heavy = heavy;
  }

  /**
   * What is asked for.
   *
   * @param kinds the kinds of changes
   * @param within the concepts that they must concern
   */
  private record Question(
      Registry registry, Point to, List<SuccessionKind> kinds, List<Node> within) {

    /** Those of the changes between two points that are asked for. */
    List<Change> filter(Point from, Point until, List<Change> changes) {
      return new Territory(from, until, within)
          .filter(changes.stream().filter(c -> kinds.contains(c.kind())).toList());
    }
  }

  /** What changed between two editions or dates; as a feed, what each edition brought. */
  @Override
  @ExecuteOn(HeavyWork.THREADS)
  public HttpResponse<byte[]> listChanges(HttpRequest<?> request) throws IOException {
    return heavy.answer(request, Work.Kind.BATCH, () -> changes(request));
  }

  private HttpResponse<byte[]> changes(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    Negotiable format = MediaFormat.choose(request, target, ANY);
    Registry registry = points.registry();
    LocalDate today = points.today();
    Reference reference = Points.reference(target.segment(2));
    Optional<Point> from =
        target
            .find("from")
            .map(at -> Points.find(registry, reference.referential(), "from", at, today));
    Point to =
        target
            .find("to")
            .map(at -> Points.find(registry, reference.referential(), "to", at, today))
            .orElseGet(() -> Points.find(registry, reference, today));
    Question question =
        new Question(
            registry,
            to,
            kinds(target),
            Territory.canonical(registry, Within.list(target, registry), today));
    if (!(format instanceof MediaFormat data)) {
      return feed(request, target, question, from);
    }
    Point begin = from.orElseThrow(() -> ProblemType.invalid("from", Points.EDITION_OR_DATE));
    Points.known(to);
    List<Change> changes = question.filter(begin, to, lists.between(begin, to));
    // What lies within what is told by other referentials, whose editions come when they come.
    boolean pinned =
        begin.resolved().pinned() && to.resolved().pinned() && question.within().isEmpty();
    Instant published = later(begin.release().publishedAt(), to.release().publishedAt());
    return new Representation<>(target, data, new ChangesWriter())
        .head(json -> writeHead(json, begin, to, changes))
        .uncounted(changes, new Freshness(pinned, published))
        .respond(request);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static List<SuccessionKind> kinds(RequestTarget target) {
    List<SuccessionKind> all = List.of(SuccessionKind.values());
    return target.findSomeOf("kind", all, SuccessionKind::id).orElse(all);
  }

  private static void writeHead(JsonWriter json, Point from, Point to, List<Change> changes) {
    json.member("referential", to.referential().id());
    write(json.name("from"), from);
    write(json.name("to"), to);
    if (to.referential().isBeforeHorizon(from.date())) {
      json.member("horizon", to.referential().horizon());
    }
    json.name("counts").beginObject();
    ChangeLists.count(changes).forEach((kind, count) -> json.member(kind.id(), count));
    json.endObject();
  }

  private static void write(JsonWriter json, Point point) {
    json.beginObject()
        .member("release", point.release().edition())
        .member("date", point.date())
        .endObject();
  }

  /**
   * A feed of changes: those between two points or, where none is said to begin at, those that each
   * edition brought since the one before it. So an entry stays what it is when an edition comes.
   */
  private HttpResponse<byte[]> feed(
      HttpRequest<?> request, RequestTarget target, Question question, Optional<Point> from) {
    Language language = AskedLanguage.find(target).orElse(Language.FRENCH);
    String host = server.of(request);
    Point to = question.to();
    List<Brought> editions =
        from.map(begin -> List.of(since(question, begin))).orElseGet(() -> each(question));
    Instant updated =
        editions.stream()
            .map(b -> b.release().publishedAt())
            .max(Comparator.naturalOrder())
            .orElse(to.release().publishedAt());
    String id = to.referential().id();
    String kinds = target.find("kind").orElse("");
    String within =
        question.within().stream()
            .map(n -> n.referential() + ':' + n.code())
            .collect(Collectors.joining(","));
    AtomFeed feed =
        new AtomFeed(
            language,
            AtomFeed.id(
                "changes",
                language.id(),
                id,
                kinds,
                within,
                target.find("from").orElse(""),
                target.find("to").orElse("")),
            title(language, question),
            language.say(
                "Ce que chaque édition change, au plus "
                    + ChangesFeed.MOST
                    + " changements, les derniers d’abord. Source : "
                    + to.referential().publisher()
                    + '.',
                "What each edition changes, at most "
                    + ChangesFeed.MOST
                    + " changes, the last first. Source: "
                    + to.referential().publisher()
                    + '.'),
            updated,
            host + target.address(),
            host
                + "/changements?ref="
                + id
                + (within.isEmpty() || within.contains(",")
                    ? ""
                    : "&dans=" + PercentEncoding.encode(within))
                + (language.isEnglish() ? "&lang=en" : ""),
            new ChangesFeed(language, host, question.registry(), to.referential())
                .entries(editions));
    return ServerAddress.vary(
        Answers.of(request, feed.bytes(), AtomFeed.FORM.type(), Freshness.floating(updated)));
  }

  private Brought since(Question question, Point from) {
    Point to = question.to();
    Release witness = Release.younger(from.release(), to.release());
    return new Brought(witness, question.filter(from, to, lists.between(from, to)));
  }

  private List<Brought> each(Question question) {
    Registry registry = question.registry();
    LocalDate last = question.to().date();
    List<Brought> editions = new ArrayList<>();
    for (Release release : registry.catalog().listPublications()) {
      Release before = registry.catalog().findBefore(release).orElse(null);
      if (before != null
          && release.head().referential().equals(question.to().referential().id())
          && release.position() <= question.to().release().position()) {
        LocalDate day = release.head().referenceDate();
        List<Change> changes =
            question
                .filter(
                    Points.find(registry, before),
                    Points.find(registry, release),
                    lists.of(registry, release))
                .stream()
                .filter(c -> !(c.date() == null ? day : c.date()).isAfter(last))
                .toList();
        editions.add(new Brought(release, changes));
      }
    }
    return editions;
  }

  private static String title(Language language, Question question) {
    Point to = question.to();
    String what = language.say(to.referential().title());
    StringBuilder title =
        new StringBuilder(language.say("Changements, " + what, "Changes, " + what));
    for (Node node : question.within()) {
      String label = Kin.label(question.registry(), to.release(), node, to.date());
      title.append(", ").append(label == null ? "" : label + ' ').append(node.code());
    }
    if (question.kinds().size() < SuccessionKind.values().length) {
      title.append(language.say(" : ", ": "));
      title.append(
          question.kinds().stream()
              .map(k -> language.say(k.title()))
              .collect(Collectors.joining(", ")));
    }
    return title.toString();
  }
}
