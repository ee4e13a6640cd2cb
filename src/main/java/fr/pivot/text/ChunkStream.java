package fr.pivot.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is made while it is read, a chunk at a time: what it is made of is never held
 * whole, and a slow reader slows the making down.
 */
public abstract class ChunkStream extends InputStream {

  private byte[] chunk = {};
  private int at;
  private boolean ended;

  /** Makes the next chunk, which may be empty; null at the end. What fails cuts the stream off. */
  protected abstract byte @Nullable [] nextChunk() throws IOException;

  /** What was made and not read yet, or else the next chunk that is not empty; null at the end. */
  public final byte @Nullable [] takeChunk() throws IOException {
    while (!ended && at == chunk.length) {
      byte[] next = chunk();
      if (next == null) {
        ended = true;
      } else {
        chunk = next;
        at = 0;
      }
    }
    if (at == chunk.length) {
      return null;
    }
    byte[] taken = at == 0 ? chunk : Arrays.copyOfRange(chunk, at, chunk.length);
    at = chunk.length;
    return taken;
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public final int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == chunk.length) {
      byte[] next = takeChunk();
      if (next == null) {
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

  /** A server cuts an answer off where its stream fails so; by another exception it never ends. */
  private byte @Nullable [] chunk() throws IOException {
    try {
      return nextChunk();
    } catch (RuntimeException e) {
      throw new IOException(e);
    }
  }
}
