package fr.pivot.referential;

/**
 * A level of a referential ({@code xkos:ClassificationLevel}), the highest first.
 *
 * @param id short name, unique in its referential: {@code division}
 * @param title what it is called
 */
public record Level(String id, Text title) {}
