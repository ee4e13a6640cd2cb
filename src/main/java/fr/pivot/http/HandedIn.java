package fr.pivot.http;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Rule;
import fr.pivot.referential.Text;
import fr.pivot.text.DelimitedBytes;
import fr.pivot.text.Overrides;
import fr.pivot.text.RefusedFileException;
import fr.pivot.text.TabularFile;
import io.micronaut.http.HttpRequest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tables that clients hand in: how they come, what a request says of them, and what they are
 * answered with that cannot be read.
 */
public final class HandedIn {

  /** What an xlsx workbook is sent as. */
  public static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  /** What files are sent as. Their bytes, not these, tell what they are. */
  private static final List<String> TYPES =
      List.of(
          "text/csv",
          "text/tab-separated-values",
          "text/plain",
          XLSX,
          "application/vnd.ms-excel",
          "application/vnd.oasis.opendocument.spreadsheet",
          "application/gzip",
          "application/x-gzip",
          "application/zip",
          "application/octet-stream");

  private HandedIn() {}

  /** The file that came with a request: its body, or a part of a form. */
  public static Upload upload(
      HttpRequest<?> request, RequestTarget target, @Nullable InputStream body) throws IOException {
    Upload upload = Upload.of(request, body, target.find("name").orElse(""), TYPES);
    String name = target.find("name").orElse(upload.name());
    return new Upload(name.isBlank() ? "-" : name, upload.stream(), upload.fields());
  }

  /** What a request says of how a table is written. */
  public static Overrides overrides(RequestTarget target) {
    Optional<String> header = target.find("header");
    return new Overrides(
        target.find("encoding").map(HandedIn::charset).orElse(null),
        target
            .findOneOf("separator", List.of(",", ";", "|", "tab"))
            .map(s -> s.equals("tab") ? '\t' : s.charAt(0))
            .orElse(null),
        header.isEmpty() ? null : Integer.valueOf(target.number("header", 0, 1000, 1)),
        target.find("sheet").orElse(null));
  }

  private static Charset charset(String name) {
    List<String> known =
        List.of(
            "utf-8",
            "utf-16le",
            "utf-16be",
            "windows-1252",
            "iso-8859-1",
            "iso-8859-15",
            "macroman",
            "cp850");
    if (!known.contains(name.toLowerCase(Locale.ROOT))) {
      String all = String.join(", ", known);
      throw RequestTarget.invalid("encoding", new Text(all, all));
    }
    try {
      return Charset.forName(
          name.equalsIgnoreCase("macroman")
              ? "x-MacRoman"
              : name.equalsIgnoreCase("cp850") ? "IBM850" : name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalStateException("this Java cannot read " + name, e);
    }
  }

  /**
   * Opens a table, whatever it is written in.
   *
   * @param name its name
   * @param in its bytes; closed where it cannot be read
   * @throws ProblemException where it cannot be read
   */
  public static TabularFile.Opened open(String name, InputStream in, Overrides overrides)
      throws IOException {
    try {
      return switch (TabularFile.open(name, in, overrides)) {
        case TabularFile.Opened opened -> opened;
        case TabularFile.Refused(Finding reason) -> throw refused(reason);
      };
    } catch (IOException | RuntimeException e) {
      in.close();
      throw problem(e);
    }
  }

  /** What a file that cannot be read is answered with; anything else is left as it is. */
  public static RuntimeException problem(Exception e) throws IOException {
    return switch (e) {
      case RefusedFileException refused -> refused(refused.at(""));
      case DelimitedBytes.RecordTooLongException tooLong ->
          ProblemType.TOO_LARGE
              .with("limit", DelimitedBytes.LONGEST_RECORD)
              .with("line", tooLong.line())
              .exception();
      case IOException lost when lost.getCause() instanceof ProblemException known -> known;
      case IOException lost -> throw lost;
      case RuntimeException broken -> broken;
      default -> new IllegalStateException(e);
    };
  }

  /** Why a file is not read, or not read further, in words. */
  public static Text why(ProblemException e) {
    return e.problem().members().get("reason") instanceof Text reason
        ? reason
        : new Text(e.problem().detail("fr"), e.problem().detail("en"));
  }

  private static ProblemException refused(Finding reason) {
    Rule rule = reason.rule();
    ProblemType type =
        rule == Rule.OVERSIZED_FILE || rule == Rule.OVERSIZED_LINE || rule == Rule.TOO_MANY_COLUMNS
            ? ProblemType.TOO_LARGE
            : ProblemType.REFUSED_FILE;
    var problem = type.with("reason", rule.message()).with("rule", rule.code());
    if (reason.place().line() > 0) {
      problem = problem.with("line", reason.place().line());
    }
    return (reason.value() == null ? problem : problem.with("found", reason.value())).exception();
  }

  /** Writes a workbook. */
  public interface WorkbookBody {
    /** Writes it whole. */
    void writeTo(Path output) throws IOException;
  }

  /**
   * A workbook to be answered, written beside and gone once it is read.
   *
   * @param source what it is made of, closed afterwards
   */
  public static InputStream workbook(Closeable source, WorkbookBody body) throws IOException {
    Path output = Files.createTempFile("pivot", ".xlsx");
    try (source) {
      body.writeTo(output);
      return Files.newInputStream(output, StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(output);
      throw problem(e);
    }
  }

  /** The rank of a column, or the problem that there is none of that name. */
  public static int column(DelimitedBytes file, String name) {
    return file.findColumn(name.strip()).orElseThrow(() -> unknownColumn(file));
  }

  /** The problem of a column that is not there, with those that are. */
  public static ProblemException unknownColumn(DelimitedBytes file) {
    return ProblemType.UNKNOWN_COLUMN
        .with("columns", file.header().stream().limit(50).map(RequestTarget::shorten).toList())
        .exception();
  }
}
