/**
 * What those see who run a server: whether it is ready, how it does, what it is asked for. Nothing
 * here changes an answer, and nothing of it says who asked or what a file held.
 */
@NullMarked
package fr.pivot.observing;

import org.jspecify.annotations.NullMarked;
