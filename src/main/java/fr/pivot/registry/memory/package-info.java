/** The registry in memory: an immutable index of each referential, kept in files. */
@NullMarked
package fr.pivot.registry.memory;

import org.jspecify.annotations.NullMarked;
