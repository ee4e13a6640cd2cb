/** What every request is known by, and the line that is written of each. */
@NullMarked
package fr.pivot.http.access;

import org.jspecify.annotations.NullMarked;
