package fr.pivot.lookup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a bulk request, which knows whether whoever reads it would have to wait. */
public final class BulkBody extends FilterInputStream {

  private final long announced;
  private long read;

  private BulkBody(InputStream in, long announced) {
    super(in);
    this.announced = announced;
  }

  /**
   * The body of a request.
   *
   * @param body the body
   * @param announced how many bytes it is said to have; negative where nothing is said
   */
  public static BulkBody of(InputStream body, long announced) {
    return new BulkBody(body, announced);
  }

  /**
   * Whether the next item is there without waiting, as far as can be told: readers take blocks, so
   * that of a body that is read whole the last items are in their hands.
   */
  boolean isMoreAtHand() {
    try {
      return announced >= 0 && read >= announced || in.available() > 0;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    if (one >= 0) {
      read++;
    }
    return one;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      read += count;
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    read += skipped;
    return skipped;
  }

  /** Nobody goes back. */
  @Override
  public boolean markSupported() {
    return false;
  }
}
