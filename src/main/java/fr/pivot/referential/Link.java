package fr.pivot.referential;

/**
 * A tie from a concept to another, with its own validity: a commune changes EPCI without changing
 * itself.
 *
 * @param code the concept that carries it
 * @param relation what it means
 * @param referential the target's referential
 * @param target the target's code
 * @param validity when it held
 * @param derived whether the dates were worked out by comparing editions
 */
public record Link(
    String code,
    Relation relation,
    String referential,
    String target,
    Validity validity,
    boolean derived) {}
