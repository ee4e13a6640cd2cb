package fr.pivot.formats;

import org.jspecify.annotations.Nullable;

/**
 * What the caller wants of a reading.
 *
 * @param edition the edition, where the files' names do not tell or are to be overridden
 * @param repairLeadingZeros whether codes that lost their leading zero are repaired, each repair
 *     reported, instead of refused
 */
public record ReadOptions(@Nullable String edition, boolean repairLeadingZeros) {}
