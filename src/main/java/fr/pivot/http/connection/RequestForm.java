package fr.pivot.http.connection;

import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.AskedLanguage;
import fr.pivot.http.access.RequestId;
import fr.pivot.http.body.RequestBody;
import fr.pivot.http.problem.ProblemResponses;
import fr.pivot.http.problem.ProblemWriter;
import fr.pivot.referential.Text;
import fr.pivot.text.JsonWriter;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One connection: refuses requests that are no HTTP/1.1 as RFC 9110 and 9112 have it, before
 * anything reads them, and gives every answer what all of them have. A request that may be
 * understood in two ways is what one client reaches another's answers with, through a proxy that
 * understands it otherwise.
 *
 * <p>An answer that is compressed on its way out has a validator of its own ({@code "abc-gzip"}),
 * since its bytes are others; what a client holds of it is known again without the ending.
 */
final class RequestForm extends ChannelDuplexHandler {

  static final AsciiString NO_SNIFFING = new AsciiString("X-Content-Type-Options");
  static final AsciiString NOSNIFF = new AsciiString("nosniff");

  /** A range of an {@code Accept-Language} that says no language. */
  private static final Pattern NO_LANGUAGE = Pattern.compile("(?:^|,)\\s*(?:[,;]|$)");

  private static final String COMPRESSED = "-gzip\"";

  /** The letters of a host and its port (RFC 3986 §3.2.2), those of an IPv6 address included. */
  private static final BitSet HOST = new BitSet();

  static {
    HOST.set('a', 'z' + 1);
    HOST.set('A', 'Z' + 1);
    HOST.set('0', '9' + 1);
    "-._~%!$&'()*+,;=:[]".chars().forEach(HOST::set);
  }

  private final HeadScan head;
  private final Deadlines deadlines;
  private final ConnectionLimits limits;

  /** Of each request without an answer yet, whether its client holds a compressed answer. */
  private final Deque<Boolean> due = new ArrayDeque<>();

  /** What the last request said of itself. */
  private HttpHeaders asked = EmptyHttpHeaders.INSTANCE;

  private boolean refused;

  RequestForm(HeadScan head, Deadlines deadlines, ConnectionLimits limits) {
    this.head = head;
    this.deadlines = deadlines;
    this.limits = limits;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (refused) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      head.headEnds();
      Text reason = request.decoderResult().isSuccess() ? findFault(request) : null;
      if (reason != null) {
        ReferenceCountUtil.release(message);
        refuse(context, ProblemType.MALFORMED_REQUEST.with("reason", reason), request.headers());
        return;
      }
      asked = request.headers();
      deadlines.headEnds();
      if (request.protocolVersion().minorVersion() > 1) {
        // A later HTTP/1 is understood by who understands this one (RFC 9110 §2.5).
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
      }
      leaveReadableLanguages(request.headers());
      keepCompressed(request.headers());
      due.add(forgetCompression(request.headers()));
    }
    if (message instanceof LastHttpContent) {
      head.requestEnds();
      deadlines.requestEnds();
    }
    context.fireChannelRead(message);
  }

  private @Nullable Text findFault(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (version.majorVersion() != 1 || !version.protocolName().equals("HTTP")) {
      return new Text("Ce serveur parle HTTP/1.1.", "This server speaks HTTP/1.1.");
    }
    if (head.isFolded()) {
      return new Text(
          "Une ligne d'en-tête continue sur la suivante.",
          "A header line goes on in the next one.");
    }
    HttpHeaders headers = request.headers();
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1) {
      return new Text("L'en-tête Host est donné deux fois.", "The header Host is given twice.");
    }
    if (hosts.isEmpty()) {
      if (version.minorVersion() > 0) {
        return new Text("L'en-tête Host manque.", "The header Host is missing.");
      }
    } else if (!isHost(hosts.getFirst())) {
      return new Text("L'en-tête Host n'est pas un hôte.", "The header Host is no host.");
    }
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!codings.isEmpty()
        && (codings.size() > 1
            || !codings.getFirst().strip().equalsIgnoreCase("chunked")
            || version.minorVersion() == 0)) {
      return new Text(
          "Transfer-Encoding ne peut être que « chunked ».",
          "Transfer-Encoding can be nothing but \"chunked\".");
    }
    return null;
  }

  private static boolean isHost(String host) {
    if (host.isEmpty() || host.length() > 300) {
      return false;
    }
    for (int i = 0; i < host.length(); i++) {
      if (!HOST.get(host.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The client was too slow: it is told where nothing else was told yet. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof Deadlines.Missed missed)) {
      context.fireUserEventTriggered(event);
    } else if (refused) {
      context.close();
    } else if (missed == Deadlines.Missed.HEAD) {
      refuse(
          context,
          ProblemType.REQUEST_TIMEOUT.with("headSeconds", limits.head().toSeconds()),
          EmptyHttpHeaders.INSTANCE);
    } else if (due.size() == 1 && deadlines.open() == 1) {
      refuse(
          context,
          ProblemType.REQUEST_TIMEOUT
              .with("graceSeconds", limits.grace().toSeconds())
              .with("bytesPerSecond", limits.pace()),
          asked);
    } else {
      context.close();
    }
  }

  /** Answers with a problem instead of whatever else, and closes the connection. */
  void refuse(ChannelHandlerContext context, Problem problem, HttpHeaders asked) {
    refused = true;
    JsonWriter json = new JsonWriter();
    ProblemWriter.write(
        problem,
        json,
        AskedLanguage.of(asked.get(HttpHeaderNames.ACCEPT_LANGUAGE)),
        null,
        asked.get(RequestId.HEADER));
    byte[] body = json.take();
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(problem.type().status()),
            Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, ProblemWriter.TYPE.toString())
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
        .set(NO_SNIFFING, NOSNIFF);
    if (problem.type() == ProblemType.BUSY) {
      response.headers().set(HttpHeaderNames.RETRY_AFTER, ProblemResponses.RETRY_SECONDS);
    }
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  /** Keeps the server from undoing what {@link RequestBody} undoes. */
  private static void keepCompressed(HttpHeaders headers) {
    headers.remove(RequestBody.CODING);
    String coding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
    if (coding != null) {
      headers.remove(HttpHeaderNames.CONTENT_ENCODING);
      if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
        headers.set(RequestBody.CODING, coding);
      }
    }
  }

  /** Takes out of {@code Accept-Language} what names no language, which the router cannot read. */
  private static void leaveReadableLanguages(HttpHeaders headers) {
    String asked = headers.get(HttpHeaderNames.ACCEPT_LANGUAGE);
    if (asked == null || !NO_LANGUAGE.matcher(asked).find()) {
      return;
    }
    String kept =
        Arrays.stream(asked.split(","))
            .map(String::strip)
            .filter(range -> !NO_LANGUAGE.matcher(range).find())
            .collect(Collectors.joining(","));
    if (kept.isEmpty()) {
      headers.remove(HttpHeaderNames.ACCEPT_LANGUAGE);
    } else {
      headers.set(HttpHeaderNames.ACCEPT_LANGUAGE, kept);
    }
  }

  /**
   * Leaves the bare validators of what a client holds; says whether one was of compressed bytes.
   */
  private static boolean forgetCompression(HttpHeaders headers) {
    String held = headers.get(HttpHeaderNames.IF_NONE_MATCH);
    if (held == null || !held.contains(COMPRESSED)) {
      return false;
    }
    headers.set(HttpHeaderNames.IF_NONE_MATCH, held.replace(COMPRESSED, "\""));
    return true;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (refused) {
      // Another answer was given, and the connection is being closed.
      ReferenceCountUtil.release(message);
      promise.trySuccess();
      return;
    }
    boolean interim =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (message instanceof HttpResponse response && !interim) {
      boolean holdsCompressed = Boolean.TRUE.equals(due.poll());
      HttpHeaders headers = response.headers();
      if (!headers.contains(NO_SNIFFING)) {
        headers.set(NO_SNIFFING, NOSNIFF);
      }
      if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)
          || (holdsCompressed && response.status().code() == 304)) {
        markCompressed(headers);
      }
    }
    if (message instanceof LastHttpContent && !interim) {
      deadlines.answerEnds();
    }
    context.write(message, promise);
  }

  private static void markCompressed(HttpHeaders headers) {
    String tag = headers.get(HttpHeaderNames.ETAG);
    if (tag != null && tag.endsWith("\"") && !tag.endsWith(COMPRESSED)) {
      headers.set(HttpHeaderNames.ETAG, tag.substring(0, tag.length() - 1) + COMPRESSED);
    }
  }
}
