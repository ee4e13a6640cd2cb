/** What changed between two points, and feeds of it. */
@NullMarked
package fr.pivot.crosswalk.changes;

import org.jspecify.annotations.NullMarked;
