/** Files that are handed in: where their bytes are, and of which format they are. */
@NullMarked
package fr.pivot.importing.files;

import org.jspecify.annotations.NullMarked;
