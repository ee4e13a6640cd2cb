/** Names of all codes, indexed in memory. */
@NullMarked
package fr.pivot.search.index;

import org.jspecify.annotations.NullMarked;
