package fr.pivot.referential;

/** How the last digit of a code proves the others. */
public enum CheckRule {
  /** The codes carry no check. */
  NONE,
  /** Luhn's formula over all digits (ISO/IEC 7812-1): SIREN. */
  LUHN,
  /** Luhn's formula, but La Poste's rule for the establishments of SIREN 356000000: SIRET. */
  SIRET,
  /**
   * The ninth digit of the Common Procurement Vocabulary, written after a hyphen and not part of
   * the code (Regulation (EC) No 213/2008).
   */
  CPV;

  /** The rule as it is written in descriptors. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
