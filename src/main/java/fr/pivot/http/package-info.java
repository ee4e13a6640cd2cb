/**
 * The shared edge: problems (RFC 9457), the contract's guard, negotiation, caching, languages. It
 * knows no room of the domain but the nouns.
 */
@NullMarked
package fr.pivot.http;

import org.jspecify.annotations.NullMarked;
