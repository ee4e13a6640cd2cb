/** Text as it comes: delimited files, encodings, check digits. Knows no domain. */
@NullMarked
package fr.pivot.text;

import org.jspecify.annotations.NullMarked;
