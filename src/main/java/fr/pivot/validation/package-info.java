/** Files held against referentials: the operations over HTTP. */
@NullMarked
package fr.pivot.validation;

import org.jspecify.annotations.NullMarked;
