/**
 * The account plans of local authorities, as the DGFiP and the DGCL hand them out with the software
 * for budgets (TOTEM, {@code planDeCompte.xml}): <a
 * href="https://www.collectivites-locales.gouv.fr/finances-locales/instructions-budgetaires-et-comptables">collectivites-locales.gouv.fr</a>.
 */
@NullMarked
package fr.pivot.formats.comptes;

import org.jspecify.annotations.NullMarked;
