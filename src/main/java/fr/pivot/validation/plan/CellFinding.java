package fr.pivot.validation.plan;

import fr.pivot.finding.Rule;
import fr.pivot.validation.value.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a row.
 *
 * @param rule the rule that is broken
 * @param line the line that the row begins on, from 1, or its row in a sheet
 * @param rank the place of the column in the header, from 0; -1 where it concerns the whole row
 * @param value the value as it is written; null where none is meant, or where it may not be
 *     repeated
 * @param verdict what there is to say of it
 */
public record CellFinding(
    Rule rule, long line, int rank, @Nullable String value, Verdict verdict) {}
