package fr.pivot.referential;

/** What happened to a code at a {@link Succession}. */
public enum SuccessionKind {
  /** The code appears, from nothing or from a part of others that go on. */
  CREATED,
  /** The code disappears and nothing takes its place. */
  CEASED,
  /** The label changes, the code stays. */
  RENAMED,
  /** The unit goes on under another code. */
  RECODED,
  /** Several units become one. */
  MERGED,
  /** One unit becomes several. */
  SPLIT,
  /** A unit that had been merged stands on its own again. */
  RESTORED,
  /** The unit changes its status or the unit it belongs to, not its code. */
  MOVED,
  /** The publisher's event is of a type that this version of Pivot does not know; it is kept. */
  OTHER;

  /** The kind as it is written in packs and answers. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
