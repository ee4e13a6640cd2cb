package fr.pivot.http.connection;

import fr.pivot.finding.ProblemType;
import fr.pivot.http.client.Client;
import fr.pivot.http.client.Clients;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what each connection passes by before it comes to Micronaut's own handler, and lets
 * in no more connections than there is room for, nor more of one client than leaves room for
 * others. Proxies that are trusted, and this machine, have as many as there are.
 */
@Singleton
final class Connections implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  private static final String FORM = "pivot-form";

  private final ConnectionLimits limits;
  private final Clients clients;
  private final HotPath hot;
  private final AtomicInteger all = new AtomicInteger();

  /** How many connections each client has; those that have none are not in it. */
  private final Map<Client, Integer> ofClients = new ConcurrentHashMap<>();

  Connections(ConnectionLimits limits, Clients clients, HotPath hot) {
    this.limits = limits;
    this.clients = clients;
    this.hot = hot;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new Customizer(null));
    return event.getBean();
  }

  /** Puts them before Micronaut's own handler on each HTTP/1 connection. */
  private final class Customizer implements NettyServerCustomizer {
    private final @Nullable Channel channel;

    Customizer(@Nullable Channel channel) {
      this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel connection, ChannelRole role) {
      return role == ChannelRole.CONNECTION ? new Customizer(connection) : this;
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (channel != null
          && channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC) != null
          && channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND) != null) {
        begin(channel);
      }
    }
  }

  private void begin(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    HeadScan head = new HeadScan();
    Deadlines deadlines = new Deadlines(limits);
    RequestForm form = new RequestForm(head, deadlines, limits);
    pipeline
        .addBefore(
            ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, "pivot-deadlines", deadlines)
        .addBefore(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, "pivot-head", head)
        .addBefore(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, FORM, form)
        .addBefore(
            ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, "pivot-hot", hot.onConnection());
    if (!enter(channel)) {
      form.refuse(pipeline.context(FORM), ProblemType.BUSY.problem(), EmptyHttpHeaders.INSTANCE);
    }
  }

  /** Counts a connection until it is closed, and says whether there is room for it. */
  boolean enter(Channel channel) {
    Client client =
        limits.ofClient() > 0
                && channel.remoteAddress() instanceof InetSocketAddress peer
                && !clients.speaksForOthers(peer)
            ? Clients.direct(peer)
            : null;
    boolean counted = client != null && !client.isHere();
    int mine = counted ? ofClients.merge(client, 1, Integer::sum) : 0;
    int there = all.incrementAndGet();
    channel
        .closeFuture()
        .addListener(
            _ -> {
              all.decrementAndGet();
              if (counted) {
                ofClients.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
              }
            });
    return there <= limits.most() && (!counted || mine <= limits.ofClient());
  }
}
