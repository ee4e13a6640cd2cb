package fr.pivot.referential;

/**
 * A kind of link that the concepts of a referential carry.
 *
 * @param relation what the link means
 * @param referential the referential of the targets; the referential itself for its own hierarchy
 * @param property the name under which answers and tables show the target's code: {@code
 *     departement}, {@code codesPostaux}
 * @param many whether one concept may carry several at a time
 */
public record LinkType(Relation relation, String referential, String property, boolean many) {}
