package fr.pivot.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;

/**
 * A file that is sent with a request, as its body or as the part {@code file} of a form (RFC 7578),
 * and is read while it comes.
 *
 * @param name its name; empty where none is given
 * @param stream its bytes
 * @param fields the parts of the form that came before it, by name; none for a bare body
 */
public record Upload(String name, InputStream stream, Map<String, byte[]> fields) {

  /** What comes before the file is held in memory: a schema, the choices of a person. */
  private static final int LARGEST_FIELD = 1 << 20;

  private static final int LARGEST_CHOICES = 8 << 20;

  private static final String FORM = "multipart/form-data";

  /**
   * The file of a request.
   *
   * @param name the name to give to a bare body
   * @param types the media types that bare bodies may have, without parameters
   * @throws ProblemException where the body is of another type, or a form without a file
   */
  public static Upload of(
      HttpRequest<?> request, @Nullable InputStream body, String name, List<String> types)
      throws IOException {
    InputStream in = Patience.of(body == null ? InputStream.nullInputStream() : body);
    String header = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
    String type = header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (type.equals(FORM)) {
      return form(header == null ? "" : header, in);
    }
    if (!type.isEmpty() && !types.contains(type)) {
      throw ProblemType.UNSUPPORTED_MEDIA_TYPE.problem().exception();
    }
    return new Upload(name, in, Map.of());
  }

  private static Upload form(String header, InputStream in) throws IOException {
    String boundary = parameter(header, "boundary");
    if (boundary == null || boundary.isEmpty()) {
      throw ProblemType.MALFORMED_REQUEST.problem().exception();
    }
    try {
      MultipartInput parts =
          MultipartInput.builder()
              .setInputStream(in)
              .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
              .get();
      parts.setHeaderCharset(StandardCharsets.UTF_8);
      Map<String, byte[]> fields = new LinkedHashMap<>();
      for (boolean more = parts.skipPreamble(); more; more = parts.readBoundary()) {
        String disposition = disposition(parts.readHeaders());
        String name = parameter(disposition, "name");
        if ("file".equals(name)) {
          String file = parameter(disposition, "filename");
          return new Upload(file == null ? "" : file, parts.newInputStream(), fields);
        }
        int most = "choices".equals(name) ? LARGEST_CHOICES : LARGEST_FIELD;
        byte[] value = parts.newInputStream().readNBytes(most + 1);
        if (value.length > most) {
          throw ProblemType.TOO_LARGE.with("limit", most).exception();
        }
        fields.put(name == null ? "" : name, value);
      }
    } catch (FileUploadException | IllegalArgumentException malformed) {
      throw ProblemType.MALFORMED_REQUEST.problem().exception();
    } catch (IOException e) {
      if (e instanceof MultipartInput.MalformedStreamException) {
        throw ProblemType.MALFORMED_REQUEST.problem().exception();
      }
      throw e;
    }
    throw ProblemType.MISSING_FILE.problem().exception();
  }

  private static String disposition(String headers) {
    for (String line : headers.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        return line.substring(line.indexOf(':') + 1);
      }
    }
    return "";
  }

  private static @Nullable String parameter(String header, String name) {
    ParameterParser parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    return parser.parse(header, new char[] {';', ','}).get(name);
  }
}
