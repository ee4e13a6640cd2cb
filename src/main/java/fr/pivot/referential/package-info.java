/** The nouns: referentials, releases, concepts and what ties them. No I/O; depends on nothing. */
@NullMarked
package fr.pivot.referential;

import org.jspecify.annotations.NullMarked;
