package fr.pivot.http.body;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Answers;
import fr.pivot.http.RequestTarget;
import fr.pivot.referential.Text;
import fr.pivot.table.AnnotatedTable;
import fr.pivot.table.HandedTable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
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
  public static final int LARGEST_FIELD = 1 << 20;

  private static final int LARGEST_CHOICES = 8 << 20;

  /** How much comes before the file, with its names: the choices and the schema, and some more. */
  public static final int LARGEST_FIELDS = 10 << 20;

  /** How many parts come before the file. */
  public static final int MOST_FIELDS = 32;

  private static final String FORM = "multipart/form-data";

  /** What files are sent as. Their bytes, not these, tell what they are. */
  private static final List<String> TYPES =
      List.of(
          "text/csv",
          "text/tab-separated-values",
          "text/plain",
          HandedTable.XLSX,
          "application/vnd.ms-excel",
          "application/vnd.oasis.opendocument.spreadsheet",
          "application/gzip",
          "application/x-gzip",
          "application/zip",
          "application/octet-stream");

  /** The endings of files that are handed in, one within another: {@code .csv.gz}. */
  private static final Pattern ENDINGS =
      Pattern.compile("(?i)(\\.(csv|tsv|tab|txt|xlsx|xls|ods))?(\\.(gz|zip))?$");

  /**
   * The file that came with a request: its body, or a part of a form.
   *
   * @throws ProblemException where the body is of another type, or a form without a file
   */
  public static Upload of(HttpRequest<?> request, RequestTarget target, @Nullable InputStream body)
      throws IOException {
    Upload upload = of(request, body, target.find("name").orElse(""));
    String name = target.find("name").orElse(upload.name());
    return new Upload(name.isBlank() ? "-" : name, upload.stream(), upload.fields());
  }

  private static Upload of(HttpRequest<?> request, @Nullable InputStream body, String name)
      throws IOException {
    InputStream in = RequestBody.open(request, body);
    String header = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
    String type = header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (type.equals(FORM)) {
      return form(header == null ? "" : header, in);
    }
    if (!type.isEmpty() && !TYPES.contains(type)) {
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
      int count = 0;
      int bytes = 0;
      for (boolean more = parts.skipPreamble(); more; more = parts.readBoundary()) {
        String disposition = disposition(parts.readHeaders());
        String name = parameter(disposition, "name");
        if ("file".equals(name)) {
          String file = parameter(disposition, "filename");
          return new Upload(file == null ? "" : file, new Part(parts.newInputStream()), fields);
        }
        int most = "choices".equals(name) ? LARGEST_CHOICES : LARGEST_FIELD;
        byte[] value = parts.newInputStream().readNBytes(most + 1);
        count++;
        bytes += value.length + (name == null ? 0 : name.length());
        if (value.length > most || count > MOST_FIELDS || bytes > LARGEST_FIELDS) {
          int limit =
              value.length > most ? most : count > MOST_FIELDS ? MOST_FIELDS : LARGEST_FIELDS;
          throw ProblemType.TOO_LARGE.with("limit", limit).exception();
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

  /** The bytes of a part. That a form ends in the middle of one is its sender's fault. */
  private static final class Part extends FilterInputStream {

    Part(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (MultipartInput.MalformedStreamException _) {
        throw cutOff();
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (MultipartInput.MalformedStreamException _) {
        throw cutOff();
      }
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } catch (MultipartInput.MalformedStreamException _) {
        // It reads what nobody read; who wanted the rest has been told already.
      }
    }

    private static ProblemException cutOff() {
      return ProblemType.MALFORMED_REQUEST
          .with(
              "reason",
              new Text(
                  "Le formulaire finit au milieu du fichier : il manque son dernier séparateur.",
                  "The form ends in the middle of the file: its last boundary is missing."))
          .exception();
    }
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

  /**
   * What an answer about a file is called where it is kept: {@code subventions-rapport.html} for
   * {@code subventions.csv}.
   *
   * @param what the answer is
   * @param ending of its name
   */
  public String nameAnswer(String what, String ending) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    String base = ENDINGS.matcher(file.substring(file.lastIndexOf('\\') + 1)).replaceFirst("");
    return (base.isBlank() || base.equals("-") ? "" : base + '-') + what + '.' + ending;
  }

  /**
   * A stream as it can be answered. A browser reads nothing of an answer before it has sent the
   * whole file, so that an answer that waits to be read would hold up the file, and both would wait
   * for ever: what browsers get is made to its end first, and is gone once it is read.
   */
  public static InputStream answer(HttpRequest<?> request, InputStream stream) throws IOException {
    return request.getHeaders().contains(HttpHeaders.ORIGIN)
        ? HandedTable.beside(stream, output -> HandedTable.copy(stream, output))
        : stream;
  }

  /**
   * The answer that sends back a table with what was worked out beside it, as delimited text or as
   * a workbook, to be kept as a file.
   *
   * @param what what was done with it: {@code subventions-codes.csv}
   */
  public MutableHttpResponse<InputStream> answer(
      HttpRequest<?> request, AnnotatedTable table, FileForm form, String what) throws IOException {
    MutableHttpResponse<InputStream> response =
        form == FileForm.XLSX
            ? HttpResponse.ok(table.workbook()).contentType(form.type())
            : HttpResponse.ok(answer(request, table.stream()))
                .contentType(MediaType.of(table.type()));
    return Answers.describeStream(Answers.name(response, nameAnswer(what, form.id()), true));
  }
}
