package fr.pivot.formats.cog;

/**
 * A territory: the code alone does not tell, since a commune and the commune déléguée at its heart
 * bear the same.
 *
 * @param type what kind of territory
 * @param code its code: {@code 01004}, {@code 2A004}
 */
record Unit(UnitType type, String code) {
  @Override
  public String toString() {
    return type + " " + code;
  }
}
