package fr.pivot.publishing;

import fr.pivot.admission.Work;
import fr.pivot.api.SchemasApi;
import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Reference;
import fr.pivot.http.Answers;
import fr.pivot.http.Freshness;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.body.HeavyWork;
import fr.pivot.lookup.AskedPoint;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.util.Optional;

/** Answers schemas that the schemas of files link to. */
@Controller
final class SchemaController implements SchemasApi {

  private static final String JSON_SCHEMA = "application/schema+json";

  private final Points points;
  private final HeavyWork heavy;

  SchemaController(Points points, HeavyWork heavy) {
    this.points = points;
    this.heavy = heavy;
  }

  /** The JSON Schema of one code. */
  @Override
  @Produces({JSON_SCHEMA, MediaType.APPLICATION_JSON})
  @ExecuteOn(HeavyWork.THREADS)
  public HttpResponse<byte[]> getJsonSchema(HttpRequest<?> request) throws IOException {
    return heavy.answer(request, Work.Kind.BATCH, () -> jsonSchema(request));
  }

  private HttpResponse<byte[]> jsonSchema(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    Asked asked = find(target);
    return Answers.of(
        request,
        asked
            .schema()
            .toJsonSchema("/v1/referentials/" + asked.reference() + '/' + target.segment(3)),
        MediaType.of(JSON_SCHEMA),
        asked.freshness());
  }

  /** The Table Schema of one column. */
  @Override
  @Produces(MediaType.APPLICATION_JSON)
  @ExecuteOn(HeavyWork.THREADS)
  public HttpResponse<byte[]> getTableSchema(HttpRequest<?> request) throws IOException {
    return heavy.answer(request, Work.Kind.BATCH, () -> tableSchema(request));
  }

  private HttpResponse<byte[]> tableSchema(HttpRequest<?> request) {
    Asked asked = find(RequestTarget.of(request));
    return Answers.of(
        request,
        asked.schema().toTableSchema(),
        MediaType.APPLICATION_JSON_TYPE,
        asked.freshness());
  }

  private record Asked(Reference reference, CodeSchema schema, Freshness freshness) {}

  private Asked find(RequestTarget target) {
    Reference reference = Points.reference(target.segment(2));
    Catalog catalog = points.registry().catalog();
    Optional<Referential> bare =
        reference.edition() == null && catalog.findLatest(reference.referential()).isEmpty()
            ? catalog.findReferential(reference.referential())
            : Optional.empty();
    if (bare.isPresent()) {
      return new Asked(
          reference, new CodeSchema(bare.get(), reference, null), Freshness.floating(null));
    }
    Point point = points.find(reference);
    return new Asked(
        reference,
        new CodeSchema(point.referential(), reference, point),
        AskedPoint.freshness(point));
  }
}
