/** Values and files held against referentials: what they hold, what is wrong, what repairs it. */
@NullMarked
package fr.pivot.validation;

import org.jspecify.annotations.NullMarked;
