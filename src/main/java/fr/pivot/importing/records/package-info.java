/** Plain records that imports keep beside what they publish, by their keys. */
@NullMarked
package fr.pivot.importing.records;

import org.jspecify.annotations.NullMarked;
