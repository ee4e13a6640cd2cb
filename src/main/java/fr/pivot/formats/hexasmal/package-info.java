/**
 * La Poste's official file of postal codes (019 HexaSmal): <a
 * href="https://www.data.gouv.fr/fr/datasets/base-officielle-des-codes-postaux/">data.gouv.fr</a>.
 */
@NullMarked
package fr.pivot.formats.hexasmal;

import org.jspecify.annotations.NullMarked;
