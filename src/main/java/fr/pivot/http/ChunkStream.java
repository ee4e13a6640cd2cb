package fr.pivot.http;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is made while it is read, a chunk at a time: what it is made of is never held
 * whole, and a slow reader slows the making down.
 */
public abstract class ChunkStream extends InputStream {

  private byte[] chunk = {};
  private int at;
  private boolean ended;

  /** Makes the next chunk, which may be empty; null at the end. */
  protected abstract byte @Nullable [] nextChunk() throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public final int read(byte[] to, int offset, int length) throws IOException {
    while (at == chunk.length) {
      if (ended) {
        return -1;
      }
      byte[] next = nextChunk();
      if (next == null) {
        ended = true;
        return -1;
      }
      chunk = next;
      at = 0;
    }
    int count = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, to, offset, count);
    at += count;
    return count;
  }
}
