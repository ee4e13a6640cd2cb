package fr.pivot.reconciliation;

import fr.pivot.finding.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One query of a batch, whatever the version of the protocol.
 *
 * @param key how answers name it: its key in 0.2, its place in 1.0
 * @param names what the concept may be called; empty where only properties are given
 * @param ids what its identifier may be
 * @param types the ids of the types that candidates may have; empty for all
 * @param every whether candidates must have all of the types, not one
 * @param givens what else is known of it
 * @param limit how many candidates are wanted
 * @param problem why it cannot be answered, or null where it can
 */
record Question(
    String key,
    List<String> names,
    List<String> ids,
    List<String> types,
    boolean every,
    List<Given> givens,
    int limit,
    @Nullable Problem problem) {

  /** How many candidates are given where the query does not say. */
  static final int LIMIT = 10;

  /** The most candidates of one query; those who ask for more get these. */
  static final int MOST = 100;

  /**
   * A property and what it is known to be.
   *
   * @param property its id
   * @param values texts, any of which may hold: codes or names
   * @param required whether candidates must agree
   */
  record Given(String property, List<String> values, boolean required) {}

  /** A query that cannot be answered. */
  static Question wrong(String key, Problem problem) {
    return new Question(key, List.of(), List.of(), List.of(), false, List.of(), LIMIT, problem);
  }
}
