/** Who asks, by address, and how much each may ask. */
@NullMarked
package fr.pivot.http.client;

import org.jspecify.annotations.NullMarked;
