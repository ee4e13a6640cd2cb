package fr.pivot.admission;

/** Nobody wants the answer any more; the work ends where it stands. */
public final class AbandonedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  AbandonedException() {
    super("nobody waits for the answer any more", null, false, false);
  }
}
