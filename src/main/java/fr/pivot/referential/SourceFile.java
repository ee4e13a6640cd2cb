package fr.pivot.referential;

import org.jspecify.annotations.Nullable;

/**
 * A file that a release was made from.
 *
 * @param name its name, without folders
 * @param origin where it comes from: a package and its version, a publisher's page; null where
 *     nobody said
 * @param sha256 the digest of its bytes, in hexadecimal
 * @param bytes its size
 */
public record SourceFile(String name, @Nullable String origin, String sha256, long bytes) {}
