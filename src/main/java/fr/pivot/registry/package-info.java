/** What a referential answers, whatever keeps it: codes, points in time, knowledge. */
@NullMarked
package fr.pivot.registry;

import org.jspecify.annotations.NullMarked;
