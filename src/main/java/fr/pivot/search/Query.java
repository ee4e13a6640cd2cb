package fr.pivot.search;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question by name.
 *
 * @param text a name, a code, or a name and where it is ({@code Saint-Denis (93)}), as people write
 *     it
 * @param mode how much of the name the text holds
 * @param levels the levels that answers may have; empty for all
 * @param contexts what else is known of the concept
 * @param among the codes that answers may be; null for all
 * @param ceased whether a concept that ceased is answered itself; otherwise what it became is
 * @param limit how many answers are wanted at most, from 1
 */
public record Query(
    String text,
    Mode mode,
    Set<String> levels,
    List<Context> contexts,
    @Nullable Set<String> among,
    boolean ceased,
    int limit) {

  /** The longest text that is looked for, in characters; what is beyond is not read. */
  public static final int LONGEST = 400;

  /** How much of a name a text holds. */
  public enum Mode {
    /** The last word may be unfinished: somebody is typing. */
    TYPED,
    /** The text is a whole name, as in a cell of a table. */
    WHOLE
  }

  /** A question about what is in force. */
  public Query(String text, Mode mode, Set<String> levels, List<Context> contexts, int limit) {
    this(text, mode, levels, contexts, null, false, limit);
  }

  /** Keeps copies that nobody can change. */
  public Query {
    levels = Set.copyOf(levels);
    contexts = List.copyOf(contexts);
    among = among == null ? null : Set.copyOf(among);
  }
}
