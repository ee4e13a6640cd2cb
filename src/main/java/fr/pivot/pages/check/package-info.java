/** The page that checks a file: what it is told of the file, what was found, what to take away. */
@NullMarked
package fr.pivot.pages.check;

import org.jspecify.annotations.NullMarked;
