/** Rows checked by a plan, and repaired. */
@NullMarked
package fr.pivot.validation.rows;

import org.jspecify.annotations.NullMarked;
