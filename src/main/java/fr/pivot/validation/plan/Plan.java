package fr.pivot.validation.plan;

import fr.pivot.validation.detection.PersonalData;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a file is held against the registry.
 *
 * @param header the names of its columns
 * @param bounds the columns that hold codes, by their place in the header
 * @param fields what a schema says of columns
 * @param ties what must agree between columns
 * @param key the columns, by their places, whose values together may come once; none where no key
 *     is declared
 * @param personal the columns whose values seem to be personal data, by their places
 * @param discreet the places of those columns, and of those that are called as if they held such:
 *     none of their values is repeated that is no code or name of a referential
 * @param findings what is to be said of columns before their rows are read
 * @param lastHeader the last record that is a header once more, so that it is not checked; 0 where
 *     none follows the header
 * @param limit how many findings of one rule are kept for one column
 */
public record Plan(
    List<String> header,
    List<CheckedColumn> bounds,
    List<FieldCheck> fields,
    List<ColumnRelation> ties,
    List<Integer> key,
    Map<Integer, PersonalData.Likeness> personal,
    Set<Integer> discreet,
    List<CellFinding> findings,
    long lastHeader,
    int limit) {}
