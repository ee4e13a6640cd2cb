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
 * within a while; a body may keep the server waiting for a while, and so may who reads an answer,
 * of which what comes and what is read gives some back, so that a steady pace is enough for ever; a
 * connection of which nothing is asked is closed. Only the time counts that the server waits for
 * the client: an answer may take as long to make as it does, and a body that the server does not
 * read has no pace.
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

  /** How long the body, and who reads an answer, may still keep the server waiting. */
  private long leftForBody;

  private long leftForReader;

  /** What came of a body since it was looked. */
  private long received;

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
    this.leftForReader = limits.grace().toNanos();
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
    leftForBody = limits.grace().toNanos();
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
    long taken = left + given - pending;
    given = 0;
    left = pending;
    leftForReader = pending == 0 ? limits.grace().toNanos() : wait(leftForReader, elapsed, taken);
    if (leftForReader <= 0) {
      context.close();
    }
  }

  private void lookAtRequest(ChannelHandlerContext context, long elapsed) {
    if (inBody) {
      idle = 0;
      leftForBody = wait(leftForBody, reading ? elapsed : 0, received);
      received = 0;
      if (leftForBody <= 0) {
        context.fireUserEventTriggered(Missed.BODY);
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

  /** How long is left after some time has gone by, of which what went on gives some back. */
  private long wait(long before, long elapsed, long bytes) {
    long grace = limits.grace().toNanos();
    long most = grace / SECOND * limits.pace() + limits.pace();
    return Math.min(grace, before - elapsed + Math.clamp(bytes, 0, most) * SECOND / limits.pace());
  }
}
