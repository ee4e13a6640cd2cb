package fr.pivot.http.body;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.referential.Text;
import io.micronaut.http.HttpRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as its sender means it: what {@code Content-Encoding} names is undone here,
 * and not by the server below, for which a compressed body that is cut off ends like a whole one.
 */
public final class RequestBody {

  /**
   * What the server below is told instead of {@code Content-Encoding}, so that it leaves the body
   * as it is. What clients write there is not read.
   */
  public static final String CODING = "pivot-content-encoding";

  private static final String GZIP = "gzip";

  private RequestBody() {}

  /**
   * The bytes of a body.
   *
   * @param body as it was sent; null where there is none
   * @throws ProblemException where it is compressed otherwise than by gzip; while it is read, where
   *     it is cut off or is not what it says
   */
  public static InputStream open(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    InputStream in = body == null ? InputStream.nullInputStream() : body;
    return isCompressed(request) ? new Inflated(in) : in;
  }

  /** How many bytes it is said to have; negative where nothing is said. */
  public static long announced(HttpRequest<?> request) {
    return isCompressed(request) ? -1 : request.getContentLength();
  }

  private static boolean isCompressed(HttpRequest<?> request) {
    String coding = request.getHeaders().get(CODING);
    return coding != null && isGzip(coding);
  }

  /** Whether a coding is gzip, by either of its names (RFC 9110 §8.4.1.3). */
  static boolean isGzip(String coding) {
    String name = coding.strip().toLowerCase(Locale.ROOT);
    return name.equals(GZIP) || name.equals("x-gzip");
  }

  /**
   * Refuses a coding that nothing here undoes.
   *
   * @throws ProblemException where the body is compressed otherwise than by gzip
   */
  public static void requireKnownCoding(HttpRequest<?> request) {
    String coding = request.getHeaders().get(CODING);
    if (coding != null && !isGzip(coding)) {
      throw ProblemType.UNSUPPORTED_MEDIA_TYPE
          .with(
              "reason",
              new Text(
                  "Un corps peut être compressé par gzip, et par rien d'autre.",
                  "A body may be compressed by gzip, and by nothing else."))
          .exception();
    }
  }

  /** Inflates from the first byte that is read on, so that an empty body is told there, too. */
  private static final class Inflated extends InputStream {

    private final InputStream packed;
    private @Nullable InputStream inflated;

    Inflated(InputStream packed) {
      this.packed = packed;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        if (inflated == null) {
          inflated = new GZIPInputStream(packed, 1 << 16);
        }
        return inflated.read(to, offset, length);
      } catch (EOFException | ZipException _) {
        throw ProblemType.MALFORMED_REQUEST
            .with(
                "reason",
                new Text(
                    "Le corps n'est pas compressé comme Content-Encoding le dit, ou il est coupé.",
                    "The body is not compressed as Content-Encoding says, or is cut off."))
            .exception();
      }
    }

    @Override
    public int available() throws IOException {
      return inflated == null ? packed.available() : inflated.available();
    }

    @Override
    public void close() throws IOException {
      packed.close();
    }
  }
}
