package fr.pivot.text.packed;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A file turns out, at its beginning or further on, to be one that is not read: truncated,
 * oversized once inflated, an archive of several files. That the bytes cannot be had is another
 * matter, and remains the exception of whoever gives them.
 */
public final class RefusedFileException extends IOException {

  private static final long serialVersionUID = 1;

  private final Rule rule;
  private final @Nullable String value;

  /**
   * A file that is refused by a rule, with what was found; null where there is nothing to quote.
   */
  public RefusedFileException(Rule rule, @Nullable String value) {
    super(value == null ? rule.code() : rule.code() + ": " + value);
    this.rule = rule;
    this.value = value;
  }

  /** Why it is refused. */
  public Rule rule() {
    return rule;
  }

  /**
   * Why it is refused, as a finding.
   *
   * @param file the name to give in the finding
   */
  public Finding at(String file) {
    return value == null ? rule.at(Place.file(file)) : rule.at(Place.file(file), value);
  }
}
