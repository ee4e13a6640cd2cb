package fr.pivot.http.body;

import fr.pivot.admission.Work;
import fr.pivot.text.ChunkStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that is made as a part of a work, which has its place until the stream is closed. */
final class AdmittedStream extends ChunkStream {

  private static final Logger LOG = LoggerFactory.getLogger(AdmittedStream.class);
  private static final int PIECE = 1 << 16;

  private final InputStream in;
  private final Work work;
  private final Runnable atEnd;

  /** Held by who makes a chunk, and by who closes: nothing is closed under somebody's hands. */
  private final ReentrantLock making = new ReentrantLock();

  private boolean closed;

  /**
   * A stream.
   *
   * @param atEnd run once when it is closed
   */
  AdmittedStream(InputStream in, Work work, Runnable atEnd) {
    this.in = in;
    this.work = work;
    this.atEnd = atEnd;
  }

  @Override
  protected byte @Nullable [] nextChunk() throws IOException {
    making.lock();
    try {
      if (closed) {
        throw new IOException("closed");
      }
      work.requireWanted();
      return work.call(this::make);
    } catch (Exception e) {
      if (work.isAbandoned()) {
        // Nobody reads it; that it breaks off is nothing to tell of.
        return null;
      }
      switch (e) {
        case IOException lost -> throw lost;
        case RuntimeException broken -> throw broken;
        default -> throw new IOException(e);
      }
    } finally {
      making.unlock();
    }
  }

  private byte @Nullable [] make() throws IOException {
    if (in instanceof ChunkStream chunks) {
      return chunks.takeChunk();
    }
    byte[] piece = in.readNBytes(PIECE);
    return piece.length == 0 ? null : piece;
  }

  /** Closes it because its client has left. */
  void end() {
    try {
      close();
    } catch (IOException | RuntimeException e) {
      LOG.debug("while ending what nobody reads any more", e);
    }
  }

  @Override
  public void close() throws IOException {
    making.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      try (in) {
        atEnd.run();
      } finally {
        work.leave();
      }
    } finally {
      making.unlock();
    }
  }
}
