/** Official files, read into rows and findings: bytes in; no database, no clock, no network. */
@NullMarked
package fr.pivot.formats;

import org.jspecify.annotations.NullMarked;
