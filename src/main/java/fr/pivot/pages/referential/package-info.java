/** The pages of referentials: all of them, and what one holds. */
@NullMarked
package fr.pivot.pages.referential;

import org.jspecify.annotations.NullMarked;
