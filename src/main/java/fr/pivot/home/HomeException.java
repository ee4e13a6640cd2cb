package fr.pivot.home;

/** The home folder cannot be used; the message is for a person. */
public final class HomeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public HomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
