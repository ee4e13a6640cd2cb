package fr.pivot.finding;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong with data, as data.
 *
 * @param rule the rule that it breaks
 * @param place where
 * @param value the value as it was read; null where none is meant
 * @param suggestion what it should probably be, or what to do about it; null where nothing sure can
 *     be said
 */
public record Finding(
    Rule rule, Place place, @Nullable String value, @Nullable String suggestion) {}
