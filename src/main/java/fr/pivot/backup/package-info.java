/** The whole registry's way out and back in: backups, which are files, of one moment. */
@NullMarked
package fr.pivot.backup;

import org.jspecify.annotations.NullMarked;
