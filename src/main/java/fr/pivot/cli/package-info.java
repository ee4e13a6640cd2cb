/** The {@code pivot} command. */
@NullMarked
package fr.pivot.cli;

import org.jspecify.annotations.NullMarked;
