/** Archives and compressed files of strangers, within limits. */
@NullMarked
package fr.pivot.text.packed;

import org.jspecify.annotations.NullMarked;
