/**
 * A person's table in and out: how it is opened, read by column, and given back with what was
 * found.
 */
@NullMarked
package fr.pivot.table;

import org.jspecify.annotations.NullMarked;
