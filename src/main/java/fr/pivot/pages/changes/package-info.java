/** The page that says what changed in a referential, and the table of changes that others show. */
@NullMarked
package fr.pivot.pages.changes;

import org.jspecify.annotations.NullMarked;
