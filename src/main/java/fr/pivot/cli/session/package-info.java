/**
 * What every command has: where it says what it does, how it ends, the database and the files that
 * it works on.
 */
@NullMarked
package fr.pivot.cli.session;

import org.jspecify.annotations.NullMarked;
