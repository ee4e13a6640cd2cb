package fr.pivot.reconciliation;

import fr.pivot.api.SuggestionsApi;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Answers;
import fr.pivot.http.AskedLanguage;
import fr.pivot.http.Freshness;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.ServerAddress;
import fr.pivot.reconciliation.Endpoint.Entity;
import fr.pivot.reconciliation.Suggestions.Asked;
import fr.pivot.referential.Text;
import fr.pivot.registry.CodeView;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What helps people while they reconcile: suggestions, previews, proposals of properties. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class SuggestController implements SuggestionsApi {

  private static final MediaType HTML = MediaType.of("text/html;charset=utf-8");
  private static final int LIMIT = 10;
  private static final int MOST = 100;
  private static final int FARTHEST = 1000;

  private final Endpoints endpoints;
  private final ServerAddress server;

  SuggestController(Endpoints endpoints, ServerAddress server) {
    this.endpoints = endpoints;
    this.server = server;
  }

  /** Entities, properties or types that begin with what is typed. */
  @Get("/reconcile/suggest/{kind:entity|property|type}")
  @Override
  public HttpResponse<?> suggestAll(HttpRequest<?> request) {
    return suggest(request, null, RequestTarget.of(request).segment(2));
  }

  /** The same for one referential. */
  @Get("/reconcile/{ref}/suggest/{kind:entity|property|type}")
  @Override
  public HttpResponse<?> suggestOne(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    return suggest(request, target.segment(1), target.segment(3));
  }

  /** A few words on a suggestion. */
  @Get("/reconcile/flyout/{kind:entity|property|type}")
  @Override
  public HttpResponse<?> flyoutAll(HttpRequest<?> request) {
    return flyout(request, null, RequestTarget.of(request).segment(2));
  }

  /** The same for one referential. */
  @Get("/reconcile/{ref}/flyout/{kind:entity|property|type}")
  @Override
  public HttpResponse<?> flyoutOne(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    return flyout(request, target.segment(1), target.segment(3));
  }

  /** An entity on a small page. */
  @Override
  public HttpResponse<?> previewAll(HttpRequest<?> request) {
    return preview(request, null);
  }

  /** The same for one referential. */
  @Override
  public HttpResponse<?> previewOne(HttpRequest<?> request) {
    return preview(request, RequestTarget.of(request).segment(1));
  }

  /** The properties that can be added to entities of a type. */
  @Override
  public HttpResponse<?> proposeAll(HttpRequest<?> request) {
    return propose(request, null);
  }

  /** The same for one referential. */
  @Override
  public HttpResponse<?> proposeOne(HttpRequest<?> request) {
    return propose(request, RequestTarget.of(request).segment(1));
  }

  private Endpoint endpoint(HttpRequest<?> request, @Nullable String reference) {
    return endpoints.find(reference, server.of(request), AskedLanguage.of(request));
  }

  private HttpResponse<?> suggest(HttpRequest<?> request, @Nullable String reference, String kind) {
    RequestTarget target = RequestTarget.of(request);
    // Version 0.2 says cursor, version 1.0 says offset.
    int offset =
        Math.max(target.number("cursor", 0, FARTHEST, 0), target.number("offset", 0, FARTHEST, 0));
    Asked asked =
        new Asked(
            target.find("prefix").orElse(""),
            target.find("type").filter(t -> !t.isEmpty()).orElse(null),
            offset,
            target.number("limit", 1, MOST, kind.equals("entity") ? LIMIT : MOST));
    Suggestions suggestions = new Suggestions(endpoint(request, reference), endpoints.properties());
    byte[] json =
        switch (kind) {
          case "entity" -> suggestions.entities(asked);
          case "property" -> suggestions.properties(asked);
          default -> suggestions.types(asked);
        };
    return ReconciliationController.answer(
        request, json, ReconciliationController.callback(target));
  }

  private HttpResponse<?> propose(HttpRequest<?> request, @Nullable String reference) {
    RequestTarget target = RequestTarget.of(request);
    Integer limit = target.find("limit").isEmpty() ? null : target.number("limit", 1, 1000, 1000);
    Suggestions suggestions = new Suggestions(endpoint(request, reference), endpoints.properties());
    return ReconciliationController.answer(
        request,
        suggestions.proposals(target.find("type").orElse(null), limit),
        ReconciliationController.callback(target));
  }

  private HttpResponse<?> preview(HttpRequest<?> request, @Nullable String reference) {
    Endpoint endpoint = endpoint(request, reference);
    String id = id(RequestTarget.of(request));
    Card card = new Card(endpoint);
    Optional<Entity> entity = endpoint.find(id);
    String page;
    if (entity.isPresent()) {
      CodeView view = entity.get().find().orElseThrow(() -> unknown(endpoint, id));
      page = card.page(entity.get(), view);
    } else {
      List<Entity> beside = endpoint.listBeside(id);
      if (beside.isEmpty()) {
        throw unknown(endpoint, id);
      }
      page = card.page(id, beside);
    }
    return Answers.of(
            request, page.getBytes(StandardCharsets.UTF_8), HTML, Freshness.floating(null))
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer");
  }

  private HttpResponse<?> flyout(HttpRequest<?> request, @Nullable String reference, String kind) {
    RequestTarget target = RequestTarget.of(request);
    Endpoint endpoint = endpoint(request, reference);
    String id = id(target);
    Card card = new Card(endpoint);
    byte[] json =
        switch (kind) {
          case "entity" -> {
            Entity entity = endpoint.find(id).orElseThrow(() -> unknown(endpoint, id));
            CodeView view = entity.find().orElseThrow(() -> unknown(endpoint, id));
            yield card.flyout(
                id, view.state().label(), Descriptions.of(view, null, endpoint.language()));
          }
          case "type" -> {
            EntityType type = endpoint.getType(id);
            yield card.flyout(
                id,
                type.name().in(endpoint.language()),
                type.scope().referential().description().in(endpoint.language()));
          }
          default -> card.flyout(id, property(endpoint, id), null);
        };
    return ReconciliationController.answer(
        request, json, ReconciliationController.callback(target));
  }

  private String property(Endpoint endpoint, String id) {
    for (Scope scope : endpoint.scopes()) {
      Optional<Property> property =
          endpoints
              .properties()
              .findExtension(scope, id)
              .or(
                  () ->
                      endpoints.properties().listGivens(scope).stream()
                          .filter(p -> p.id().equals(id))
                          .findFirst());
      if (property.isPresent()) {
        return property.get().name().in(endpoint.language());
      }
    }
    throw Properties.unknown(id, endpoints.properties().listGivens(endpoint.scopes().getFirst()))
        .exception();
  }

  private static String id(RequestTarget target) {
    return target
        .find("id")
        .filter(id -> !id.isEmpty() && id.length() <= 200)
        .orElseThrow(
            () ->
                ProblemType.invalid(
                    "id", new Text("l'identifiant d'une entité", "the identifier of an entity")));
  }

  private static ProblemException unknown(Endpoint endpoint, String id) {
    Scope only = endpoint.only();
    return ProblemType.UNKNOWN_CODE
        .with("referential", only == null ? "reconcile" : only.referential().id())
        .with("code", id)
        .exception();
  }
}
