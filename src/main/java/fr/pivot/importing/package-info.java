/** A release's way in: recognise, stage, check, publish. */
@NullMarked
package fr.pivot.importing;

import org.jspecify.annotations.NullMarked;
