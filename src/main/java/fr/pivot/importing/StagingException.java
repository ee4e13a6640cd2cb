package fr.pivot.importing;

/** The database failed while rows were being staged; nothing was changed. */
public final class StagingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Keeps the cause. */
  public StagingException(Exception cause) {
    super("the database failed during an import", cause);
  }
}
