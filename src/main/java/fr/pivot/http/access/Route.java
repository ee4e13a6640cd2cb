package fr.pivot.http.access;

/**
 * A path of the contract.
 *
 * @param template with its variables in braces
 */
public record Route(String template) {

  /** That of addresses which the contract does not have. */
  public static final Route NONE = new Route("none");
}
