/**
 * Makes the packs of {@code referentials/} from packages that anybody can install. Run by {@code
 * referentials/rebuild}; not part of the product.
 */
@NullMarked
package packs;

import org.jspecify.annotations.NullMarked;
