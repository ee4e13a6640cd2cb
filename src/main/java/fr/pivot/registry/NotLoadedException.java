package fr.pivot.registry;

/** The referentials are still being loaded; try again in a few seconds. */
public final class NotLoadedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** No registry is loaded yet. */
  public NotLoadedException() {
    super("the referentials are still being loaded");
  }
}
