package fr.pivot.text.bytes;

/**
 * Whole records of a delimited file, as bytes. The bytes are lent: they are valid until the block
 * is given back to the {@link RecordBlocks} that it came from.
 */
public final class RecordBlock {

  private static final int[] NONE = {};

  final byte[] bytes;
  final int start;
  final int end;

  /** Where records begin whose quotes are letters, ascending. */
  final int[] lettered;

  private final long line;
  private final long record;

  RecordBlock(byte[] bytes, int start, int end, int[] lettered, long line, long record) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.lettered = lettered;
    this.line = line;
    this.record = record;
  }

  /** No record. */
  static RecordBlock empty() {
    return new RecordBlock(new byte[0], 0, 0, NONE, 1, 1);
  }

  /** What is left of this block from a record on. */
  public RecordBlock from(int start, long line, long record) {
    return new RecordBlock(bytes, start, end, lettered, line, record);
  }

  /** The line that its first record begins on; the first of the file is 1. */
  public long line() {
    return line;
  }

  /** The rank of its first record in the file, from 1; titles, header and empty lines count. */
  public long record() {
    return record;
  }

  /** How many bytes its records have, their ends of line included. */
  public int length() {
    return end - start;
  }
}
