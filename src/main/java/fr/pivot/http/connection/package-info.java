/** One connection, before anything is routed: what is refused there, and what is ready. */
@NullMarked
package fr.pivot.http.connection;

import org.jspecify.annotations.NullMarked;
