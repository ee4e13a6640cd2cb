/**
 * The DGCL's yearly list of EPCI and of the communes in them (BANATIC, {@code epcicom}): <a
 * href="https://www.collectivites-locales.gouv.fr/institutions/liste-et-composition-des-epci-fiscalite-propre">collectivites-locales.gouv.fr</a>.
 */
@NullMarked
package fr.pivot.formats.dgcl;

import org.jspecify.annotations.NullMarked;
