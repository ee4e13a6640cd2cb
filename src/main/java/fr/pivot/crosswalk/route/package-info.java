/** Which steps lead from one point to another, and how a code passes them. */
@NullMarked
package fr.pivot.crosswalk.route;

import org.jspecify.annotations.NullMarked;
