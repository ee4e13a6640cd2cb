package fr.pivot.referential;

/**
 * A figure that an edition states of a code, and that the next one states anew.
 *
 * @param code the code
 * @param name what is counted: {@code population} (inhabitants)
 * @param value the figure
 */
public record Measure(String code, String name, long value) {}
