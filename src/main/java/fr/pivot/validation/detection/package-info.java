/** What the columns of a file hold. */
@NullMarked
package fr.pivot.validation.detection;

import org.jspecify.annotations.NullMarked;
