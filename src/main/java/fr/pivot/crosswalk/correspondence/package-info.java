/** Published tables between editions, and proposals for new ones. */
@NullMarked
package fr.pivot.crosswalk.correspondence;

import org.jspecify.annotations.NullMarked;
