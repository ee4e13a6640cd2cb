/** A table of one's own between two editions, as a delimited text file. */
@NullMarked
package fr.pivot.formats.correspondence;

import org.jspecify.annotations.NullMarked;
