package fr.pivot.validation.rows;

import fr.pivot.finding.Rule;
import fr.pivot.validation.plan.CellFinding;
import fr.pivot.validation.plan.Plan;
import fr.pivot.validation.value.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The counts of some rows, and what was found in them, in their order. Belongs to one thread. */
public final class Tally {

  private static final int OUTCOMES = Outcome.values().length;
  private static final int RULES = Rule.values().length;

  private final int limit;
  private long rows;
  private long ready;
  private final long[][] outcomes;

  /** By the place of the column in the header plus one; the first is the whole row. */
  private final long[][] rules;

  private final List<CellFinding> findings = new ArrayList<>();

  Tally(Plan plan) {
    this.limit = plan.limit();
    this.outcomes = new long[plan.bounds().size()][OUTCOMES];
    this.rules = new long[plan.header().size() + 1][];
  }

  void row(boolean isReady) {
    rows++;
    if (isReady) {
      ready++;
    }
  }

  void outcome(int bound, Outcome outcome) {
    outcomes[bound][outcome.ordinal()]++;
  }

  /** Counts a finding; answers whether it is one of the first, which are kept. */
  boolean counts(Rule rule, int rank) {
    long[] column = rules[rank + 1];
    if (column == null) {
      column = new long[RULES];
      rules[rank + 1] = column;
    }
    return ++column[rule.ordinal()] <= limit;
  }

  void keep(CellFinding finding) {
    findings.add(finding);
  }

  /** Adds the rows that come next; answers those of their findings that are kept. */
  List<CellFinding> add(Tally next) {
    List<CellFinding> kept = new ArrayList<>();
    // How many of each rule in each column are kept with these, where there were any.
    long[][] told = new long[rules.length][];
    for (CellFinding finding : next.findings) {
      int column = finding.rank() + 1;
      if (told[column] == null) {
        told[column] = rules[column] == null ? new long[RULES] : rules[column].clone();
      }
      if (told[column][finding.rule().ordinal()]++ < limit) {
        kept.add(finding);
      }
    }
    rows += next.rows;
    ready += next.ready;
    for (int i = 0; i < outcomes.length; i++) {
      sum(outcomes[i], next.outcomes[i]);
    }
    for (int i = 0; i < rules.length; i++) {
      if (next.rules[i] != null) {
        if (rules[i] == null) {
          rules[i] = new long[RULES];
        }
        sum(rules[i], next.rules[i]);
      }
    }
    findings.addAll(kept);
    return kept;
  }

  private static void sum(long[] to, long[] more) {
    for (int i = 0; i < to.length; i++) {
      to[i] += more[i];
    }
  }

  /** How many rows say something. */
  public long rows() {
    return rows;
  }

  /**
   * How many of them can be joined: they hold a code, all codes that they hold are in force, and
   * none that is required is missing.
   */
  public long ready() {
    return ready;
  }

  /** How many values of a column, by its place in the plan, had an outcome. */
  public long count(int bound, Outcome outcome) {
    return outcomes[bound][outcome.ordinal()];
  }

  /**
   * How often a rule is broken in a column.
   *
   * @param rank the place of the column in the header; -1 for whole rows
   */
  public long count(Rule rule, int rank) {
    return rules[rank + 1] == null ? 0 : rules[rank + 1][rule.ordinal()];
  }

  /** How many findings of a rule there are. */
  public long count(Rule rule) {
    long all = 0;
    for (long[] column : rules) {
      all += column == null ? 0 : column[rule.ordinal()];
    }
    return all;
  }

  /** The first findings of each rule in each column, in the order of the file. */
  public List<CellFinding> findings() {
    return findings;
  }
}
