package fr.pivot.crosswalk.file;

import fr.pivot.crosswalk.Crosswalk;
import fr.pivot.crosswalk.Crosswalks;
import fr.pivot.crosswalk.Status;
import fr.pivot.crosswalk.file.TranslatedFile.Policy;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.referential.Language;
import fr.pivot.registry.Points;
import fr.pivot.table.AnnotatedTable;
import fr.pivot.table.Decisions;
import fr.pivot.table.HandedTable;
import fr.pivot.text.Discretion;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.Dialect;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Translates a column of codes in whole files, whoever asks. */
@Singleton
public final class FileTranslations {

  /** The policies for several targets, as they are written in requests. */
  public static final List<String> POLICIES = List.of("all", "list", "single-only", "weights");

  private static final String WEIGHTS = "weights";

  private final Points points;
  private final Crosswalks crosswalks;

  /** Translates between points. */
  public FileTranslations(Points points, Crosswalks crosswalks) {
    this.points = points;
    this.crosswalks = crosswalks;
  }

  /**
   * What is asked of a file.
   *
   * @param from what its codes are: {@code communes@2014-01-01}
   * @param to what to translate them to, which names the new columns
   * @param column the column that holds the codes, or null to choose it
   * @param policy one of {@link #POLICIES}: what becomes of several targets
   * @param measures the columns that hold figures, for {@code weights}
   * @param by the columns whose values keep figures apart
   * @param choices what a person decided, as a table {@code code_source,code_cible}; empty for
   *     nothing
   * @param overrides how the file is written, where that is said
   */
  public record Request(
      String from,
      String to,
      @Nullable String column,
      String policy,
      List<String> measures,
      List<String> by,
      byte[] choices,
      Overrides overrides) {

    /** Keeps copies that nobody can change. */
    public Request {
      measures = List.copyOf(measures);
      by = List.copyOf(by);
    }
  }

  /** A file whose header was read. */
  private record Begun(
      Translator translator, TabularFile.Opened source, DelimitedBytes file, int column) {}

  /**
   * Begins to translate a file, which is read while its answer is; figures are summed at once.
   *
   * @param name the file's name, for findings
   * @param in its bytes; closed with the answer
   * @throws ProblemException where the file cannot be read, where it has no such columns, where
   *     figures are none, or where the references are wrong
   */
  public AnnotatedTable open(String name, InputStream in, Request request) throws IOException {
    return open(find(in, request), name, in, request);
  }

  static AnnotatedTable open(Crosswalk crosswalk, String name, InputStream in, Request request)
      throws IOException {
    Begun begun = begin(crosswalk, name, in, request);
    DelimitedBytes file = begun.file();
    try {
      String coded = file.header().get(begun.column());
      if (request.policy().equals(WEIGHTS)) {
        WeighedFile sums = weigh(begun.translator(), file, begun.column(), request);
        begun.source().close();
        Set<String> figures = new HashSet<>(request.measures());
        figures.add("rows");
        Dialect written = file.dialect();
        return new AnnotatedTable(
            begun.source(),
            write(file, sums, request.to()),
            new Dialect(written.charset(), written.markLength(), written.separator(), 1),
            sums.texts(request.to()),
            figures,
            sums::counts);
      }
      TranslatedFile rows =
          new TranslatedFile(
              begun.translator(), file, begun.column(), request.to(), policy(request.policy()));
      Set<String> texts = new HashSet<>(rows.added());
      texts.add(coded);
      return new AnnotatedTable(
          begun.source(),
          rows,
          file.dialect(),
          texts,
          Set.of(request.to() + ":share"),
          rows::counts);
    } catch (IOException | RuntimeException e) {
      begun.source().close();
      throw HandedTable.problem(e);
    }
  }

  /**
   * Whether nothing of a file could be translated, though it has codes.
   *
   * @param policy what became of several targets
   * @param counts how many rows had each outcome
   */
  public static boolean isNothing(String policy, Map<String, Long> counts) {
    Set<String> outcomes = new HashSet<>(counts.keySet());
    outcomes.remove(WeighedFile.EMPTY);
    return !outcomes.isEmpty()
        && (policy.equals(WEIGHTS)
            ? !outcomes.contains(WeighedFile.PLACED)
            : Set.of(Status.NONE.id(), Status.UNKNOWN.id()).containsAll(outcomes));
  }

  /**
   * The different codes of a file with their translations, as NDJSON.
   *
   * @throws ProblemException as {@link #open} does, and where there are too many different codes
   */
  public InputStream list(String name, InputStream in, Request request, Language language)
      throws IOException {
    Begun begun = begin(find(in, request), name, in, request);
    try (TabularFile.Opened _ = begun.source()) {
      return new TranslatedValues(name, begun.translator(), begun.file(), begun.column(), language);
    } catch (IOException | RuntimeException e) {
      throw HandedTable.problem(e);
    }
  }

  private Crosswalk find(InputStream in, Request request) throws IOException {
    try {
      return crosswalks.get(
          points, Points.reference(request.from()), Points.reference(request.to()));
    } catch (RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static Begun begin(Crosswalk crosswalk, String name, InputStream in, Request request)
      throws IOException {
    Decisions choices;
    TabularFile.Opened source;
    try {
      choices = Decisions.read(request.choices(), List.of(), crosswalk.to()::findCodeInForce);
      source = HandedTable.open(name, in, request.overrides());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw HandedTable.problem(e);
    }
    try {
      DelimitedBytes file = DelimitedBytes.open(source.stream(), source.detected().dialect());
      int column = column(file, request.column(), crosswalk.from().referential().id());
      return new Begun(new Translator(crosswalk, choices), source, file, column);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw HandedTable.problem(e);
    }
  }

  private static Policy policy(String name) {
    return switch (name) {
      case "list" -> Policy.LIST;
      case "single-only" -> Policy.SINGLE_ONLY;
      default -> Policy.ALL;
    };
  }

  private static int column(DelimitedBytes file, @Nullable String column, String referential) {
    Optional<Integer> found =
        column != null
            ? file.findColumn(column)
            : file.findColumn("code")
                .or(() -> file.findColumn(referential))
                .or(() -> file.header().size() == 1 ? Optional.of(0) : Optional.empty());
    return found.orElseThrow(() -> HandedTable.unknownColumn(file));
  }

  private static int[] columns(DelimitedBytes file, List<String> names) {
    return names.stream().mapToInt(name -> HandedTable.column(file, name)).toArray();
  }

  private static WeighedFile weigh(
      Translator translator, DelimitedBytes file, int column, Request request) throws IOException {
    WeighedFile sums =
        new WeighedFile(
            translator,
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
          .with(
              "value",
              Discretion.withholds(e.column(), e.value())
                  ? Discretion.withheld(e.value())
                  : ProblemType.shorten(e.value()))
          .exception();
    } catch (WeighedFile.TooManyLinesException _) {
      throw ProblemType.TOO_LARGE.with("limit", WeighedFile.MOST_LINES).exception();
    }
    return sums;
  }

  private static InputStream write(DelimitedBytes file, WeighedFile sums, String to)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (file.isMarked()) {
      out.writeBytes("\uFEFF".getBytes(file.bufferCharset()));
    }
    List<List<@Nullable String>> header = new ArrayList<>();
    header.add(new ArrayList<>(sums.columns(to)));
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
