/**
 * INSEE's classification of activities (nomenclature d'activités française, NAF): the lists of its
 * editions and the tables that lead from one to the next, as published at <a
 * href="https://www.insee.fr/fr/information/2406147">insee.fr</a>.
 */
@NullMarked
package fr.pivot.formats.naf;

import org.jspecify.annotations.NullMarked;
