/**
 * INSEE's legal categories (catégories juridiques), the legal forms of the units in Sirene: <a
 * href="https://www.insee.fr/fr/information/2028129">insee.fr</a>.
 */
@NullMarked
package fr.pivot.formats.categories;

import org.jspecify.annotations.NullMarked;
