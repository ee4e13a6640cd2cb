/** The page of a code: what it is, its life as a drawing, where it leads. */
@NullMarked
package fr.pivot.pages.code;

import org.jspecify.annotations.NullMarked;
