package fr.pivot.crosswalk;

import fr.pivot.crosswalk.TranslatedFile.Policy;
import fr.pivot.http.HandedIn;
import fr.pivot.http.ProblemException;
import fr.pivot.http.ProblemType;
import fr.pivot.http.RequestTarget;
import fr.pivot.text.DelimitedBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The translation of a delimited file, whichever way it is asked for. */
final class FileTranslation {

  /** The policies for several targets, as they are written in requests. */
  static final List<String> POLICIES = List.of("all", "list", "single-only", "weights");

  /**
   * What is asked of a file.
   *
   * @param column the column that holds the codes, or null to choose it
   * @param name the reference translated to, which names the new columns
   * @param policy what becomes of several targets; null for the sums of figures
   * @param measures the columns that hold figures
   * @param by the columns whose values keep figures apart
   */
  record Request(
      @Nullable String column,
      String name,
      @Nullable Policy policy,
      List<String> measures,
      List<String> by) {}

  private final InputStream stream;
  private final @Nullable TranslatedFile rows;

  private FileTranslation(InputStream stream, @Nullable TranslatedFile rows) {
    this.stream = stream;
    this.rows = rows;
  }

  /** The translated file. */
  InputStream stream() {
    return stream;
  }

  /** How many rows had each status, once the stream is read; empty for sums. */
  Map<Status, Long> counts() {
    return rows == null ? Map.of() : rows.counts();
  }

  /** The policy of a name; null for the sums of figures. */
  static @Nullable Policy policy(Optional<String> name) {
    return switch (name.orElse("all")) {
      case "list" -> Policy.LIST;
      case "single-only" -> Policy.SINGLE_ONLY;
      case "weights" -> null;
      default -> Policy.ALL;
    };
  }

  /**
   * Opens a file and translates it while it is read; figures are summed at once.
   *
   * @throws ProblemException where the file has no such columns, or figures are none
   */
  static FileTranslation open(Crosswalk crosswalk, InputStream in, Request request)
      throws IOException {
    DelimitedBytes file =
        DelimitedBytes.open(in)
            .orElseThrow(() -> ProblemType.UNKNOWN_COLUMN.with("columns", List.of()).exception());
    int column = column(file, request.column(), crosswalk.from().referential());
    if (request.policy() != null) {
      TranslatedFile rows =
          new TranslatedFile(crosswalk, file, column, request.name(), request.policy());
      return new FileTranslation(rows, rows);
    }
    return new FileTranslation(weigh(crosswalk, file, column, request), null);
  }

  private static int column(DelimitedBytes file, @Nullable String column, String referential) {
    Optional<Integer> found =
        column != null
            ? file.findColumn(column)
            : file.findColumn("code")
                .or(() -> file.findColumn(referential))
                .or(() -> file.header().size() == 1 ? Optional.of(0) : Optional.empty());
    return found.orElseThrow(() -> HandedIn.unknownColumn(file));
  }

  private static int[] columns(DelimitedBytes file, List<String> names) {
    return names.stream().mapToInt(name -> HandedIn.column(file, name)).toArray();
  }

  private static InputStream weigh(
      Crosswalk crosswalk, DelimitedBytes file, int column, Request request) throws IOException {
    WeighedFile sums =
        new WeighedFile(
            crosswalk,
            file,
            column,
            columns(file, request.measures()),
            columns(file, request.by()));
    try {
      sums.readAll();
    } catch (WeighedFile.NotANumberException e) {
      throw ProblemType.NOT_A_NUMBER
          .with("line", e.line())
          .with("column", e.column())
          .with("value", RequestTarget.shorten(e.value()))
          .exception();
    } catch (WeighedFile.TooManyLinesException _) {
      throw ProblemType.TOO_LARGE.with("limit", WeighedFile.MOST_LINES).exception();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (file.isMarked()) {
      out.writeBytes("\uFEFF".getBytes(file.bufferCharset()));
    }
    List<List<@Nullable String>> header = new ArrayList<>();
    header.add(new ArrayList<>(sums.columns(request.name())));
    write(out, file, header.getFirst());
    sums.forEachLine(cells -> write(out, file, cells));
    byte[] bytes = out.toByteArray();
    return new ByteArrayInputStream(file.toFile(bytes, bytes.length));
  }

  private static void write(
      ByteArrayOutputStream out, DelimitedBytes file, List<@Nullable String> cells) {
    String line =
        cells.stream()
            .map(cell -> cell == null ? "" : file.quote(cell))
            .collect(Collectors.joining(String.valueOf(file.separator()), "", "\r\n"));
    out.writeBytes(line.getBytes(file.bufferCharset()));
  }
}
