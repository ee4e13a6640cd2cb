/** Table schemas of others, and what they say of columns. */
@NullMarked
package fr.pivot.validation.schema;

import org.jspecify.annotations.NullMarked;
