package fr.pivot.referential;

/** How a link ties a concept to another one. */
public enum Relation {
  /** The target stands above the concept in a hierarchy ({@code skos:broader}). */
  BROADER,
  /**
   * The target is tied to the concept without a hierarchy ({@code skos:related}): a commune and its
   * postal codes.
   */
  RELATED;

  /** The relation as it is written in packs and answers. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
