package fr.pivot.backup;

/**
 * A backup cannot be made or restored, and nothing was changed; the message is for a person, in
 * French and in English.
 */
public final class BackupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String french;

  BackupException(String french, String english) {
    super(english);
    this.french = french;
  }

  /** The message in French; {@link #getMessage} has it in English. */
  public String french() {
    return french;
  }
}
