package fr.pivot.reconciliation;

import fr.pivot.http.HandedIn;
import fr.pivot.http.ProblemException;
import fr.pivot.http.ProblemType;
import fr.pivot.http.RequestTarget;
import fr.pivot.lookup.Point;
import fr.pivot.lookup.Points;
import fr.pivot.search.NameSearch;
import fr.pivot.search.NameSearches;
import fr.pivot.text.DelimitedBytes;
import fr.pivot.text.Dialect;
import fr.pivot.text.Overrides;
import fr.pivot.text.RefusedFileException;
import fr.pivot.text.Spreadsheet;
import fr.pivot.text.TabularFile;
import fr.pivot.text.WorkbookWriter;
import jakarta.inject.Singleton;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reconciles a column of names in whole files, whoever asks. */
@Singleton
public final class FileReconciliations {

  private final NameSearches searches;
  private final Points points;

  FileReconciliations(NameSearches searches, Points points) {
    this.searches = searches;
    this.points = points;
  }

  /**
   * What is asked of a file.
   *
   * @param column the column that holds names
   * @param to what they are names of: {@code communes}, {@code naf@rev2}
   * @param contexts what other columns say, each {@code column} or {@code column:property}; a
   *     column alone says what it is called after
   * @param certain whether only codes are written that can be taken without a look
   * @param overrides how the file is written, where that is said
   */
  public record Request(
      String column, String to, List<String> contexts, boolean certain, Overrides overrides) {

    /** Keeps a copy that nobody can change. */
    public Request {
      contexts = List.copyOf(contexts);
    }
  }

  /** A file that is reconciled while it is read. To be closed. */
  public static final class Reconciled implements Closeable {
    private final TabularFile.Opened source;
    private final DelimitedBytes file;
    private final ReconciledFile rows;
    private final String name;

    private Reconciled(
        TabularFile.Opened source, DelimitedBytes file, ReconciledFile rows, String name) {
      this.source = source;
      this.file = file;
      this.rows = rows;
      this.name = name;
    }

    /** Whether the file is a spreadsheet, which comes back as a workbook. */
    public boolean isSpreadsheet() {
      return source.kind() != Spreadsheet.Kind.DELIMITED;
    }

    /** The file with the codes, as delimited text. */
    public InputStream stream() {
      return rows;
    }

    /** The media type of {@link #stream}, with its encoding. */
    public String type() {
      return "text/csv;header=present;charset="
          + file.dialect().charset().name().toLowerCase(Locale.ROOT);
    }

    /** How many rows had each outcome, once the stream is read. */
    public Map<String, Long> counts() {
      return rows.counts();
    }

    /** Writes the file with the codes as an xlsx workbook; reads it to its end. */
    public void writeWorkbook(Path output) throws IOException {
      Dialect dialect = source.detected().dialect();
      List<String> added = ReconciledFile.columns(name);
      try {
        WorkbookWriter.write(
            rows, dialect, output, source.sheet(), column -> !added.contains(column));
      } catch (RefusedFileException e) {
        throw HandedIn.problem(e);
      }
    }

    /** The same, as a stream of the workbook. Closes this. */
    InputStream workbook() throws IOException {
      return HandedIn.workbook(this, this::writeWorkbook);
    }

    @Override
    public void close() throws IOException {
      rows.close();
      source.close();
    }
  }

  /**
   * Begins to reconcile a file, which is read while its answer is.
   *
   * @param name the file's name, for findings
   * @param in its bytes; closed with the answer
   * @throws ProblemException where the file cannot be read, or a column, a property, a referential
   *     or an edition that is asked for does not exist
   */
  public Reconciled open(String name, InputStream in, Request request) throws IOException {
    NameSearch search = searches.current();
    Point point;
    TabularFile.Opened source;
    try {
      point = Points.find(search.registry(), Points.reference(request.to()), points.today());
      source = HandedIn.open(name, in, request.overrides());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw HandedIn.problem(e);
    }
    try {
      DelimitedBytes file = DelimitedBytes.open(source.stream(), source.detected().dialect());
      List<Integer> columns = new ArrayList<>();
      List<String> properties = new ArrayList<>();
      columns.add(HandedIn.column(file, request.column()));
      for (String context : request.contexts()) {
        int colon = context.lastIndexOf(':');
        String property = colon < 0 ? context : context.substring(colon + 1);
        if (!search.knows(point, property.strip())) {
          throw ProblemType.UNKNOWN_PROPERTY
              .with("property", RequestTarget.shorten(property))
              .with("known", search.listProperties(point))
              .exception();
        }
        columns.add(HandedIn.column(file, colon < 0 ? context : context.substring(0, colon)));
        properties.add(property.strip());
      }
      ReconciledFile rows =
          new ReconciledFile(
              search,
              point,
              file,
              columns.stream().mapToInt(Integer::intValue).toArray(),
              request.to(),
              properties,
              request.certain());
      return new Reconciled(source, file, rows, request.to());
    } catch (IOException | RuntimeException e) {
      source.close();
      throw HandedIn.problem(e);
    }
  }
}
