/** Names to codes: how names are indexed, found and ranked, and what search answers over HTTP. */
@NullMarked
package fr.pivot.search;

import org.jspecify.annotations.NullMarked;
