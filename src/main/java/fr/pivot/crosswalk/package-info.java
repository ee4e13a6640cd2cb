/** From one point to another: what a code is elsewhere, with the reasons. */
@NullMarked
package fr.pivot.crosswalk;

import org.jspecify.annotations.NullMarked;
