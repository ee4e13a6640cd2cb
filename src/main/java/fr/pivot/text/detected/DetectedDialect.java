package fr.pivot.text.detected;

import fr.pivot.text.bytes.Dialect;
import java.util.List;

/**
 * How a text seems to be written, with how sure that is: from 0, a guess, to 1, certain or said by
 * the caller.
 *
 * @param dialect how it seems to be written
 * @param charsetConfidence how sure the encoding is. Text without any accent is as good in almost
 *     all of them
 * @param separatorConfidence how sure the separator is
 * @param headerConfidence how sure the header's line, or its absence, is
 * @param columns the names of the columns, without the spaces around them; {@code #n} where the
 *     nth, from 1, has none. Names may occur twice: a column is known by its rank
 * @param otherHeaders the lines above the header, from 1, that are headers, too
 * @param strayLines how many of the lines that were looked at are not in the encoding
 * @param firstStrayLine the first of them, from 1; 0 where there is none
 */
public record DetectedDialect(
    Dialect dialect,
    double charsetConfidence,
    double separatorConfidence,
    double headerConfidence,
    List<String> columns,
    List<Long> otherHeaders,
    long strayLines,
    long firstStrayLine) {

  /** Keeps a copy that nobody can change. */
  public DetectedDialect {
    columns = List.copyOf(columns);
    otherHeaders = List.copyOf(otherHeaders);
  }
}
