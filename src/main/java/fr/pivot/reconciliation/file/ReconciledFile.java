package fr.pivot.reconciliation.file;

import fr.pivot.lookup.NamesOfCodes.Named;
import fr.pivot.search.Hit;
import fr.pivot.table.AnnotatedFile;
import fr.pivot.text.bytes.DelimitedBytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A delimited file with the codes that the names of one of its columns mean, added to the right.
 */
final class ReconciledFile extends AnnotatedFile {

  private final Reconciler reconciler;
  private final String name;
  private final boolean certain;

  /**
   * Prepares the reconciliation of a file that was opened, and whose header was read.
   *
   * @param columns the rank of the column that holds names, then those of what else is known
   * @param name how the new columns are called: the reference that names are reconciled to
   * @param certain whether only codes are written that can be taken without a look
   */
  ReconciledFile(
      Reconciler reconciler, DelimitedBytes file, int[] columns, String name, boolean certain) {
    super(file, columns, Outcome.values().length);
    this.reconciler = reconciler;
    this.name = name;
    this.certain = certain;
  }

  /** The names of the columns that a reference adds. */
  static List<String> columns(String name) {
    return List.of(name, name + ":label", name + ":score", name + ":match", name + ":next");
  }

  @Override
  protected List<String> added() {
    return columns(name);
  }

  /** How many rows had each outcome so far; rows without a name are not counted. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome.id(), count(outcome.ordinal()));
    }
    return counts;
  }

  @Override
  protected Addition add(List<String> values) {
    String text = values.getFirst();
    if (text.isEmpty()) {
      return new Addition(cells(List.of()), -1);
    }
    Reconciler.Decided decided = reconciler.reconcile(values, 2);
    int outcome = decided.outcome().ordinal();
    if (decided.chosen() != null) {
      return new Addition(cells(chosen(decided.chosen())), outcome);
    }
    if (decided.hits().isEmpty()) {
      return new Addition(cells(List.of("", "", "", "false", "")), outcome);
    }
    Hit best = decided.hits().getFirst();
    boolean shown = best.certain() || !certain;
    return new Addition(
        cells(
            List.of(
                shown ? best.code() : "",
                shown ? best.label() : "",
                shown ? Named.decimal(best.score()) : "",
                Boolean.toString(best.certain()),
                shown ? next(decided.hits()) : "")),
        outcome);
  }

  /** What a person chose has no score; where nothing was meant it is no match. */
  private List<String> chosen(List<String> codes) {
    return List.of(
        String.join("|", codes),
        codes.stream().map(reconciler::label).collect(Collectors.joining("|")),
        "",
        Boolean.toString(!codes.isEmpty()),
        "");
  }

  /** The runner-up in a few words: {@code 97411 Saint-Denis (70)}. */
  private static String next(List<Hit> hits) {
    if (hits.size() < 2) {
      return "";
    }
    Hit hit = hits.get(1);
    return hit.code() + ' ' + hit.label() + " (" + Named.decimal(hit.score()) + ')';
  }

  private byte[] cells(List<String> cells) {
    return tail(cells, columns(name).size());
  }
}
