package fr.pivot.reconciliation.file;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.referential.Language;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.search.NameSearch;
import fr.pivot.search.NameSearches;
import fr.pivot.table.AnnotatedTable;
import fr.pivot.table.Decisions;
import fr.pivot.table.HandedTable;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reconciles a column of names in whole files, whoever asks. */
@Singleton
public final class FileReconciliations {

  private final NameSearches searches;
  private final Points points;

  /** Finds names by these searches. */
  public FileReconciliations(NameSearches searches, Points points) {
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
   * @param choices what a person decided, as a table {@code code_source,code_cible}; empty for
   *     nothing
   * @param overrides how the file is written, where that is said
   */
  public record Request(
      String column,
      String to,
      List<String> contexts,
      boolean certain,
      byte[] choices,
      Overrides overrides) {

    /** Keeps a copy that nobody can change. */
    public Request {
      contexts = List.copyOf(contexts);
    }
  }

  /** A file whose header was read. */
  private record Begun(
      Reconciler reconciler, TabularFile.Opened source, DelimitedBytes file, int[] columns) {}

  /**
   * Begins to reconcile a file, which is read while its answer is.
   *
   * @param name the file's name, for findings
   * @param in its bytes; closed with the answer
   * @throws ProblemException where the file cannot be read, or a column, a property, a referential
   *     or an edition that is asked for does not exist
   */
  public AnnotatedTable open(String name, InputStream in, Request request) throws IOException {
    Begun begun = begin(name, in, request);
    ReconciledFile rows =
        new ReconciledFile(
            begun.reconciler(), begun.file(), begun.columns(), request.to(), request.certain());
    return new AnnotatedTable(
        begun.source(),
        rows,
        begun.file().dialect(),
        Set.copyOf(rows.added()),
        Set.of(),
        rows::counts);
  }

  /**
   * The different names of a file with the codes that they may mean, as NDJSON.
   *
   * @throws ProblemException as {@link #open} does, and where there are too many different names
   */
  InputStream list(String name, InputStream in, Request request, Language language)
      throws IOException {
    Begun begun = begin(name, in, request);
    try (TabularFile.Opened _ = begun.source()) {
      return new ReconciledValues(
          name, begun.reconciler(), begun.file(), begun.columns(), language);
    } catch (IOException | RuntimeException e) {
      throw HandedTable.problem(e);
    }
  }

  private Begun begin(String name, InputStream in, Request request) throws IOException {
    NameSearch search = searches.current();
    Point point;
    TabularFile.Opened source;
    try {
      point = Points.find(search.registry(), Points.reference(request.to()), points.today());
      source = HandedTable.open(name, in, request.overrides());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw HandedTable.problem(e);
    }
    try {
      DelimitedBytes file = DelimitedBytes.open(source.stream(), source.detected().dialect());
      List<Integer> columns = new ArrayList<>();
      List<String> properties = new ArrayList<>();
      columns.add(HandedTable.column(file, request.column()));
      for (String context : request.contexts()) {
        int colon = context.lastIndexOf(':');
        String property = colon < 0 ? context : context.substring(colon + 1);
        if (!search.knows(point, property.strip())) {
          throw ProblemType.UNKNOWN_PROPERTY
              .with("property", ProblemType.shorten(property))
              .with("known", search.listProperties(point))
              .exception();
        }
        columns.add(HandedTable.column(file, colon < 0 ? context : context.substring(0, colon)));
        properties.add(property.strip());
      }
      Decisions choices =
          Decisions.read(
              request.choices(),
              columns.stream().skip(1).map(file.header()::get).toList(),
              written ->
                  CodeAnswer.find(point, written) instanceof Found found
                          && found.status() == CodeAnswer.Status.IN_FORCE
                      ? Optional.of(found.state().code())
                      : Optional.empty());
      return new Begun(
          new Reconciler(search, point, properties, choices),
          source,
          file,
          columns.stream().mapToInt(Integer::intValue).toArray());
    } catch (IOException | RuntimeException e) {
      source.close();
      throw HandedTable.problem(e);
    }
  }
}
