/**
 * INSEE's official geographical code (code officiel géographique, COG): the communes, what happened
 * to them since 1943, and the divisions above them, as published each year at <a
 * href="https://www.insee.fr/fr/information/2560452">insee.fr</a>.
 */
@NullMarked
package fr.pivot.formats.cog;

import org.jspecify.annotations.NullMarked;
