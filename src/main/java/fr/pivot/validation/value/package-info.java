/** One value held against a referential on a day. */
@NullMarked
package fr.pivot.validation.value;

import org.jspecify.annotations.NullMarked;
