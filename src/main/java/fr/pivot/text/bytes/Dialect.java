package fr.pivot.text.bytes;

import java.nio.charset.Charset;

/**
 * How a delimited text is written. Quotes are {@code "}, doubled inside quoted fields (RFC 4180).
 *
 * @param charset its encoding
 * @param markLength how many bytes of byte order mark it begins with; 0 where it has none
 * @param separator what separates its fields: an ASCII character
 * @param headerLine the line of its header, from 1; what comes before is a title. 0 where it has
 *     none, so that its first line is a row and its columns are called {@code #1}, {@code #2}…
 */
public record Dialect(Charset charset, int markLength, char separator, int headerLine) {}
