/** Values and files against referentials: what is wrong, why, and what it should be. */
@NullMarked
package fr.pivot.validation;

import org.jspecify.annotations.NullMarked;
