/** Spreadsheets and delimited files as tables of text. */
@NullMarked
package fr.pivot.text.sheet;

import org.jspecify.annotations.NullMarked;
