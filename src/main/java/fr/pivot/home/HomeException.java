package fr.pivot.home;

import org.jspecify.annotations.Nullable;

/** The home folder cannot be used; the message is for a person, in French and in English. */
public final class HomeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String french;

  /** Says why, and what to do. */
  public HomeException(String french, String english, @Nullable Throwable cause) {
    super(english, cause);
    this.french = french;
  }

  /** Says why, and what to do. */
  public HomeException(String french, String english) {
    this(french, english, null);
  }

  /** The message in French; {@link #getMessage} has it in English. */
  public String french() {
    return french;
  }
}
