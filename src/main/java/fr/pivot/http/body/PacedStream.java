package fr.pivot.http.body;

import fr.pivot.finding.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A body that must come at a decent pace: who sends less than a kilobyte a second on average, once
 * half a minute is over, holds a connection and a thread for nothing, and is answered with 408.
 */
public final class PacedStream extends InputStream {

  /** How long a sender may take its time. */
  static final Duration GRACE = Duration.ofSeconds(30);

  /** The bytes a second that are asked for afterwards. */
  static final int PACE = 1024;

  private final InputStream in;
  private final LongSupplier nanos;
  private long waited;
  private long received;

  private PacedStream(InputStream in, LongSupplier nanos) {
    this.in = in;
    this.nanos = nanos;
  }

  static InputStream of(InputStream in) {
    return of(in, System::nanoTime);
  }

  /** For tests, which say how much time goes by, in nanoseconds. */
  static InputStream of(InputStream in, LongSupplier nanos) {
    return new PacedStream(in, nanos);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    long begin = nanos.getAsLong();
    int count = in.read(to, offset, length);
    // What counts is the time spent waiting for the sender, not the time its reader takes.
    waited += nanos.getAsLong() - begin;
    received += Math.max(count, 0);
    long beyond = waited - GRACE.toNanos();
    if (beyond > 0 && received < waited / 1_000_000_000L * PACE) {
      throw ProblemType.REQUEST_TIMEOUT
          .with("graceSeconds", GRACE.toSeconds())
          .with("bytesPerSecond", PACE)
          .exception();
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
