package fr.pivot.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ByteProcessor;

/**
 * Looks at the bytes of a request's head before the decoder does, for what the decoder mends in
 * silence: a line that goes on in the next one (RFC 9112 §5.2), which servers and proxies read
 * differently. Of requests that come in one piece with the one before, the decoder's way is kept:
 * it puts a space in its place.
 */
final class HeadScan extends ChannelInboundHandlerAdapter {

  private final ByteProcessor look = this::look;
  private boolean inHead = true;
  private boolean folded;
  private boolean lineBegins;
  private boolean lineIsEmpty;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (inHead && message instanceof ByteBuf bytes) {
      bytes.forEachByte(look);
    }
    context.fireChannelRead(message);
  }

  /** Looks at one byte, and says whether the head goes on. */
  private boolean look(byte b) {
    if (b == '\n') {
      if (lineIsEmpty) {
        inHead = false;
        return false;
      }
      lineBegins = true;
      lineIsEmpty = true;
    } else if (b != '\r') {
      folded |= lineBegins && (b == ' ' || b == '\t');
      lineBegins = false;
      lineIsEmpty = false;
    }
    return true;
  }

  /** The decoder has read a head. */
  void headEnds() {
    inHead = false;
  }

  /** The decoder has read a request to its end: the next bytes are the head of another. */
  void requestEnds() {
    inHead = true;
    folded = false;
    lineBegins = false;
    lineIsEmpty = false;
  }

  /** Whether a line of the head went on in the next one. */
  boolean isFolded() {
    return folded;
  }
}
