/**
 * The web pages, in French and English. A controller gathers what a page says in a record, a
 * template of {@code src/main/jte} sets it; templates are compiled with the rest and escape what
 * they write by its place. Every page reads without a script.
 */
@NullMarked
package fr.pivot.pages;

import org.jspecify.annotations.NullMarked;
