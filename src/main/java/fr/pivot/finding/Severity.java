package fr.pivot.finding;

/** How bad a finding is. */
public enum Severity {
  /** Worth knowing; nothing is wrong. */
  INFO,
  /** Likely wrong; the work goes on. */
  WARNING,
  /** Wrong: an import with one is not published. */
  ERROR
}
