/** The folder where an installation keeps its data, and the PostgreSQL server that runs in it. */
@NullMarked
package fr.pivot.home;

import org.jspecify.annotations.NullMarked;
