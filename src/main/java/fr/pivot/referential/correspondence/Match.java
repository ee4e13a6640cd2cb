package fr.pivot.referential.correspondence;

import java.util.Locale;

/**
 * How the target of a translation matches its source: what the target is, seen from the source (the
 * mapping relations of SKOS, <a href="https://www.w3.org/TR/skos-reference/#mapping">section
 * 10</a>).
 */
public enum Match {
  /** Both mean the same. */
  EXACT,
  /** The target lies wholly within the source, and the source is more than it. */
  NARROWER,
  /** The source lies wholly within the target, and the target is more than it. */
  BROADER,
  /** Both mean nearly the same. */
  CLOSE,
  /** Both have something in common, and more is not known. */
  RELATED;

  /** The match as it is written in packs and answers. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What is known of a target reached in two steps. Exact steps change nothing, narrower ones stay
   * narrower and broader ones stay broader; of all others no more is known than that both ends are
   * related: what is narrower than something broader may be anywhere in it, and what is close to
   * something close may be far.
   *
   * <p>It is associative and {@link #EXACT} is neutral, so that the order in which the steps of a
   * route are composed does not matter.
   */
  public Match then(Match next) {
    if (this == EXACT) {
      return next;
    }
    if (next == EXACT) {
      return this;
    }
    return this == next && (this == NARROWER || this == BROADER) ? this : RELATED;
  }

  /** The match seen from the target. */
  public Match inverse() {
    return switch (this) {
      case NARROWER -> BROADER;
      case BROADER -> NARROWER;
      default -> this;
    };
  }
}
