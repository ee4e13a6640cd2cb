/**
 * What is checked of a file, before any row is read: its columns, what they are held against, what
 * goes together.
 */
@NullMarked
package fr.pivot.validation.plan;

import org.jspecify.annotations.NullMarked;
