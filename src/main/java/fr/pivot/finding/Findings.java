package fr.pivot.finding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Collects findings up to a stated limit a rule, and counts all of them, so that a file with a
 * million errors is reported in bounded memory.
 */
public final class Findings {

  /** How many findings of one rule are kept in detail. */
  public static final int LIMIT = 100;

  private final List<Finding> kept = new ArrayList<>();
  private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);

  /** Takes a finding. */
  public void add(Finding finding) {
    if (counts.merge(finding.rule(), 1L, Long::sum) <= LIMIT) {
      kept.add(finding);
    }
  }

  /** The findings kept in detail, in the order they were found. */
  public List<Finding> list() {
    return Collections.unmodifiableList(kept);
  }

  /** How many findings there are of each rule, those not kept in detail included. */
  public Map<Rule, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** How many findings there are of a severity. */
  public long count(Severity severity) {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().severity() == severity)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Whether something was found that forbids publication. */
  public boolean hasErrors() {
    return count(Severity.ERROR) > 0;
  }
}
