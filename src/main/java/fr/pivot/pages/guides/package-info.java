/**
 * The guides, and the contract to read and to try. A guide is a Markdown file of {@code
 * docs/guides}, once in French and once in English, which reads in the repository as it does on the
 * page.
 */
@NullMarked
package fr.pivot.pages.guides;

import org.jspecify.annotations.NullMarked;
