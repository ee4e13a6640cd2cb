package fr.pivot.http.access;

import fr.pivot.http.client.Clients;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Value;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees every request as it comes and every answer as it goes, those that are given ahead of the
 * router and those that are refused before it too: gives each its id and tells of it at its end.
 */
@Singleton
public final class AccessPath {

  /** Where somebody is who came by no address. */
  private static final String UNKNOWN = "unknown";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");

  private final BeanProvider<Routes> routes;
  private final Clients clients;
  private final BeanProvider<AccessLog> log;
  private final BeanProvider<Exchange.Follower> followers;
  private final boolean logged;

  AccessPath(
      BeanProvider<Routes> routes,
      Clients clients,
      BeanProvider<AccessLog> log,
      BeanProvider<Exchange.Follower> followers,
      @Value("${pivot.access-log:false}") boolean logged) {
    this.routes = routes;
    this.clients = clients;
    this.log = log;
    this.followers = followers;
    this.logged = logged;
  }

  /** What sees the requests and answers of one connection. */
  public ChannelHandler onConnection() {
    return new Handler(logged ? log.get() : null, followers.isPresent() ? followers.get() : null);
  }

  /** One connection. */
  private final class Handler extends ChannelDuplexHandler {
    private final Exchange.@Nullable Follower log;
    private final Exchange.@Nullable Follower follower;

    /** The requests without an answer, in the order in which they will have one. */
    private final Deque<Exchange> due = new ArrayDeque<>(2);

    /** The network of the client, where it asks for itself alone. */
    private @Nullable String direct;

    Handler(Exchange.@Nullable Follower log, Exchange.@Nullable Follower follower) {
      this.log = log;
      this.follower = follower;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        HttpHeaders headers = request.headers();
        String id = RequestId.settle(headers);
        HttpMethod method = request.method();
        due.add(
            new Exchange(
                id,
                METHODS.contains(method.name()) ? method.name() : "OTHER",
                log == null && follower == null ? Route.NONE : routes.get().find(request.uri()),
                log == null ? "" : client(context.channel(), headers)));
      }
      context.fireChannelRead(message);
    }

    private String client(Channel channel, HttpHeaders headers) {
      if (direct != null) {
        return direct;
      }
      if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
        return UNKNOWN;
      }
      if (clients.speaksForOthers(peer)) {
        return clients.of(peer, headers::getAll).shortened();
      }
      direct = Clients.direct(peer).shortened();
      return direct;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      boolean interim = false;
      if (message instanceof HttpResponse response) {
        interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        Exchange exchange = due.peek();
        if (!interim && exchange != null) {
          exchange.begins(response.status().code());
          if (!response.headers().contains(RequestId.HEADER)) {
            response.headers().set(RequestId.HEADER, exchange.id());
          }
        }
      }
      if (!interim) {
        count(message);
      }
      context.write(message, promise);
    }

    private void count(Object message) {
      Exchange exchange = due.peek();
      if (exchange == null) {
        return;
      }
      if (message instanceof HttpContent content) {
        exchange.adds(content.content().readableBytes());
      } else if (message instanceof FileRegion file) {
        exchange.adds(file.count());
      }
      if (message instanceof LastHttpContent) {
        due.remove();
        end(exchange, true);
      }
    }

    private void end(Exchange exchange, boolean toItsEnd) {
      exchange.ends(toItsEnd);
      Exchange.tell(log, exchange);
      Exchange.tell(follower, exchange);
    }

    /** Who has left is told nothing more. */
    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      for (Exchange exchange = due.poll(); exchange != null; exchange = due.poll()) {
        end(exchange, false);
      }
      super.channelInactive(context);
    }
  }
}
