package fr.pivot.formats.cog;

import fr.pivot.referential.Validity;

/**
 * A territory in force under one name over a stretch of time.
 *
 * @param named the territory and its name
 * @param validity when
 * @param derived whether its end was worked out, because the files do not state it
 */
record UnitState(Named named, Validity validity, boolean derived) {
  Unit unit() {
    return named.unit();
  }
}
