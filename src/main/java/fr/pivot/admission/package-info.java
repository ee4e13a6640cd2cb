/**
 * How much is worked on at once: places, turns on the processors, memory. Whoever works heavily
 * asks here, and is told when nobody wants the work any more. What goes on in the background is
 * kept going. Knows no domain.
 */
@NullMarked
package fr.pivot.admission;

import org.jspecify.annotations.NullMarked;
