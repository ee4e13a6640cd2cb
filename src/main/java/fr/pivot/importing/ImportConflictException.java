package fr.pivot.importing;

/** Another import of the same referential or correspondence is under way; nothing was changed. */
public final class ImportConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Names the referential or correspondence that is taken. */
  public ImportConflictException(String name) {
    super("another import of " + name + " is under way");
  }
}
