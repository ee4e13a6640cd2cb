package fr.pivot.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection: ends it where its client keeps it waiting. The head of a request has to come
 * within a while; a body has to come, and an answer to be read, at a pace that is not that of
 * somebody who wants to hold a place for nothing; a connection of which nothing is asked is closed.
 * Only the time counts that the server waits for the client: an answer may take as long to make as
 * it does, and a body that the server does not read has no pace.
 *
 * <p>It looks at the connection now and then, so that what is answered at once pays for no timer.
 */
final class Deadlines extends ChannelDuplexHandler {

  /** What a client was too slow with, told to {@link RequestForm}. */
  enum Missed {
    HEAD,
    BODY
  }

  /** How often a connection is looked at, at most. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** What Netty counts for each piece that waits to be written, beside its bytes. */
  private static final int PIECE = 96;

  private final ConnectionLimits limits;
  private final long interval;
  private @Nullable Future<?> next;
  private long looked;

  /** How many answers were not given to their end. */
  private int open;

  private boolean inHead = true;
  private boolean inBody;
  private boolean begins;
  private boolean active;
  private boolean reading;
  private long waitedForHead;
  private long idle;

  /** How long a body was waited for, and what came meanwhile. */
  private long waitedForBody;

  private long received;

  /** How long an answer waited to be read, and what was read meanwhile. */
  private long waitedForReader;

  private long taken;

  /** What was given to be written since it was looked, and what was not written then. */
  private long given;

  private long left;

  Deadlines(ConnectionLimits limits) {
    this.limits = limits;
    Duration shortest = limits.head();
    for (Duration each : new Duration[] {limits.grace(), limits.idle(), LOOK.multipliedBy(10)}) {
      shortest = each.compareTo(shortest) < 0 ? each : shortest;
    }
    this.interval = shortest.toNanos() / 10;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    looked = now(context);
    lookLater(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (next != null) {
      next.cancel(false);
    }
  }

  private static long now(ChannelHandlerContext context) {
    return context.executor().ticker().nanoTime();
  }

  private void lookLater(ChannelHandlerContext context) {
    next = context.executor().schedule(() -> look(context), interval, TimeUnit.NANOSECONDS);
  }

  /** The head of a request has come, and its body, if it has one, is next. */
  void headEnds() {
    inHead = false;
    inBody = true;
    waitedForBody = 0;
    received = 0;
    open++;
  }

  /** The request has come to its end. */
  void requestEnds() {
    inBody = false;
  }

  /** How many answers were not given to their end. */
  int open() {
    return open;
  }

  /** An answer was given to its end. */
  void answerEnds() {
    open--;
  }

  @Override
  public void read(ChannelHandlerContext context) {
    reading = true;
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    active = true;
    if (message instanceof ByteBuf bytes) {
      received += bytes.readableBytes();
      if (!inBody && !inHead) {
        inHead = true;
        begins = true;
      }
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    reading = false;
    context.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    active = true;
    if (message instanceof ByteBuf bytes) {
      given += bytes.readableBytes() + PIECE;
    }
    context.write(message, promise);
  }

  private void look(ChannelHandlerContext context) {
    if (!context.channel().isOpen()) {
      return;
    }
    long now = now(context);
    long elapsed = now - looked;
    looked = now;
    lookAtAnswer(context, elapsed);
    lookAtRequest(context, elapsed);
    active = false;
    if (context.channel().isOpen()) {
      lookLater(context);
    }
  }

  private void lookAtAnswer(ChannelHandlerContext context, long elapsed) {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    long pending = 0;
    if (buffer != null && !buffer.isEmpty()) {
      pending = Math.max(1, buffer.totalPendingWriteBytes() - buffer.currentProgress());
    }
    taken += Math.max(0, left + given - pending);
    given = 0;
    left = pending;
    if (pending == 0) {
      waitedForReader = 0;
      taken = 0;
      return;
    }
    waitedForReader += elapsed;
    if (waitedForReader >= limits.grace().toNanos()) {
      if (isTooLittle(taken, waitedForReader)) {
        context.close();
      }
      waitedForReader = 0;
      taken = 0;
    }
  }

  private void lookAtRequest(ChannelHandlerContext context, long elapsed) {
    if (inBody) {
      idle = 0;
      if (reading) {
        waitedForBody += elapsed;
      }
      if (waitedForBody >= limits.grace().toNanos()) {
        if (isTooLittle(received, waitedForBody)) {
          context.fireUserEventTriggered(Missed.BODY);
        }
        waitedForBody = 0;
        received = 0;
      }
    } else if (open > 0 || left > 0) {
      idle = 0;
      waitedForHead = 0;
    } else if (inHead) {
      waitedForHead = begins ? 0 : waitedForHead + elapsed;
      begins = false;
      if (waitedForHead >= limits.head().toNanos()) {
        context.fireUserEventTriggered(Missed.HEAD);
      }
    } else {
      idle = active ? 0 : idle + elapsed;
      if (idle >= limits.idle().toNanos()) {
        context.close();
      }
    }
  }

  private boolean isTooLittle(long bytes, long nanos) {
    return bytes < limits.pace() * (nanos / SECOND);
  }
}
