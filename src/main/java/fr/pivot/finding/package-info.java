/** What is wrong with data, as data. */
@NullMarked
package fr.pivot.finding;

import org.jspecify.annotations.NullMarked;
