/**
 * Pages that need nothing else, which are saved, sent, or shown in the frame of another tool: they
 * hold their style and have no script.
 */
@NullMarked
package fr.pivot.pages.alone;

import org.jspecify.annotations.NullMarked;
