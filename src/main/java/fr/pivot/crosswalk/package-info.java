/** From codes to codes: published correspondences, and what takes their place. */
@NullMarked
package fr.pivot.crosswalk;

import org.jspecify.annotations.NullMarked;
