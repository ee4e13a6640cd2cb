package fr.pivot.crosswalk;

import fr.pivot.admission.Work;
import fr.pivot.api.CrosswalkApi;
import fr.pivot.catalog.Reference;
import fr.pivot.crosswalk.file.FileTranslations;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Answers;
import fr.pivot.http.Answers.Prepared;
import fr.pivot.http.AskedLanguage;
import fr.pivot.http.CsvTable;
import fr.pivot.http.Freshness;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.Representation;
import fr.pivot.http.Representation.RowWriter;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.body.FileForm;
import fr.pivot.http.body.HeavyWork;
import fr.pivot.http.body.RequestBody;
import fr.pivot.http.body.TableOptions;
import fr.pivot.http.body.Upload;
import fr.pivot.lookup.BulkBody;
import fr.pivot.lookup.BulkItems;
import fr.pivot.lookup.HotAnswers;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.table.HandedTable;
import fr.pivot.text.JsonWriter;
import fr.pivot.text.detected.Overrides;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates codes from one point to another. */
@Controller
final class CrosswalkController implements CrosswalkApi {

  private static final List<MediaFormat> ANY =
      List.of(MediaFormat.JSON, MediaFormat.CSV, MediaFormat.NDJSON);
  private static final Set<String> SPREADSHEETS =
      Set.of(
          HandedTable.XLSX,
          "application/vnd.ms-excel",
          "application/vnd.oasis.opendocument.spreadsheet");

  private static final Text REFERENCE =
      new Text("une référence, comme communes@2019", "a reference, such as communes@2019");

  private final Points points;
  private final Crosswalks crosswalks;
  private final FileTranslations files;
  private final HotAnswers hot;
  private final HeavyWork heavy;

  CrosswalkController(
      Points points,
      Crosswalks crosswalks,
      FileTranslations files,
      HotAnswers hot,
      HeavyWork heavy) {
    this.points = points;
    this.crosswalks = crosswalks;
    this.files = files;
    this.hot = hot;
    this.heavy = heavy;
  }

  /** One code. */
  @Override
  public HttpResponse<byte[]> translate(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, ANY);
    Registry registry = points.registry();
    LocalDate today = points.today();
    Crosswalk crosswalk = find(target);
    String code = required(target, "code", new Text("un code", "a code"));
    if (!Points.isCode(code)) {
      throw ProblemType.MALFORMED_CODE.problem().exception();
    }
    Translation translation = crosswalk.translate(code);
    TranslationWriter writer = new TranslationWriter(crosswalk, AskedLanguage.of(request));
    Prepared answer =
        new Representation<>(target, format, new AnswerWriter(writer, code))
            .one(translation, freshness(crosswalk));
    // The reason of a doubt is in words: such an answer depends on the language.
    boolean worded = translation.doubt() != null || translation.status() == Status.UNKNOWN;
    if (Answers.isPlain(request) && !worded) {
      hot.put(target.address(), registry, today, answer);
    }
    return answer.respond(request);
  }

  /** The translation of every code. */
  @Override
  @ExecuteOn(HeavyWork.THREADS)
  public HttpResponse<?> translateTable(HttpRequest<?> request) throws IOException {
    return heavy.answer(request, Work.Kind.FILE, () -> whole(request));
  }

  private HttpResponse<?> whole(HttpRequest<?> request) {
    RequestTarget target = RequestTarget.of(request);
    MediaFormat format = MediaFormat.choose(request, target, ANY);
    Crosswalk crosswalk = find(target);
    List<Status> wanted = statuses(target);
    Language language = AskedLanguage.of(request);
    String tag =
        Answers.tag(
            String.join(
                    " ",
                    Long.toString(crosswalk.registry().catalog().publication()),
                    crosswalk.toString(),
                    target.address(),
                    format.id(),
                    language.id())
                .getBytes(StandardCharsets.UTF_8));
    Freshness freshness = freshness(crosswalk);
    if (Answers.holds(request, tag)) {
      return Answers.describe(HttpResponse.notModified(), tag, freshness);
    }
    InputStream stream =
        new TranslationTable(crosswalk, wanted, format, CsvTable.of(target), language);
    return Answers.describe(HttpResponse.ok(stream).contentType(format.type()), tag, freshness);
  }

  private static List<Status> statuses(RequestTarget target) {
    List<Status> all = List.of(Status.values());
    return target.findSomeOf("status", all, Status::id).orElse(all);
  }

  /**
   * Writes the answer to a question about one code.
   *
   * @param input the code as it was asked
   */
  private record AnswerWriter(TranslationWriter translations, String input)
      implements RowWriter<Translation> {

    @Override
    public void write(JsonWriter json, Translation translation) {
      translations.writeAnswer(json, input, translation);
    }

    @Override
    public List<String> columns() {
      return translations.columns();
    }

    @Override
    public List<List<@Nullable String>> lines(Translation translation) {
      return translations.lines(translation);
    }
  }

  /** Many codes, or a file. Reading the body may block, so it does not hold the event loop. */
  @Override
  @ExecuteOn(HeavyWork.THREADS)
  public HttpResponse<InputStream> translateAll(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    RequestTarget target = RequestTarget.of(request);
    Optional<MediaFormat> codes =
        MediaFormat.ofBody(request.getHeaders().get(HttpHeaders.CONTENT_TYPE))
            .filter(given -> given != MediaFormat.CSV);
    return codes.isPresent()
        ? heavy.answerBulk(request, body, all -> translateCodes(request, target, codes.get(), all))
        : heavy.answer(request, Work.Kind.FILE, body, () -> translateFile(request, target, body));
  }

  private HttpResponse<InputStream> translateCodes(
      HttpRequest<?> request, RequestTarget target, MediaFormat given, @Nullable InputStream body)
      throws IOException {
    BulkBody in = BulkBody.of(RequestBody.open(request, body), RequestBody.announced(request));
    MediaFormat format =
        MediaFormat.choose(
            request,
            target,
            given == MediaFormat.JSON
                ? ANY
                : List.of(MediaFormat.NDJSON, MediaFormat.JSON, MediaFormat.CSV));
    BulkItems items = given == MediaFormat.JSON ? BulkItems.ofJson(in) : BulkItems.ofLines(in);
    InputStream answers =
        new BulkTranslations(
            in, items, find(target), format, CsvTable.of(target), AskedLanguage.of(request));
    return Answers.describeStream(
        HttpResponse.ok(Upload.answer(request, answers)).contentType(format.type()));
  }

  /** A file comes back as what it was; what is asked for in another form, in that. */
  private HttpResponse<InputStream> translateFile(
      HttpRequest<?> request, RequestTarget target, @Nullable InputStream body) throws IOException {
    FileForm form =
        MediaFormat.choose(
            request,
            target,
            SPREADSHEETS.contains(type(request))
                ? List.of(FileForm.XLSX, FileForm.CSV, FileForm.NDJSON)
                : List.of(FileForm.CSV, FileForm.XLSX, FileForm.NDJSON));
    String from = required(target, "from", REFERENCE);
    String to = required(target, "to", REFERENCE);
    String policy = target.findOneOf("policy", FileTranslations.POLICIES).orElse("all");
    Overrides overrides = TableOptions.read(target);
    Upload upload = Upload.of(request, target, body);
    FileTranslations.Request asked =
        new FileTranslations.Request(
            from,
            to,
            target.find("column").orElse(null),
            policy,
            names(target, "measure"),
            names(target, "by"),
            upload.fields().getOrDefault("choices", new byte[0]),
            overrides);
    if (form == FileForm.NDJSON) {
      return Answers.describeStream(
          HttpResponse.ok(
                  files.list(
                      upload.name(), upload.stream(), asked, AskedLanguage.of(request, target)))
              .contentType(form.type()));
    }
    return upload.answer(request, files.open(upload.name(), upload.stream(), asked), form, "codes");
  }

  private static String type(HttpRequest<?> request) {
    String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static List<String> names(RequestTarget target, String parameter) {
    return target.find(parameter).map(v -> List.of(v.split(",", -1))).orElse(List.of());
  }

  private Crosswalk find(RequestTarget target) {
    return crosswalks.get(points, reference(target, "from"), reference(target, "to"));
  }

  private static Reference reference(RequestTarget target, String parameter) {
    return Points.reference(required(target, parameter, REFERENCE));
  }

  private static String required(RequestTarget target, String parameter, Text expected) {
    return target
        .find(parameter)
        .filter(v -> !v.isEmpty())
        .orElseThrow(() -> ProblemType.invalid(parameter, expected));
  }

  /** A table that is published later may be a shorter way: no crosswalk is for ever. */
  private static Freshness freshness(Crosswalk crosswalk) {
    return Freshness.floating(crosswalk.publishedAt());
  }
}
