package fr.pivot.formats.cog;

/**
 * A territory under its name of the moment.
 *
 * @param unit the territory
 * @param label its name with its article (LIBELLE)
 * @param liaison INSEE's TNCC, 0 to 8: the article and the word that ties the name to what precedes
 */
record Named(Unit unit, String label, String liaison) {}
