/** Codes from one point to another: successions, links and published tables, and what changed. */
@NullMarked
package fr.pivot.crosswalk;

import org.jspecify.annotations.NullMarked;
