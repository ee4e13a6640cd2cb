package fr.pivot.reconciliation;

import fr.pivot.http.WidenedFile;
import fr.pivot.lookup.NamesOfCodes.Named;
import fr.pivot.lookup.Point;
import fr.pivot.search.Context;
import fr.pivot.search.Hit;
import fr.pivot.search.NameSearch;
import fr.pivot.search.Query;
import fr.pivot.text.DelimitedBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A delimited file with the codes that the names of one of its columns mean, added to the right.
 */
final class ReconciledFile extends WidenedFile {

  /** What rows are counted as. */
  enum Outcome {
    /** The code can be taken without a look. */
    MATCHED,
    /** There is a candidate, or several, to be looked at. */
    TO_REVIEW,
    /** Nothing is called so, nor nearly. */
    NOT_FOUND;

    /** As it is written in summaries. */
    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final NameSearch search;
  private final Point point;
  private final String name;
  private final List<String> properties;
  private final boolean certain;

  /**
   * Prepares the reconciliation of a file that was opened, and whose header was read.
   *
   * @param columns the rank of the column that holds names, then those of what else is known
   * @param name how the new columns are called: the reference that names are reconciled to
   * @param properties what the other columns say of the concept, in their order
   * @param certain whether only codes are written that can be taken without a look
   */
  ReconciledFile(
      NameSearch search,
      Point point,
      DelimitedBytes file,
      int[] columns,
      String name,
      List<String> properties,
      boolean certain) {
    super(file, columns, Outcome.values().length);
    this.search = search;
    this.point = point;
    this.name = name;
    this.properties = List.copyOf(properties);
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
    List<Context> contexts = new ArrayList<>(properties.size());
    for (int i = 0; i < properties.size(); i++) {
      String value = values.get(i + 1);
      if (!value.isEmpty()) {
        contexts.add(new Context(properties.get(i), List.of(value), false));
      }
    }
    List<Hit> hits = search.search(point, new Query(text, Query.Mode.WHOLE, Set.of(), contexts, 2));
    if (hits.isEmpty()) {
      return new Addition(cells(List.of("", "", "", "false", "")), Outcome.NOT_FOUND.ordinal());
    }
    Hit best = hits.getFirst();
    boolean shown = best.certain() || !certain;
    return new Addition(
        cells(
            List.of(
                shown ? best.code() : "",
                shown ? best.label() : "",
                shown ? Named.decimal(best.score()) : "",
                Boolean.toString(best.certain()),
                shown ? next(hits) : "")),
        (best.certain() ? Outcome.MATCHED : Outcome.TO_REVIEW).ordinal());
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
