/**
 * Code lists in OASIS genericode: <a
 * href="https://docs.oasis-open.org/codelist/genericode/v1.0/genericode-v1.0.html">genericode
 * 1.0</a>.
 */
@NullMarked
package fr.pivot.formats.genericode;

import org.jspecify.annotations.NullMarked;
