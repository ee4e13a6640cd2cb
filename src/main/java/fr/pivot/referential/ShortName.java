package fr.pivot.referential;

/**
 * What people write for short where a code has a label.
 *
 * @param text the short name: {@code PACA}
 * @param label the label it stands for, as editions state it
 */
public record ShortName(String text, String label) {}
