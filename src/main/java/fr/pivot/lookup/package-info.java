/** One code, many codes, hierarchy, history: what a code means or meant, over HTTP. */
@NullMarked
package fr.pivot.lookup;

import org.jspecify.annotations.NullMarked;
