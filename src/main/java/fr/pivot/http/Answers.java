package fr.pivot.http;

import fr.pivot.text.PercentEncoding;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.netty.util.AsciiString;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes answers that caches understand: validators, lifetimes, what the answer varies with. */
public final class Answers {

  public static final String TOTAL = "X-Total-Count";

  /** The header that says what is not known, for forms that have no place for it. */
  private static final String NOT_KNOWN = "X-Not-Known";

  /** How many values it has at most. */
  private static final int MOST_NOT_KNOWN = 100;

  public static final String VARY = "Accept, Accept-Language, Accept-Encoding";
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Answers() {}

  /** An answer of these bytes, or 304 where the client holds the same. */
  public static MutableHttpResponse<byte[]> of(
      HttpRequest<?> request, byte[] body, MediaType type, Freshness freshness) {
    return prepare(body, type, freshness, null).respond(request);
  }

  /**
   * An answer with everything about it worked out, to be given many times.
   *
   * @param body its bytes
   * @param type their media type
   * @param tag its validator
   * @param cacheControl its lifetime
   * @param lastModified when what it tells was published, if that is one moment
   * @param contentLocation its own address, where another was asked
   * @param total how many there are on all pages, where it is one of a list
   * @param link where the next page is, where there is one
   */
  public record Prepared(
      byte[] body,
      MediaType type,
      String tag,
      String cacheControl,
      @Nullable String lastModified,
      @Nullable String contentLocation,
      @Nullable String total,
      @Nullable String link) {

    /**
     * The same, where the address that was asked is not its own.
     *
     * @param address its own; null where that was asked
     */
    public Prepared at(@Nullable String address) {
      return new Prepared(body, type, tag, cacheControl, lastModified, address, total, link);
    }

    /**
     * The same as a page of a list.
     *
     * @param total how many there are on all pages
     * @param link the {@code Link} to the next page; null on the last
     */
    public Prepared ofList(int total, @Nullable String link) {
      return new Prepared(
          body,
          type,
          tag,
          cacheControl,
          lastModified,
          contentLocation,
          Integer.toString(total),
          link);
    }

    /** Answers a request, with 304 where the client holds the same. */
    public MutableHttpResponse<byte[]> respond(HttpRequest<?> request) {
      MutableHttpResponse<byte[]> response =
          holds(request, tag)
              ? HttpResponse.notModified()
              : HttpResponse.<byte[]>ok(body).contentType(type);
      MutableHttpHeaders headers = response.getHeaders();
      headers.add(HttpHeaders.ETAG, tag);
      headers.add(HttpHeaders.CACHE_CONTROL, cacheControl);
      headers.add(HttpHeaders.VARY, VARY);
      if (lastModified != null) {
        headers.add(HttpHeaders.LAST_MODIFIED, lastModified);
      }
      if (contentLocation != null) {
        headers.add(HttpHeaders.CONTENT_LOCATION, contentLocation);
      }
      if (total != null) {
        headers.add(TOTAL, total);
      }
      if (link != null) {
        headers.add(HttpHeaders.LINK, link);
      }
      return response;
    }
  }

  /** Works out everything about an answer. */
  public static Prepared prepare(
      byte[] body, MediaType type, Freshness freshness, @Nullable String contentLocation) {
    return new Prepared(
        body,
        type,
        tag(body),
        freshness.cacheControl(),
        freshness.lastModified(),
        contentLocation,
        null,
        null);
  }

  /**
   * Adds the validators and the lifetime of an answer.
   *
   * @param tag its {@code ETag}, in quotes
   */
  public static <T> MutableHttpResponse<T> describe(
      MutableHttpResponse<T> response, String tag, Freshness freshness) {
    response
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, freshness.cacheControl())
        .header(HttpHeaders.VARY, VARY);
    String lastModified = freshness.lastModified();
    if (lastModified != null) {
      response.header(HttpHeaders.LAST_MODIFIED, lastModified);
    }
    return response;
  }

  /** Whether the answer to a request depends on nothing but its address. */
  public static boolean isPlain(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.GET
        && request.getHeaders().getAll(HttpHeaders.ACCEPT).size() <= 1
        && isPlain(request.getHeaders().get(HttpHeaders.ACCEPT));
  }

  /** Whether what an {@code Accept} header says leaves the choice to the address alone. */
  public static boolean isPlain(@Nullable CharSequence accept) {
    return accept == null
        || AsciiString.contentEquals(accept, "*/*")
        || AsciiString.contentEquals(accept, "application/json");
  }

  /** Says in the head of an answer what is not known; the first values of many. */
  public static MutableHttpResponse<byte[]> tellNotKnown(
      MutableHttpResponse<byte[]> response, List<String> values) {
    return values.isEmpty()
        ? response
        : response.header(
            NOT_KNOWN,
            String.join(", ", values.subList(0, Math.min(values.size(), MOST_NOT_KNOWN)))
                + (values.size() > MOST_NOT_KNOWN ? ", ..." : ""));
  }

  /** Adds what a stream needs: no validator is known before its end. */
  public static <T> MutableHttpResponse<T> describeStream(MutableHttpResponse<T> response) {
    return response
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(HttpHeaders.VARY, VARY)
        .header("X-Accel-Buffering", "no");
  }

  /**
   * Says what an answer is called where it is kept as a file (RFC 6266).
   *
   * @param name its name
   * @param kept whether browsers are to keep it, instead of showing it
   */
  public static <T> MutableHttpResponse<T> name(
      MutableHttpResponse<T> response, String name, boolean kept) {
    return response.header(
        HttpHeaders.CONTENT_DISPOSITION,
        (kept ? "attachment" : "inline")
            + "; filename=\""
            + name.replaceAll("[^ -~]|[\"\\\\/%]", "_")
            + "\"; filename*=UTF-8''"
            + PercentEncoding.encode(name));
  }

  /**
   * Whether the client holds what a tag validates. {@code If-Modified-Since} is not heeded: answers
   * without a date change at midnight, with no publication.
   */
  public static boolean holds(HttpRequest<?> request, String tag) {
    return holds(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH), tag);
  }

  /** Whether an {@code If-None-Match} header names a tag. */
  public static boolean holds(@Nullable String header, String tag) {
    if (header == null) {
      return false;
    }
    return header.strip().equals("*") || header.contains(tag);
  }

  /** A strong validator of these bytes, in quotes. */
  public static String tag(byte[] body) {
    long hash = 0x9E3779B97F4A7C15L ^ body.length;
    int i = 0;
    for (; i + 8 <= body.length; i += 8) {
      hash = mix(hash, (long) LONGS.get(body, i));
    }
    long rest = 0;
    for (int shift = 0; i < body.length; i++, shift += 8) {
      rest |= (body[i] & 0xFFL) << shift;
    }
    return tag(mix(mix(hash, rest), 0));
  }

  private static long mix(long hash, long word) {
    long product = (hash ^ word) * 0xD6E8FEB86659FD93L;
    return product ^ product >>> 32;
  }

  private static String tag(long hash) {
    char[] text = new char[18];
    text[0] = '"';
    for (int i = 0; i < 16; i++) {
      text[i + 1] = HEX[(int) (hash >>> (60 - 4 * i)) & 15];
    }
    text[17] = '"';
    return new String(text);
  }
}
