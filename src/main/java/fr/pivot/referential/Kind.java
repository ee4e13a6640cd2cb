package fr.pivot.referential;

/** What a referential lists. */
public enum Kind {
  /** Parts of a country and the groupings of them: communes, EPCI, regions, postal codes. */
  TERRITORY,
  /** Legal persons and their establishments: SIREN, SIRET. */
  ENTITY,
  /** Classifications and code lists: NAF, CPV, ISO 3166. */
  NOMENCLATURE;

  /** The kind as it is written in descriptors and answers. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
