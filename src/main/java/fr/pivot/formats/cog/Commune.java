package fr.pivot.formats.cog;

import fr.pivot.finding.Place;

/**
 * A row of the file of communes: a territory in force on the reference day. What a column does not
 * say is empty.
 *
 * @param place where it stands
 * @param named the territory and its name
 * @param region code of its région
 * @param departement code of its département
 * @param arrondissement code of its arrondissement
 * @param canton code of its canton
 * @param collectivity code of the collectivity that has the powers of a département in it (CTCD)
 * @param parent code of the commune that it is a part of (COMPARENT)
 */
record Commune(
    Place place,
    Named named,
    String region,
    String departement,
    String arrondissement,
    String canton,
    String collectivity,
    String parent) {

  Unit unit() {
    return named.unit();
  }
}
