package fr.pivot.http.connection;

import fr.pivot.admission.Turns;
import fr.pivot.http.Answers;
import fr.pivot.http.Answers.Prepared;
import fr.pivot.http.ContractGuard;
import fr.pivot.http.access.RequestId;
import fr.pivot.http.client.Client;
import fr.pivot.http.client.ClientLimits;
import fr.pivot.http.client.Clients;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gives answers that are ready ahead of the router, straight from the connection: routing, filters
 * and binding cost more than a lookup. It never makes an answer. Whatever is not plain, or not
 * ready, goes the ordinary way, which makes the answer and remembers it; a test holds the two ways
 * to the same bytes and headers.
 */
@Singleton
final class HotPath {

  private static final int COMPRESSED_FROM = 1024;
  private static final AsciiString ORIGIN = new AsciiString("*");
  private static final AsciiString EXPOSED = new AsciiString(ContractGuard.EXPOSED);
  private static final AsciiString LINK = new AsciiString("Link");
  private static final AsciiString TOTAL = new AsciiString(Answers.TOTAL);
  private static final AsciiString VARY = new AsciiString(Answers.VARY);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final HotSource source;
  private final Clients clients;
  private final ClientLimits limits;
  private volatile Second second = new Second(0, new AsciiString(""));

  /** A second and how the {@code Date} header writes it. */
  private record Second(long number, AsciiString text) {}

  HotPath(HotSource source, Clients clients, ClientLimits limits) {
    this.source = source;
    this.clients = clients;
    this.limits = limits;
  }

  /** What gives ready answers on one connection. */
  ChannelHandler onConnection() {
    return new Handler();
  }

  private static boolean isPlain(HttpRequest request) {
    HttpHeaders headers = request.headers();
    return request.method() == HttpMethod.GET
        && request.protocolVersion() == HttpVersion.HTTP_1_1
        && request.decoderResult().isSuccess()
        && Answers.isPlain(headers.get(HttpHeaderNames.ACCEPT))
        && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
        && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        && !headers.contains(HttpHeaderNames.EXPECT)
        && !headers.contains(HttpHeaderNames.UPGRADE)
        && isKeptAlive(headers.get(HttpHeaderNames.CONNECTION));
  }

  private static boolean isKeptAlive(@Nullable String connection) {
    return connection == null || connection.equalsIgnoreCase("keep-alive");
  }

  private DefaultFullHttpResponse response(HttpRequest request, Prepared answer, boolean held) {
    ByteBuf body = held ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body());
    CharSequence[] headers = new CharSequence[28];
    int at = 0;
    if (!held) {
      at = put(headers, at, HttpHeaderNames.CONTENT_TYPE, answer.type().toString());
      at = put(headers, at, HttpHeaderNames.CONTENT_LENGTH, Integer.toString(answer.body().length));
    }
    at = put(headers, at, HttpHeaderNames.ETAG, answer.tag());
    at = put(headers, at, HttpHeaderNames.CACHE_CONTROL, answer.cacheControl());
    at = put(headers, at, HttpHeaderNames.VARY, VARY);
    at = put(headers, at, HttpHeaderNames.LAST_MODIFIED, answer.lastModified());
    at = put(headers, at, HttpHeaderNames.CONTENT_LOCATION, answer.contentLocation());
    at = put(headers, at, TOTAL, answer.total());
    at = put(headers, at, LINK, answer.link());
    at = put(headers, at, HttpHeaderNames.DATE, date());
    at = put(headers, at, HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN);
    at = put(headers, at, HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    at = put(headers, at, RequestForm.NO_SNIFFING, RequestForm.NOSNIFF);
    at = put(headers, at, RequestId.HEADER, request.headers().get(RequestId.HEADER));
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        held ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK,
        body,
        new ReadOnlyHttpHeaders(
            false, at == headers.length ? headers : java.util.Arrays.copyOf(headers, at)),
        EmptyHttpHeaders.INSTANCE);
  }

  private static int put(
      CharSequence[] headers, int at, CharSequence name, @Nullable CharSequence value) {
    if (value == null) {
      return at;
    }
    headers[at] = name;
    headers[at + 1] = value;
    return at + 2;
  }

  private AsciiString date() {
    long now = System.currentTimeMillis() / 1000;
    Second known = second;
    if (known.number() != now) {
      known = new Second(now, new AsciiString(DATE.format(Instant.ofEpochSecond(now))));
      second = known;
    }
    return known.text();
  }

  /** One connection. Answers stay in the order of their requests: it steps in when none is due. */
  private final class Handler extends ChannelDuplexHandler {
    private int due;
    private boolean answered;
    private boolean written;

    /** Who asks, where that is the same for all requests of the connection. */
    private @Nullable Client client;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      if (context.channel().remoteAddress() instanceof InetSocketAddress peer
          && !clients.speaksForOthers(peer)) {
        client = Clients.direct(peer);
      }
    }

    private boolean mayAsk(ChannelHandlerContext context, HttpRequest request) {
      Client asking = client;
      if (asking == null) {
        if (!(context.channel().remoteAddress() instanceof InetSocketAddress peer)) {
          return false;
        }
        asking = clients.of(peer, request.headers()::getAll);
      }
      return limits.mayAsk(asking);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        answered = due == 0 && answer(context, request);
        if (!answered) {
          due++;
        }
      }
      if (answered) {
        ReferenceCountUtil.release(message);
      } else {
        context.fireChannelRead(message);
      }
    }

    private boolean answer(ChannelHandlerContext context, HttpRequest request) {
      if (!context.channel().isWritable() || !isPlain(request)) {
        return false;
      }
      Turns.keepOneFree();
      HotSource.Ready ready = source.find(request.uri());
      if (ready == null) {
        return false;
      }
      Prepared answer = ready.answer();
      if (answer.body().length >= COMPRESSED_FROM
          && request.headers().contains(HttpHeaderNames.ACCEPT_ENCODING)) {
        return false;
      }
      if (!mayAsk(context, request)) {
        // The ordinary way tells it.
        return false;
      }
      ready.given();
      boolean held =
          Answers.holds(request.headers().get(HttpHeaderNames.IF_NONE_MATCH), answer.tag());
      context.write(response(request, answer, held), context.voidPromise());
      written = true;
      return true;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      if (written) {
        written = false;
        context.flush();
      }
      context.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      boolean interim =
          message instanceof HttpResponse response
              && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (message instanceof LastHttpContent && !interim) {
        due--;
      }
      context.write(message, promise);
    }
  }
}
