package fr.pivot.http.problem;

import fr.pivot.finding.Problem;
import fr.pivot.http.RequestTarget;
import fr.pivot.referential.Language;
import org.jspecify.annotations.Nullable;

/** Makes pages of problems, for people who met one in a browser. */
public interface ProblemPages {

  /**
   * The page of a problem, as HTML in UTF-8.
   *
   * @param target the address that was asked
   * @param accepted the language that the client likes to read, {@code fr} or {@code en}; the
   *     address of a page may say another
   * @param requestId what the request is known by, or null
   */
  byte[] render(
      RequestTarget target, Language accepted, Problem problem, @Nullable String requestId);
}
