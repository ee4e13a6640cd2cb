/** The immutable in-memory index of a referential, which answers every hot question. */
@NullMarked
package fr.pivot.codebook;

import org.jspecify.annotations.NullMarked;
