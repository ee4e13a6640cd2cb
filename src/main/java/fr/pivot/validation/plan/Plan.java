package fr.pivot.validation.plan;

import fr.pivot.validation.detection.PersonalData;
import java.util.List;
import java.util.Map;

/**
 * How a file is held against the registry.
 *
 * @param header the names of its columns
 * @param bounds the columns that hold codes, by their place in the header
 * @param fields what a schema says of columns
 * @param ties what must agree between columns
 * @param key the columns, by their places, whose values together may come once; none where no key
 *     is declared
 * @param personal the columns that seem to hold personal data, by their places; their values are
 *     never repeated
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
    List<CellFinding> findings,
    long lastHeader,
    int limit) {}
