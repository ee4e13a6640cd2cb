package fr.pivot.reconciliation.file;

import fr.pivot.admission.Work;
import fr.pivot.api.FilesApi;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Answers;
import fr.pivot.http.AskedLanguage;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.body.FileForm;
import fr.pivot.http.body.HeavyWork;
import fr.pivot.http.body.TableOptions;
import fr.pivot.http.body.Upload;
import fr.pivot.referential.Text;
import fr.pivot.text.detected.Overrides;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds to a file the codes that its names mean. */
@Controller
final class FileReconciliationController implements FilesApi {

  private static final List<FileForm> FORMS = List.of(FileForm.CSV, FileForm.XLSX, FileForm.NDJSON);

  private final FileReconciliations reconciliations;
  private final HeavyWork heavy;

  FileReconciliationController(FileReconciliations reconciliations, HeavyWork heavy) {
    this.reconciliations = reconciliations;
    this.heavy = heavy;
  }

  /** The file with its codes. */
  @Override
  @ExecuteOn(HeavyWork.THREADS)
  public HttpResponse<?> reconcileFile(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    return heavy.answer(request, Work.Kind.FILE, body, () -> reconciled(request, body));
  }

  private HttpResponse<?> reconciled(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    RequestTarget target = RequestTarget.of(request);
    FileForm form = MediaFormat.choose(request, target, FORMS);
    String column =
        required(target, "column", new Text("le nom d'une colonne", "the name of a column"));
    String to =
        required(
            target,
            "to",
            new Text("un référentiel, comme communes", "a referential, such as communes"));
    boolean certain = target.isTrue("certain");
    Overrides overrides = TableOptions.read(target);
    Upload upload = Upload.of(request, target, body);
    FileReconciliations.Request asked =
        new FileReconciliations.Request(
            column,
            to,
            target.find("context").map(c -> List.of(c.split(",", -1))).orElse(List.of()),
            certain,
            upload.fields().getOrDefault("choices", new byte[0]),
            overrides);
    if (form == FileForm.NDJSON) {
      return Answers.describeStream(
          HttpResponse.ok(
                  reconciliations.list(
                      upload.name(), upload.stream(), asked, AskedLanguage.of(request, target)))
              .contentType(form.type()));
    }
    return upload.answer(
        request, reconciliations.open(upload.name(), upload.stream(), asked), form, "codes");
  }

  private static String required(RequestTarget target, String name, Text expected) {
    Optional<String> value = target.find(name).filter(v -> !v.isBlank());
    return value.orElseThrow(() -> ProblemType.invalid(name, expected));
  }
}
