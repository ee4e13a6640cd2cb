/** What was found, as reports and repaired files. */
@NullMarked
package fr.pivot.validation.report;

import org.jspecify.annotations.NullMarked;
