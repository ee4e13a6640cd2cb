package fr.pivot.reconciliation;

import fr.pivot.admission.Work;
import fr.pivot.api.ReconciliationApi;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Answers;
import fr.pivot.http.AskedLanguage;
import fr.pivot.http.Freshness;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.ServerAddress;
import fr.pivot.http.body.HeavyWork;
import fr.pivot.http.body.SmallBody;
import fr.pivot.referential.Text;
import io.micronaut.http.HttpHeaders;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reconciliation service: manifest, queries, data extension, in versions 0.2 and 1.0. */
@Controller
@ExecuteOn(HeavyWork.THREADS)
final class ReconciliationController implements ReconciliationApi {

  /** The largest body of a request, in bytes. */
  static final int LARGEST = 1 << 20;

  static final String DRAFT = "1.0-draft";

  private static final MediaType SCRIPT = MediaType.of("application/javascript;charset=utf-8");
  private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE;
  private static final Pattern CALLBACK =
      Pattern.compile("[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*");

  private final Endpoints endpoints;
  private final ServerAddress server;
  private final HeavyWork heavy;

  ReconciliationController(Endpoints endpoints, ServerAddress server, HeavyWork heavy) {
    this.endpoints = endpoints;
    this.server = server;
    this.heavy = heavy;
  }

  /** The manifest, or answers to the queries in the address. */
  @Override
  public HttpResponse<?> manifestAll(HttpRequest<?> request) throws IOException {
    return get(request, null);
  }

  /** The same for one referential. */
  @Override
  public HttpResponse<?> manifestOne(HttpRequest<?> request) throws IOException {
    return get(request, RequestTarget.of(request).segment(1));
  }

  /** Answers to queries in a form. */
  @Override
  public HttpResponse<?> reconcileAll(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    return post(request, null, body);
  }

  /** The same for one referential. */
  @Override
  public HttpResponse<?> reconcileOne(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    return post(request, RequestTarget.of(request).segment(1), body);
  }

  /** Answers to queries of version 1.0. */
  @Override
  public HttpResponse<?> matchAll(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    return match(request, null, body);
  }

  /** The same for one referential. */
  @Override
  public HttpResponse<?> matchOne(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    return match(request, RequestTarget.of(request).segment(1), body);
  }

  /** What is known of entities, as version 1.0 asks it. */
  @Override
  public HttpResponse<?> extendAll(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    return extend(request, null, body);
  }

  /** The same for one referential. */
  @Override
  public HttpResponse<?> extendOne(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    return extend(request, RequestTarget.of(request).segment(1), body);
  }

  private Endpoint endpoint(HttpRequest<?> request, @Nullable String reference) {
    return endpoints.find(reference, server.of(request), AskedLanguage.of(request));
  }

  private HttpResponse<?> get(HttpRequest<?> request, @Nullable String reference)
      throws IOException {
    RequestTarget target = RequestTarget.of(request);
    Endpoint endpoint = endpoint(request, reference);
    Optional<String> callback = callback(target);
    if (target.find("queries").isPresent() || target.find("extend").isPresent()) {
      return work(request, endpoint, target.parameters(), callback);
    }
    boolean draft = target.findOneOf("version", List.of("0.2", DRAFT)).orElse("0.2").equals(DRAFT);
    Manifest manifest = new Manifest(endpoint);
    return answer(request, draft ? manifest.draft() : manifest.common(), callback);
  }

  private HttpResponse<?> post(
      HttpRequest<?> request, @Nullable String reference, @Nullable InputStream body)
      throws IOException {
    requireType(request, MediaType.APPLICATION_FORM_URLENCODED);
    Endpoint endpoint = endpoint(request, reference);
    Map<String, String> form = RequestTarget.form(SmallBody.read(request, body, LARGEST));
    for (String name : form.keySet()) {
      if (!name.equals("queries") && !name.equals("extend")) {
        throw ProblemType.UNKNOWN_PARAMETER
            .with("parameter", ProblemType.shorten(name))
            .with("known", List.of("queries", "extend"))
            .exception();
      }
    }
    return work(request, endpoint, form, callback(RequestTarget.of(request)));
  }

  /** Answers the queries, or the data extension query, of a request of version 0.2. */
  private HttpResponse<?> work(
      HttpRequest<?> request,
      Endpoint endpoint,
      Map<String, String> parameters,
      Optional<String> callback)
      throws IOException {
    String queries = parameters.get("queries");
    String extend = parameters.get("extend");
    if ((queries == null) == (extend == null)) {
      throw ProblemType.invalid(
          "queries",
          new Text(
              "« queries » ou « extend », l'un des deux",
              "\"queries\" or \"extend\", one of them"));
    }
    return passing(
        request,
        callback,
        () -> {
          if (queries != null) {
            return new Batch(endpoint, endpoints.properties())
                .keyed(QuestionReader.readKeyed(queries, "queries"));
          }
          return Extension.read(
                  endpoint,
                  endpoints.properties(),
                  endpoints.crosswalks(),
                  String.valueOf(extend),
                  "extend")
              .keyed();
        });
  }

  private HttpResponse<?> match(
      HttpRequest<?> request, @Nullable String reference, @Nullable InputStream body)
      throws IOException {
    return json(
        request,
        reference,
        body,
        endpoint ->
            text ->
                new Batch(endpoint, endpoints.properties())
                    .listed(QuestionReader.readListed(text)));
  }

  private HttpResponse<?> extend(
      HttpRequest<?> request, @Nullable String reference, @Nullable InputStream body)
      throws IOException {
    return json(
        request,
        reference,
        body,
        endpoint ->
            text ->
                Extension.read(
                        endpoint, endpoints.properties(), endpoints.crosswalks(), text, "body")
                    .listed());
  }

  private HttpResponse<?> json(
      HttpRequest<?> request,
      @Nullable String reference,
      @Nullable InputStream body,
      Function<Endpoint, Function<String, byte[]>> work)
      throws IOException {
    requireType(request, MediaType.APPLICATION_JSON);
    Endpoint endpoint = endpoint(request, reference);
    String text = new String(SmallBody.read(request, body, LARGEST), StandardCharsets.UTF_8);
    return passing(request, Optional.empty(), () -> work.apply(endpoint).apply(text));
  }

  /** Does a work in its turn. What it answers depends on the day and is asked once. */
  private HttpResponse<?> passing(
      HttpRequest<?> request, Optional<String> callback, Supplier<byte[]> work) throws IOException {
    return heavy.answer(
        request, Work.Kind.BATCH, () -> Answers.describeStream(wrapped(work.get(), callback)));
  }

  private static void requireType(HttpRequest<?> request, String wanted) {
    String header = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
    String type = header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!type.equals(wanted)) {
      throw ProblemType.UNSUPPORTED_MEDIA_TYPE.with("available", List.of(wanted)).exception();
    }
  }

  /** The function that a script wants to be called with the answer (JSONP), if any. */
  static Optional<String> callback(RequestTarget target) {
    return target.find(
        "callback",
        CALLBACK,
        100,
        new Text("le nom d'une fonction JavaScript", "the name of a JavaScript function"));
  }

  /** An answer that may be kept for a short while, as JSON or as a script. */
  static MutableHttpResponse<byte[]> answer(
      HttpRequest<?> request, byte[] json, Optional<String> callback) {
    return callback.isEmpty()
        ? Answers.of(request, json, JSON, Freshness.floating(null))
        : Answers.of(request, script(json, callback.get()), SCRIPT, Freshness.floating(null))
            .header("X-Content-Type-Options", "nosniff");
  }

  private static MutableHttpResponse<byte[]> wrapped(byte[] json, Optional<String> callback) {
    return callback.isEmpty()
        ? HttpResponse.ok(json).contentType(JSON)
        : HttpResponse.ok(script(json, callback.get()))
            .contentType(SCRIPT)
            .header("X-Content-Type-Options", "nosniff");
  }

  /** The empty comment keeps the name from being read as the beginning of another kind of file. */
  private static byte[] script(byte[] json, String callback) {
    String text =
        new String(json, StandardCharsets.UTF_8)
            .replace("\u2028", "\\u2028")
            .replace("\u2029", "\\u2029");
    return ("/**/" + callback + '(' + text + ");").getBytes(StandardCharsets.UTF_8);
  }
}
