/** What a file is, told from its head: encoding, separator, header. */
@NullMarked
package fr.pivot.text.detected;

import org.jspecify.annotations.NullMarked;
