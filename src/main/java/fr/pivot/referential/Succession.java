package fr.pivot.referential;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a code became on a day. Several successions on one day may form one event: a merger of three
 * communes is three of them.
 *
 * @param date the first day of the new state
 * @param code the code before, or null where something appears from nothing
 * @param referentialAfter the referential of the code after: a commune may become a commune
 *     déléguée
 * @param codeAfter the code after, or null where nothing takes its place
 * @param kind what happened
 * @param type the publisher's own name of the event, verbatim: INSEE's {@code 32}
 * @param derived whether it was worked out by comparing editions
 */
public record Succession(
    LocalDate date,
    @Nullable String code,
    String referentialAfter,
    @Nullable String codeAfter,
    SuccessionKind kind,
    @Nullable String type,
    boolean derived) {

  /** Refuses a succession that ties nothing to nothing. */
  public Succession {
    if (code == null && codeAfter == null) {
      throw new IllegalArgumentException("a succession needs a code before or after");
    }
  }
}
