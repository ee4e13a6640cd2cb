package fr.pivot.publishing;

import fr.pivot.api.PublicationsApi;
import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.changes.ChangeLists;
import fr.pivot.http.Answers;
import fr.pivot.http.AskedLanguage;
import fr.pivot.http.AtomFeed;
import fr.pivot.http.Cursor;
import fr.pivot.http.Freshness;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.Representation;
import fr.pivot.http.Representation.Page;
import fr.pivot.http.Representation.RowWriter;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.ServerAddress;
import fr.pivot.referential.Language;
import fr.pivot.referential.Referential;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.text.JsonWriter;
import fr.pivot.text.PercentEncoding;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells which editions were published, the last first: as data and as a feed to follow. */
@Controller
final class PublicationsController implements PublicationsApi {

  private static final List<MediaFormat> FORMATS =
      List.of(MediaFormat.JSON, MediaFormat.CSV, MediaFormat.NDJSON);

  /** How many entries a feed has at most. */
  private static final int MOST = 50;

  private final Points points;
  private final ChangeLists lists;
  private final ServerAddress server;

  PublicationsController(Points points, ChangeLists lists, ServerAddress server) {
    this.points = points;
    this.lists = lists;
    this.server = server;
  }

  /** What was published, a page at a time. */
  @Override
  @ExecuteOn(TaskExecutors.BLOCKING)
  public HttpResponse<byte[]> listPublications(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, FORMATS);
    Registry registry = points.registry();
    List<Release> all = releases(registry, target);
    int limit = target.number("limit", 1, 1000, 100);
    int start = target.findCursor(2).map(last -> after(all, last)).orElse(0);
    int end = Math.min(all.size(), start + limit);
    List<Publication> page =
        all.subList(start, end).stream().map(r -> Publication.of(registry, lists, r)).toList();
    String next =
        end == all.size()
            ? null
            : Cursor.of(page.getLast().referential().id(), page.getLast().release().edition());
    return new Representation<>(target, format, new Lines())
        .list(new Page<>(all.size(), page, next), Freshness.floating(last(all)))
        .respond(request);
  }

  /** The editions that are told of, the last published first. */
  private static List<Release> releases(Registry registry, RequestTarget target) {
    Optional<String> id = target.find("referential");
    if (id.isPresent() && registry.catalog().findReferential(id.get()).isEmpty()) {
      throw Points.unknownReferential(registry, id.get());
    }
    return registry.catalog().listPublications().stream()
        .filter(r -> id.isEmpty() || id.get().equals(r.head().referential()))
        .toList();
  }

  private static int after(List<Release> all, List<String> last) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).head().referential().equals(last.get(0))
          && all.get(i).edition().equals(last.get(1))) {
        return i + 1;
      }
    }
    throw Cursor.invalid();
  }

  private static @Nullable Instant last(List<Release> all) {
    return all.isEmpty() ? null : all.getFirst().publishedAt();
  }

  /** Writes publications. */
  private static final class Lines implements RowWriter<Publication> {

    @Override
    public void write(JsonWriter json, Publication publication) {
      Release release = publication.release();
      json.beginObject()
          .member("referential", publication.referential().id())
          .member("edition", release.edition())
          .member("published", release.publishedAt().toString())
          .member("referenceDate", release.head().referenceDate())
          .member("issued", release.head().issued())
          .member("count", release.inForce())
          .member("total", release.concepts())
          .member("digest", release.digest())
          .member("previous", edition(publication.before()))
          .name("changes")
          .beginObject();
      publication.counts().forEach((kind, count) -> json.member(kind.id(), count));
      json.endObject()
          .member("uri", publication.address())
          .member("changesUri", publication.changes())
          .endObject();
    }

    private static @Nullable String edition(@Nullable Release release) {
      return release == null ? null : release.edition();
    }

    @Override
    public List<String> columns() {
      List<String> columns =
          new ArrayList<>(
              List.of(
                  "published",
                  "referential",
                  "edition",
                  "referenceDate",
                  "issued",
                  "count",
                  "total",
                  "digest",
                  "previous"));
      for (SuccessionKind kind : SuccessionKind.values()) {
        columns.add(kind.id());
      }
      columns.add("uri");
      return columns;
    }

    @Override
    public List<List<@Nullable String>> lines(Publication publication) {
      Release release = publication.release();
      List<@Nullable String> cells =
          new ArrayList<>(
              Arrays.asList(
                  release.publishedAt().toString(),
                  publication.referential().id(),
                  release.edition(),
                  release.head().referenceDate().toString(),
                  release.head().issued() == null ? null : release.head().issued().toString(),
                  Integer.toString(release.inForce()),
                  Integer.toString(release.concepts()),
                  release.digest(),
                  edition(publication.before())));
      for (SuccessionKind kind : SuccessionKind.values()) {
        cells.add(
            publication.before() == null
                ? null
                : Integer.toString(publication.counts().getOrDefault(kind, 0)));
      }
      cells.add(publication.address());
      return List.of(cells);
    }
  }

  /** The last publications, of all referentials or of one, as a feed. */
  @Override
  @ExecuteOn(TaskExecutors.BLOCKING)
  public HttpResponse<byte[]> publicationFeed(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    Language language = AskedLanguage.find(target).orElse(Language.FRENCH);
    String host = server.of(request);
    Registry registry = points.registry();
    List<Release> all = releases(registry, target);
    Optional<Referential> only =
        target.find("referential").flatMap(registry.catalog()::findReferential);
    Instant updated = last(all);
    AtomFeed feed =
        new AtomFeed(
            language,
            AtomFeed.id("publications", language.id(), only.map(Referential::id).orElse("")),
            only.map(
                    r ->
                        language.say("Éditions publiées : ", "Published editions: ")
                            + language.say(r.title()))
                .orElse(
                    language.say("Éditions publiées dans Pivot", "Editions published in Pivot")),
            language.say(
                "Chaque édition d’un référentiel de codes, quand elle est publiée ici, et ce"
                    + " qu’elle change.",
                "Each edition of a referential of codes, as it is published here, and what it"
                    + " changes."),
            updated == null ? Instant.EPOCH : updated,
            host + target.address(),
            host
                + only.map(r -> "/referentiels/" + r.id()).orElse("/referentiels")
                + (language.isEnglish() ? "?lang=en" : ""),
            all.stream()
                .limit(MOST)
                .map(r -> entry(language, host, Publication.of(registry, lists, r)))
                .toList());
    return ServerAddress.vary(
        Answers.of(request, feed.bytes(), AtomFeed.FORM.type(), Freshness.floating(updated)));
  }

  private static AtomFeed.Entry entry(Language language, String host, Publication publication) {
    Release release = publication.release();
    return new AtomFeed.Entry(
        AtomFeed.id(
            "publication", publication.referential().id(), release.edition(), release.digest()),
        language.say(
            publication.referential().title().fr() + ", édition " + release.edition(),
            publication.referential().title().en() + ", edition " + release.edition()),
        release.publishedAt(),
        host
            + "/referentiels/"
            + publication.referential().id()
            + '@'
            + PercentEncoding.encode(release.edition())
            + (language.isEnglish() ? "?lang=en" : ""),
        summary(language, publication),
        null,
        null);
  }

  private static String summary(Language language, Publication publication) {
    Release release = publication.release();
    String day = language.day(release.head().referenceDate());
    String count = language.number(release.inForce());
    StringBuilder text =
        new StringBuilder(
            language.say(
                count
                    + (release.inForce() == 1 ? " code" : " codes")
                    + " en vigueur au "
                    + day
                    + '.',
                count
                    + (release.inForce() == 1 ? " code" : " codes")
                    + " in force on "
                    + day
                    + '.'));
    Release before = publication.before();
    if (before != null) {
      String counts = counts(language, publication.counts());
      text.append(
          counts.isEmpty()
              ? language.say(
                  " Rien n’a changé depuis l’édition " + before.edition() + '.',
                  " Nothing changed since the edition " + before.edition() + '.')
              : language.say(
                  " Depuis l’édition " + before.edition() + " : " + counts + '.',
                  " Since the edition " + before.edition() + ": " + counts + '.'));
    }
    String publisher = publication.referential().publisher();
    return text.append(language.say(" Source : " + publisher + '.', " Source: " + publisher + '.'))
        .toString();
  }

  private static String counts(Language language, Map<SuccessionKind, Integer> counts) {
    return counts.entrySet().stream()
        .map(
            e ->
                language.number(e.getValue())
                    + ' '
                    + language.say(e.getKey().counted(e.getValue())))
        .collect(Collectors.joining(", "));
  }
}
