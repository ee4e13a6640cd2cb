/** What became of the units of a referential, followed through its successions. */
@NullMarked
package fr.pivot.crosswalk.lineage;

import org.jspecify.annotations.NullMarked;
