/** Delimited text as bytes: records found, copied and answered without being decoded. */
@NullMarked
package fr.pivot.text.bytes;

import org.jspecify.annotations.NullMarked;
