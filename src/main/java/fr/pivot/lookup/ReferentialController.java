package fr.pivot.lookup;

import fr.pivot.api.ReferentialsApi;
import fr.pivot.api.model.LevelBody;
import fr.pivot.api.model.LinkTypeBody;
import fr.pivot.api.model.LinkTypeRelationBody;
import fr.pivot.api.model.ReferentialBody;
import fr.pivot.api.model.ReferentialCheckBody;
import fr.pivot.api.model.ReferentialKindBody;
import fr.pivot.api.model.ReferentialListBody;
import fr.pivot.api.model.ReleaseBody;
import fr.pivot.api.model.ReleaseListBody;
import fr.pivot.api.model.ShortNameBody;
import fr.pivot.api.model.SourceFileBody;
import fr.pivot.api.model.TextBody;
import fr.pivot.api.model.UnlistedBody;
import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Release;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Answers;
import fr.pivot.http.Freshness;
import fr.pivot.http.MediaFormat;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.referential.Unlisted;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers which referentials and editions exist. */
@Controller
class ReferentialController implements ReferentialsApi {

  private static final String BASE = "/v1/referentials/";

  private final Points points;
  private volatile @Nullable Listed listed;
  private volatile @Nullable Tagged tagged;

  /** A catalog and the validator of what it holds. */
  private record Tagged(Catalog catalog, String tag) {}

  ReferentialController(Points points) {
    this.points = points;
  }

  @Override
  public HttpResponse<ReferentialListBody> listReferentials(@Nullable String ifNoneMatch) {
    Listed now = listed(points.registry());
    return answer(now.body(), ifNoneMatch, now.tag(), now.registry().catalog().lastPublished());
  }

  /** What a registry lists: it does not change. */
  private record Listed(Registry registry, ReferentialListBody body, String tag) {}

  private Listed listed(Registry registry) {
    Listed known = listed;
    if (known == null || known.registry() != registry) {
      List<ReferentialBody> items = new ArrayList<>();
      for (Referential referential : registry.catalog().listReferentials()) {
        items.add(body(registry.catalog(), referential, null));
      }
      known =
          new Listed(
              registry,
              new ReferentialListBody(items.size(), items),
              tag(registry.catalog(), "referentials"));
      listed = known;
    }
    return known;
  }

  @Override
  public HttpResponse<ReferentialBody> getReferential(String ref, @Nullable String ifNoneMatch) {
    Registry registry = points.registry();
    Catalog catalog = registry.catalog();
    Reference reference = Points.reference(ref);
    Referential referential = get(registry, reference.referential());
    Release release =
        reference.edition() == null
            ? catalog.findLatest(referential.id()).orElse(null)
            : get(catalog, referential, reference.edition());
    MutableHttpResponse<ReferentialBody> response =
        answer(
            body(catalog, referential, release),
            ifNoneMatch,
            tag(catalog, "referential", ref),
            release == null ? null : release.publishedAt());
    List<String> links = new ArrayList<>();
    links.add(
        '<'
            + BASE
            + reference
            + "/json-schema>; rel=\"describedby\"; type=\"application/schema+json\"");
    if (referential.licenceUrl() != null) {
      links.add('<' + referential.licenceUrl() + ">; rel=\"license\"");
    }
    return response.header(HttpHeaders.LINK, String.join(", ", links));
  }

  @Override
  public HttpResponse<ReleaseListBody> listReleases(String ref, @Nullable String ifNoneMatch) {
    Registry registry = points.registry();
    Referential referential = get(registry, Points.reference(ref).referential());
    List<Release> releases = registry.catalog().listReleases(referential.id());
    List<ReleaseBody> items = releases.stream().map(r -> body(referential, r)).toList();
    MutableHttpResponse<ReleaseListBody> response =
        answer(
            new ReleaseListBody(items.size(), items),
            ifNoneMatch,
            tag(
                registry.catalog(),
                "releases",
                referential.id(),
                releases.stream().map(Release::publishedAt).toList()),
            releases.isEmpty() ? null : releases.getLast().publishedAt());
    if (!releases.isEmpty()) {
      response.header(HttpHeaders.LINK, link(referential, releases.getLast(), "latest-version"));
    }
    return response;
  }

  @Override
  public HttpResponse<ReleaseBody> getRelease(
      String ref, String edition, @Nullable String ifNoneMatch) {
    Registry registry = points.registry();
    Referential referential = get(registry, Points.reference(ref).referential());
    Release release = get(registry.catalog(), referential, edition);
    List<Release> releases = registry.catalog().listReleases(referential.id());
    int place = releases.indexOf(release);
    List<String> links = new ArrayList<>();
    links.add(link(referential, releases.getLast(), "latest-version"));
    if (place > 0) {
      links.add(link(referential, releases.get(place - 1), "predecessor-version"));
    }
    if (place < releases.size() - 1) {
      links.add(link(referential, releases.get(place + 1), "successor-version"));
    }
    if (referential.licenceUrl() != null) {
      links.add('<' + referential.licenceUrl() + ">; rel=\"license\"");
    }
    return answer(
            body(referential, release),
            ifNoneMatch,
            tag(registry.catalog(), "release", referential.id(), edition, release.publishedAt()),
            release.publishedAt())
        .header(HttpHeaders.LINK, String.join(", ", links));
  }

  private static Referential get(Registry registry, String id) {
    return registry
        .catalog()
        .findReferential(id)
        .orElseThrow(() -> Points.unknownReferential(registry, id));
  }

  private static Release get(Catalog catalog, Referential referential, String edition) {
    Optional<Release> release = catalog.findRelease(referential.id(), edition);
    return release.orElseThrow(
        () ->
            ProblemType.UNKNOWN_EDITION
                .with("referential", referential.id())
                .with("edition", edition)
                .with(
                    "editions",
                    catalog.listReleases(referential.id()).stream().map(Release::edition).toList())
                .exception());
  }

  private static String link(Referential referential, Release release, String relation) {
    return '<'
        + BASE
        + referential.id()
        + "/releases/"
        + release.edition()
        + ">; rel=\""
        + relation
        + '"';
  }

  /**
   * The validator of an answer that only publications change. It is made of what the catalog holds,
   * not of when that came: homes that hold the same agree about it.
   *
   * @param what the answer is, and the moments that it tells
   */
  private String tag(Catalog catalog, Object... what) {
    Tagged now = tagged;
    if (now == null || now.catalog() != catalog) {
      now = new Tagged(catalog, Answers.tag(content(catalog).getBytes(StandardCharsets.UTF_8)));
      tagged = now;
    }
    return Answers.tag((now.tag() + Arrays.toString(what)).getBytes(StandardCharsets.UTF_8));
  }

  /** What a catalog holds, in words that are the same wherever it is held. */
  static String content(Catalog catalog) {
    StringBuilder text = new StringBuilder();
    for (Referential referential : catalog.listReferentials()) {
      text.append(referential).append('\n');
      for (Release release : catalog.listReleases(referential.id())) {
        text.append(release.edition()).append(' ').append(release.digest()).append('\n');
      }
    }
    return text.toString();
  }

  /** These answers name other editions, so even those about one edition do not stay for ever. */
  private static <T> MutableHttpResponse<T> answer(
      T body, @Nullable String ifNoneMatch, String tag, @Nullable Instant published) {
    Freshness freshness = Freshness.floating(published);
    return Answers.holds(ifNoneMatch, tag)
        ? Answers.describe(HttpResponse.notModified(), tag, freshness)
        : Answers.describe(
            HttpResponse.ok(body).contentType(MediaFormat.JSON.type()), tag, freshness);
  }

  private static TextBody body(Text text) {
    return new TextBody(text.fr(), text.en());
  }

  private static ReferentialBody body(
      Catalog catalog, Referential referential, @Nullable Release asked) {
    List<Release> releases = catalog.listReleases(referential.id());
    Release release = asked == null && !releases.isEmpty() ? releases.getLast() : asked;
    Unlisted unlisted = referential.unlisted();
    return new ReferentialBody(
        referential.id(),
        ReferentialKindBody.fromValue(referential.kind().id()),
        body(referential.title()),
        body(referential.description()),
        referential.publisher(),
        referential.licence(),
        referential.licenceUrl(),
        referential.homepage(),
        referential.pattern().pattern(),
        ReferentialCheckBody.fromValue(referential.check().id()),
        referential.example(),
        referential.levels().stream().map(l -> new LevelBody(l.id(), body(l.title()))).toList(),
        referential.links().stream()
            .map(
                l ->
                    new LinkTypeBody(
                        l.referential(),
                        LinkTypeRelationBody.fromValue(l.relation().id()),
                        l.property(),
                        l.many()))
            .toList(),
        referential.measures(),
        referential.horizon(),
        referential.headers(),
        referential.partial(),
        referential.shortNames().stream()
            .map(name -> new ShortNameBody(name.text(), name.label()))
            .toList(),
        unlisted == null
            ? null
            : new UnlistedBody(body(unlisted.title()), unlisted.words(), unlisted.beginning()),
        releases.isEmpty() ? null : releases.getLast().edition(),
        releases.stream().map(Release::edition).toList(),
        release == null ? 0 : release.inForce(),
        BASE + referential.id());
  }

  private static ReleaseBody body(Referential referential, Release release) {
    return new ReleaseBody(
            referential.id(),
            release.edition(),
            release.head().referenceDate(),
            release.head().issued(),
            release.publishedAt().atZone(ZoneOffset.UTC),
            release.inForce(),
            release.concepts(),
            release.digest(),
            release.head().sources().stream()
                .map(f -> new SourceFileBody(f.name(), f.origin(), f.sha256(), f.bytes()))
                .toList(),
            BASE + referential.id() + "/releases/" + release.edition())
        .observed(release.observed());
  }
}
