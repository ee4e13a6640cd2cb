/** Names of a column made codes, file by file. */
@NullMarked
package fr.pivot.reconciliation.file;

import org.jspecify.annotations.NullMarked;
