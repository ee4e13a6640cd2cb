/** Whole files translated, row by row or with their figures. */
@NullMarked
package fr.pivot.crosswalk.file;

import org.jspecify.annotations.NullMarked;
