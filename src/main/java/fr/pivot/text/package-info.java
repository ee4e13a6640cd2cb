/** Text as it comes and goes: words, check digits, JSON. Knows no domain. */
@NullMarked
package fr.pivot.text;

import org.jspecify.annotations.NullMarked;
