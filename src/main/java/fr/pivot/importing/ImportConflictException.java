package fr.pivot.importing;

/** Another import of the same referential is under way; nothing was changed. */
public final class ImportConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Names the referential that is taken. */
  public ImportConflictException(String referential) {
    super("another import of " + referential + " is under way");
  }
}
