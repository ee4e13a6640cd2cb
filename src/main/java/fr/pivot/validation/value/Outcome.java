package fr.pivot.validation.value;

/** What a value turned out to be. Every value has exactly one outcome, so that counts add up. */
public enum Outcome {
  /**
   * A code in force on the day, written as its publisher does; or right by its check digit; or one
   * of which nobody knows whether it is in force on the day.
   */
  VALID("valid"),
  /** Not a code as it stands, and surely one once its writing is repaired. */
  REPAIRABLE("repairable"),
  /** A code that is no longer in force on the day. */
  OBSOLETE("obsolete"),
  /** A code that is not in force yet on the day. */
  FUTURE("future"),
  /** The right form, but not a code of any day that is known. */
  UNKNOWN("unknown"),
  /** The right form, but the check digit refutes it. */
  BAD_CHECK_DIGIT("badCheckDigit"),
  /** Not the form of a code, and nothing sure to be done about it. */
  MALFORMED("malformed"),
  /** Nothing but blanks. */
  EMPTY("empty");

  private final String id;

  Outcome(String id) {
    this.id = id;
  }

  /** The outcome as it is written in reports. */
  public String id() {
    return id;
  }
}
