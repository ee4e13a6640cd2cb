package fr.pivot.http.connection;

import fr.pivot.finding.ProblemType;
import fr.pivot.http.access.AccessPath;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Puts together what each connection passes by before it comes to Micronaut's own handler. */
@Singleton
final class Connections implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  private static final String FORM = "pivot-form";

  private final ConnectionLimits limits;
  private final OpenConnections open;
  private final HotPath hot;
  private final AccessPath access;

  Connections(ConnectionLimits limits, OpenConnections open, HotPath hot, AccessPath access) {
    this.limits = limits;
    this.open = open;
    this.hot = hot;
    this.access = access;
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
        .addBefore(
            ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND,
            "pivot-access",
            access.onConnection())
        .addBefore(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, FORM, form)
        .addBefore(
            ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, "pivot-hot", hot.onConnection());
    if (!open.enter(channel)) {
      form.refuse(pipeline.context(FORM), ProblemType.BUSY.problem(), EmptyHttpHeaders.INSTANCE);
    }
  }
}
