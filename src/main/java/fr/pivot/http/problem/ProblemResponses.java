package fr.pivot.http.problem;

import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Answers;
import fr.pivot.http.AskedLanguage;
import fr.pivot.http.ContractGuard;
import fr.pivot.http.HtmlPage;
import fr.pivot.http.RequestTarget;
import fr.pivot.http.access.RequestId;
import fr.pivot.referential.Text;
import fr.pivot.text.JsonWriter;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.NotAcceptableException;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a problem of every error. All of Micronaut's own exception handlers end in its error
 * response processor, so this one bean replaces the answers of them all; what they say of the
 * exception is not passed on, for it may show internals.
 */
@Singleton
@Replaces(ErrorResponseProcessor.class)
public final class ProblemResponses
    implements ErrorResponseProcessor<byte[]>, ExceptionHandler<ProblemException, HttpResponse<?>> {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);

  /** After how many seconds who found no room may try again. */
  public static final String RETRY_SECONDS = "2";

  private final HttpServerConfiguration configuration;
  private final BeanProvider<ProblemPages> pages;

  ProblemResponses(HttpServerConfiguration configuration, BeanProvider<ProblemPages> pages) {
    this.configuration = configuration;
    this.pages = pages;
  }

  @Override
  public HttpResponse<?> handle(
      @SuppressWarnings("rawtypes") HttpRequest request, ProblemException exception) {
    return answer(request, exception.problem(), HttpResponse.ok());
  }

  @Override
  public MutableHttpResponse<byte[]> processResponse(
      ErrorContext context, MutableHttpResponse<?> base) {
    HttpRequest<?> request = context.getRequest();
    Throwable cause = context.getRootCause().orElse(null);
    Problem problem = problem(request, cause, base.code());
    if (problem.type() == ProblemType.INTERNAL && cause != null) {
      tell(request, cause);
    }
    return answer(request, problem, base);
  }

  /**
   * Tells of what went wrong within, by what it is and where it was, in a line. What it says may
   * hold what the client sent, and is told with the whole trace only where somebody looks for it.
   */
  private static void tell(HttpRequest<?> request, Throwable cause) {
    StringBuilder where = new StringBuilder();
    int depth = 0;
    for (Throwable t = cause; t != null && depth < 5; t = t.getCause(), depth++) {
      where.append(depth == 0 ? "" : " <- ").append(t.getClass().getName());
      Arrays.stream(t.getStackTrace())
          .filter(frame -> frame.getClassName().startsWith("fr.pivot."))
          .limit(3)
          .forEach(frame -> where.append(" at ").append(frame));
    }
    LOG.error("Request {} failed: {}", RequestId.of(request), where);
    LOG.debug("Request {}:", RequestId.of(request), cause);
  }

  /** Answers a request with a problem, keeping the headers of a response. */
  private MutableHttpResponse<byte[]> answer(
      HttpRequest<?> request, Problem problem, MutableHttpResponse<?> base) {
    boolean page = decodingFailure(request) == null && HtmlPage.isForReader(request);
    MutableHttpResponse<byte[]> response =
        base.status(problem.type().status())
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .header(HttpHeaders.VARY, Answers.VARY)
            .body(bytes(request, problem, page))
            .contentType(page ? HtmlPage.TYPE : ProblemWriter.TYPE);
    if (page) {
      HtmlPage.guard(response);
    }
    if (problem.type() == ProblemType.UNAVAILABLE || problem.type() == ProblemType.BUSY) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    if (problem.members().get("retryAfterSeconds") instanceof Long seconds) {
      response.header(HttpHeaders.RETRY_AFTER, seconds.toString());
    }
    ContractGuard.addCors(response);
    return response;
  }

  private byte @Nullable [] bytes(HttpRequest<?> request, Problem problem, boolean page) {
    if (request.getMethod() == HttpMethod.HEAD) {
      return null;
    }
    if (page) {
      return pages
          .get()
          .render(
              RequestTarget.of(request), AskedLanguage.of(request), problem, RequestId.of(request));
    }
    JsonWriter json = new JsonWriter();
    ProblemWriter.write(
        problem, json, AskedLanguage.of(request), instance(request), RequestId.of(request));
    return json.take();
  }

  private static @Nullable String instance(HttpRequest<?> request) {
    if (decodingFailure(request) != null) {
      return null;
    }
    String path = request.getUri().getRawPath();
    return path == null || path.length() > RequestTarget.LONGEST_VALUE ? null : path;
  }

  private Problem problem(HttpRequest<?> request, @Nullable Throwable cause, int status) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof ProblemException problem) {
        return problem.problem();
      }
      if (t instanceof ContentLengthExceededException) {
        return ProblemType.TOO_LARGE.with("limit", configuration.getMaxRequestSize());
      }
    }
    if (cause != null && DatabaseOutage.isCauseOf(cause)) {
      return ProblemType.UNAVAILABLE.problem();
    }
    return switch (cause) {
      case ConstraintViolationException e -> ofViolation(e);
      case ConversionErrorException e -> ofArgument(e.getArgument().getName());
      case UnsatisfiedRouteException e -> ofArgument(e.getArgument().getName());
      case NotAcceptableException e ->
          ProblemType.NOT_ACCEPTABLE.with(
              "available",
              e.getProduceableContentTypes().stream()
                  .filter(type -> !type.contains("problem"))
                  .sorted()
                  .toList());
      case null, default -> ofStatus(request, status);
    };
  }

  private static Problem ofViolation(ConstraintViolationException exception) {
    List<ConstraintViolation<?>> violations = List.copyOf(exception.getConstraintViolations());
    if (violations.isEmpty()) {
      return ProblemType.MALFORMED_REQUEST.problem();
    }
    ConstraintViolation<?> violation = violations.getFirst();
    String path = violation.getPropertyPath().toString();
    String name = path.substring(path.lastIndexOf('.') + 1);
    if (name.equals("ref")) {
      return ProblemType.MALFORMED_REFERENCE.with(
          "value", ProblemType.shorten(String.valueOf(violation.getInvalidValue())));
    }
    return ofArgument(name);
  }

  private static Problem ofArgument(String name) {
    return ProblemType.INVALID_PARAMETER
        .with("parameter", name)
        .with("expected", new Text("ce que dit le contrat", "what the contract says"));
  }

  private Problem ofStatus(HttpRequest<?> request, int status) {
    Throwable decoding = decodingFailure(request);
    if (decoding instanceof TooLongHttpLineException) {
      return ProblemType.URI_TOO_LONG.problem();
    }
    if (decoding instanceof TooLongHttpHeaderException) {
      return ProblemType.HEADERS_TOO_LARGE.problem();
    }
    for (ProblemType type : TYPICAL) {
      if (type.status() == status) {
        return type == ProblemType.TOO_LARGE
            ? type.with("limit", configuration.getMaxRequestSize())
            : type.problem();
      }
    }
    return status >= 400 && status < 500
        ? ProblemType.MALFORMED_REQUEST.problem()
        : ProblemType.INTERNAL.problem();
  }

  /** Why the request could not be read at all, or null where it could. */
  private static @Nullable Throwable decodingFailure(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> netty
        ? netty.getNativeRequest().decoderResult().cause()
        : null;
  }

  /** What a status means when nothing more is known. */
  private static final List<ProblemType> TYPICAL =
      List.of(
          ProblemType.MALFORMED_REQUEST,
          ProblemType.NOT_FOUND,
          ProblemType.METHOD_NOT_ALLOWED,
          ProblemType.NOT_ACCEPTABLE,
          ProblemType.REQUEST_TIMEOUT,
          ProblemType.CONFLICT,
          ProblemType.TOO_LARGE,
          ProblemType.URI_TOO_LONG,
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          ProblemType.UNPROCESSABLE,
          ProblemType.TOO_MANY_REQUESTS,
          ProblemType.HEADERS_TOO_LARGE,
          ProblemType.INTERNAL,
          ProblemType.UNAVAILABLE);
}
