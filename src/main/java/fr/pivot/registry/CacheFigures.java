package fr.pivot.registry;

/**
 * How a cache does.
 *
 * @param name what it remembers
 * @param entries how many answers it holds
 * @param weight what they weigh, in the unit of the cache
 * @param heaviest the most that they may weigh
 * @param hits how often an answer was there since the start, in all registries
 * @param misses how often none was there
 * @param evictions how many were forgotten for want of room
 */
public record CacheFigures(
    String name,
    long entries,
    long weight,
    long heaviest,
    long hits,
    long misses,
    long evictions) {}
