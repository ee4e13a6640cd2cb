package fr.pivot.crosswalk;

import fr.pivot.catalog.Reference;
import fr.pivot.crosswalk.Changes.Change;
import fr.pivot.http.JsonWriter;
import fr.pivot.http.ProblemException;
import fr.pivot.lookup.Point;
import fr.pivot.lookup.Points;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Translations and changes outside HTTP: the same as over it. */
@Singleton
public final class CrosswalkAnswers {

  private final Points points;
  private final Crosswalks crosswalks;

  CrosswalkAnswers(Points points, Crosswalks crosswalks) {
    this.points = points;
    this.crosswalks = crosswalks;
  }

  /**
   * How a file is to be translated.
   *
   * @param from the reference of its codes
   * @param to the reference to translate to
   * @param column the column that holds the codes, or null to choose it
   * @param policy {@code all}, {@code list}, {@code single-only} or {@code weights}
   * @param measures the columns that hold figures, for {@code weights}
   * @param by the columns whose values keep figures apart
   */
  public record FileRequest(
      String from,
      String to,
      @Nullable String column,
      String policy,
      List<String> measures,
      List<String> by) {}

  /** A file that is translated while it is read. */
  public static final class File {
    private final FileTranslation translation;

    private File(FileTranslation translation) {
      this.translation = translation;
    }

    /** The translated file. */
    public InputStream stream() {
      return translation.stream();
    }

    /** How many rows had each status, once the stream was read; empty for {@code weights}. */
    public Map<String, Long> counts() {
      Map<String, Long> counts = new TreeMap<>();
      translation.counts().forEach((status, count) -> counts.put(status.id(), count));
      return counts;
    }
  }

  /** The policies that there are. */
  public static List<String> listPolicies() {
    return FileTranslation.POLICIES;
  }

  /**
   * Translates a delimited file.
   *
   * @throws ProblemException where the references, the columns or the figures are wrong
   */
  public File translate(InputStream in, FileRequest request) throws IOException {
    return new File(FileTranslation.open(find(request), in, toFileTranslation(request)));
  }

  /** Whether a file begins as spreadsheets do. */
  public static boolean isSpreadsheet(Path file) throws IOException {
    return TranslatedWorkbook.isSpreadsheet(file);
  }

  /**
   * Translates a spreadsheet into an xlsx workbook.
   *
   * @throws ProblemException where the spreadsheet, the references or the columns are wrong
   */
  public void translateWorkbook(Path input, Path output, FileRequest request) throws IOException {
    TranslatedWorkbook.translate(find(request), input, output, toFileTranslation(request));
  }

  private Crosswalk find(FileRequest request) {
    return crosswalks.get(points, Points.reference(request.from()), Points.reference(request.to()));
  }

  private static FileTranslation.Request toFileTranslation(FileRequest request) {
    return new FileTranslation.Request(
        request.column(),
        request.to(),
        FileTranslation.policy(Optional.of(request.policy())),
        request.measures(),
        request.by());
  }

  /**
   * A change as JSON and as a few words.
   *
   * @param kind what happened: {@code merged}
   * @param json the object that answers over HTTP hold
   * @param cells its cells in a table, in the order of {@link #listColumns}
   */
  public record ChangeAnswer(String kind, String json, List<@Nullable String> cells) {}

  /** The columns of a table of changes. */
  public static List<String> listColumns() {
    return ChangesWriter.COLUMNS;
  }

  /**
   * What changed in a referential.
   *
   * @param from an edition or a date
   * @param to an edition or a date after it
   * @throws ProblemException where there is no such referential or edition, or where {@code from}
   *     comes after {@code to}
   */
  public List<ChangeAnswer> listChanges(String referential, String from, String to) {
    Point begin = points.find(at(referential, from));
    Point end = points.find(at(referential, to));
    List<ChangeAnswer> answers = new ArrayList<>();
    for (Change change : Changes.between(begin, end)) {
      JsonWriter json = new JsonWriter();
      ChangesWriter.write(json, change);
      answers.add(
          new ChangeAnswer(
              change.kind().id(),
              new String(json.take(), StandardCharsets.UTF_8),
              ChangesWriter.line(change)));
    }
    return answers;
  }

  private static Reference at(String referential, String at) {
    return Points.reference(Points.reference(referential).referential() + '@' + at);
  }
}
