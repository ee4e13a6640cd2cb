/**
 * INSEE's countries and foreign territories, a file of the official geographical code: <a
 * href="https://www.insee.fr/fr/information/2560452">insee.fr</a>.
 */
@NullMarked
package fr.pivot.formats.pays;

import org.jspecify.annotations.NullMarked;
