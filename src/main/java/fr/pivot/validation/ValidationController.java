package fr.pivot.validation;

import fr.pivot.admission.Work;
import fr.pivot.api.ValidationApi;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Answers;
import fr.pivot.http.AskedLanguage;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.body.FileForm;
import fr.pivot.http.body.HeavyWork;
import fr.pivot.http.body.TableOptions;
import fr.pivot.http.body.Upload;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.text.detected.Overrides;
import fr.pivot.validation.plan.Repair;
import fr.pivot.validation.plan.Request;
import fr.pivot.validation.plan.Request.Declared;
import fr.pivot.validation.report.Detection;
import fr.pivot.validation.report.RepairedStream;
import fr.pivot.validation.report.ReportPages;
import fr.pivot.validation.report.ReportStream;
import fr.pivot.validation.report.Validation;
import fr.pivot.validation.schema.TableSchema;
import fr.pivot.validation.schema.TableSchemaReader;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Detects what files hold, and checks and repairs them. */
@Controller
final class ValidationController implements ValidationApi {

  private final Validations validations;
  private final ReportPages pages;
  private final HeavyWork heavy;

  ValidationController(Validations validations, ReportPages pages, HeavyWork heavy) {
    this.validations = validations;
    this.pages = pages;
    this.heavy = heavy;
  }

  /** Which columns of a file hold which referential. */
  @Override
  @ExecuteOn(HeavyWork.THREADS)
  public HttpResponse<byte[]> detect(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    return heavy.answer(request, Work.Kind.FILE, body, () -> detected(request, body));
  }

  private HttpResponse<byte[]> detected(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat.choose(request, target, List.of(FileForm.JSON));
    Overrides overrides = TableOptions.read(target);
    Upload upload = Upload.of(request, target, body);
    Detection detection =
        validations.detect(upload.name(), upload.stream(), overrides, AskedLanguage.of(request));
    return Answers.describeStream(
        HttpResponse.ok(detection.json().getBytes(StandardCharsets.UTF_8))
            .contentType(FileForm.JSON.type()));
  }

  /** What is wrong with a file, or the file repaired. */
  @Override
  @ExecuteOn(HeavyWork.THREADS)
  public HttpResponse<?> validate(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    return heavy.answer(request, Work.Kind.FILE, body, () -> validated(request, body));
  }

  private HttpResponse<?> validated(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    RequestTarget target = RequestTarget.of(request);
    FileForm form = MediaFormat.choose(request, target, List.of(FileForm.values()));
    Optional<String> place = target.findOneOf("repair", List.of("beside", "in-place"));
    Repair repair =
        form != FileForm.CSV && form != FileForm.XLSX
            ? null
            : place.orElse("beside").equals("in-place") ? Repair.IN_PLACE : Repair.BESIDE;
    Upload upload = Upload.of(request, target, body);
    Language language = AskedLanguage.of(request, target);
    boolean kept = target.isTrue("download");
    Request asked = request(target, schema(upload));
    Validation validation =
        validations.check(upload.name(), upload.stream(), asked, repair, language);
    MutableHttpResponse<?> response =
        switch (form) {
          case JSON -> stream(request, new ReportStream(validation, false), form.type());
          case NDJSON -> stream(request, new ReportStream(validation, true), form.type());
          case CSV ->
              stream(request, new RepairedStream(validation), MediaType.of(validation.type()));
          case HTML -> page(validation);
          case XLSX -> HttpResponse.ok(validation.workbook()).contentType(form.type());
        };
    String what = repair != null ? "pivot" : new Text("rapport", "report").in(language);
    return Answers.name(
        Answers.describeStream(response),
        upload.nameAnswer(what, form.id()),
        kept || repair != null);
  }

  private static MutableHttpResponse<?> stream(
      HttpRequest<?> request, InputStream stream, MediaType type) throws IOException {
    return HttpResponse.ok(Upload.answer(request, stream)).contentType(type);
  }

  private MutableHttpResponse<?> page(Validation validation) throws IOException {
    try (validation) {
      validation.finish();
      return HttpResponse.ok(pages.render(validation.page()))
          .contentType(FileForm.HTML.type())
          .header("Content-Security-Policy", ReportPages.POLICY);
    }
  }

  /** The schema that came with the file, as the part {@code schema} of a form. */
  private static @Nullable TableSchema schema(Upload upload) {
    byte[] schema = upload.fields().get("schema");
    if (schema == null) {
      return null;
    }
    return switch (TableSchemaReader.read(schema)) {
      case TableSchema.Readable(TableSchema read, var _) -> read;
      case TableSchema.Unreadable(Text why) ->
          throw ProblemType.REFUSED_FILE.with("reason", why).with("rule", "schema").exception();
    };
  }

  private static Request request(RequestTarget target, @Nullable TableSchema schema) {
    return new Request(
        target.find("columns").map(ValidationController::columns).orElse(List.of()),
        target.find("date").filter(d -> !d.isBlank()).orElse(null),
        names(target, "required"),
        names(target, "key"),
        target.isTrue("detect", true),
        target.number("limit", 0, 10_000, Request.LIMIT),
        TableOptions.read(target),
        schema);
  }

  /** The columns of a request: {@code code_insee:communes@2024,siret:siret}. */
  private static List<Declared> columns(String text) {
    // A comma may stand in a reference too: communes@2023,2015-12-31.
    List<Declared> columns =
        Request.parse(List.of(text.split(",(?!\\d{4}-\\d{2}-\\d{2}(?:,|$))", -1)));
    if (columns == null) {
      throw ProblemType.invalid(
          "columns",
          new Text(
              "des colonnes et leur référentiel, comme code_insee:communes@2024,siret:siret",
              "columns and their referential, such as code_insee:communes@2024,siret:siret"));
    }
    return columns;
  }

  private static List<String> names(RequestTarget target, String parameter) {
    return target.find(parameter).map(v -> List.of(v.split(",", -1))).orElse(List.of());
  }
}
