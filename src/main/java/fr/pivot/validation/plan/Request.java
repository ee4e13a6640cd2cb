package fr.pivot.validation.plan;

import fr.pivot.text.detected.Overrides;
import fr.pivot.validation.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a file is to be checked.
 *
 * @param columns the columns that hold codes; others are found by detection
 * @param date the day on which codes must be in force, where columns do not say it themselves: a
 *     date, an edition, or the name of a column with the day of each row; null for today
 * @param required the columns that must not be empty
 * @param key the columns whose values together may come once; none where there is no key
 * @param detects whether columns that are not declared are looked at
 * @param limit how many findings of one rule are kept for one column
 * @param overrides what is said about how the file is written
 * @param schema what a publisher says of its columns; null where nothing is
 */
public record Request(
    List<Declared> columns,
    @Nullable String date,
    List<String> required,
    List<String> key,
    boolean detects,
    int limit,
    Overrides overrides,
    @Nullable TableSchema schema) {

  /** How many findings of one rule are kept for one column, where nothing else is said. */
  public static final int LIMIT = 100;

  /** Everything is found by detection. */
  public static final Request DETECTING =
      new Request(List.of(), null, List.of(), List.of(), true, LIMIT, Overrides.NONE, null);

  /** Keeps copies that nobody can change. */
  public Request {
    columns = List.copyOf(columns);
    required = List.copyOf(required);
    key = List.copyOf(key);
  }

  /**
   * A column that somebody says holds a referential.
   *
   * @param column its name, or {@code #} and its number, from 1
   * @param reference the referential, perhaps in an edition or on a day: {@code communes@2024}
   */
  public record Declared(String column, String reference) {}

  /** Columns as they are written, {@code NAME:REFERENCE} each; null where one is not. */
  public static @Nullable List<Declared> parse(List<String> columns) {
    List<Declared> declared = new ArrayList<>();
    for (String column : columns) {
      int colon = column.lastIndexOf(':');
      if (colon <= 0 || colon == column.length() - 1) {
        return null;
      }
      declared.add(new Declared(column.substring(0, colon), column.substring(colon + 1).strip()));
    }
    return declared;
  }
}
