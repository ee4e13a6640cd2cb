/** A release's way out, in the formats that others read. */
@NullMarked
package fr.pivot.publishing;

import org.jspecify.annotations.NullMarked;
