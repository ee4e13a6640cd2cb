/**
 * Pivot's own pack: a release as a Frictionless data package ({@code datapackage.json} and CSV
 * files), and the descriptor of its referential. {@code referentials/README.md} defines both.
 */
@NullMarked
package fr.pivot.formats.pack;

import org.jspecify.annotations.NullMarked;
