package fr.pivot.referential;

/**
 * A kind of link that the concepts of a referential carry.
 *
 * @param relation what the link means
 * @param referential the referential of the targets; the referential itself for its own hierarchy
 * @param property the name under which answers and tables show the target's code: {@code
 *     departement}, {@code codesPostaux}
 * @param many whether one concept may carry several at a time
 * @param names whether the concepts are called by the names of the targets, since they have none of
 *     their own, as postal codes by those of the communes that they serve
 */
public record LinkType(
    Relation relation, String referential, String property, boolean many, boolean names) {}
