/** The page that aligns a list: names become codes, codes of one year those of another. */
@NullMarked
package fr.pivot.pages.align;

import org.jspecify.annotations.NullMarked;
