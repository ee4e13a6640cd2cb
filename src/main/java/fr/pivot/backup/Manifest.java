package fr.pivot.backup;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What a backup holds.
 *
 * @param format of the backup's files; this Pivot writes and reads {@value #FORMAT}
 * @param schema the number of the last migration of the database that it is of
 * @param takenAt when, as {@code 2026-12-01T08:30:00Z}
 * @param postgres the version of the server that it was taken from, as {@code 18.1}
 * @param digest the digest of the whole registry ({@code pivot verify} tells it)
 * @param sound whether the registry was as published
 * @param tables in an order in which they can be filled
 */
@Serdeable
public record Manifest(
    int format,
    int schema,
    String takenAt,
    String postgres,
    String digest,
    boolean sound,
    List<Table> tables) {

  /** The only one there is so far. */
  static final int FORMAT = 1;

  /**
   * A table and its file.
   *
   * @param columns those that are in the file, in the order of the file
   * @param rows how many there are
   * @param bytes the size of the file
   * @param sha256 of the file, in hexadecimal
   */
  @Serdeable
  public record Table(String name, List<String> columns, long rows, long bytes, String sha256) {}

  /** How many rows there are in all. */
  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }
}
