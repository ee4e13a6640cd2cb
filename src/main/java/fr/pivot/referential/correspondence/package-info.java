/** Tables between two editions: what they pair, how it matches, and what heads them. */
@NullMarked
package fr.pivot.referential.correspondence;

import org.jspecify.annotations.NullMarked;
