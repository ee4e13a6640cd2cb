package fr.pivot.text.detected;

import fr.pivot.finding.Rule;
import fr.pivot.text.bytes.Dialect;
import fr.pivot.text.detected.HeadRecords.HeadRecord;
import fr.pivot.text.detected.HeadRecords.Separator;
import fr.pivot.text.detected.Headers.Header;
import fr.pivot.text.packed.RefusedFileException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells how a delimited text is written from its first bytes. Nothing is read beyond them, so that
 * a stream can be judged while it comes.
 */
public final class DialectDetector {

  /** The first bytes that are worth giving. */
  public static final int HEAD = 256 << 10;

  /** The most columns of a spreadsheet, and of a text here. */
  public static final int MAX_COLUMNS = 16_384;

  /** What is often given the name of a table, by its first letters. */
  private static final Pattern SOMETHING_ELSE =
      Pattern.compile(
          "\\s*(?:(?<html><!doctype html|<html)|(?<xml><\\?xml)|(?<json>\\{\\s*\"|\\[\\s*\\{)"
              + "|(?<pdf>%pdf-)|(?<rtf>\\{\\\\rtf))",
          Pattern.CASE_INSENSITIVE);

  /** Separators alone, as of rows that a spreadsheet keeps for their borders. */
  private static final Pattern NOTHING = Pattern.compile("[\\s,;|\"]*+");

  private static final List<String> KINDS = List.of("html", "xml", "json", "pdf", "rtf");

  private DialectDetector() {}

  /**
   * Tells the dialect.
   *
   * @param head the first bytes of the text, or all of it
   * @param whole whether they are all
   * @param overrides what the caller says
   * @throws RefusedFileException when it is not a table: empty, binary, of another kind, with a
   *     first line that is longer than the head or has more than {@link #MAX_COLUMNS} fields, or
   *     without a record on the line that the caller says
   */
  public static DetectedDialect detect(byte[] head, boolean whole, Overrides overrides)
      throws RefusedFileException {
    Encodings.Encoding encoding = Encodings.detect(head, whole, overrides.charset());
    int mark = encoding.markLength();
    String text = new String(head, mark, head.length - mark, encoding.charset());
    if (whole && NOTHING.matcher(text).matches()) {
      throw new RefusedFileException(Rule.EMPTY_FILE, null);
    }
    refuseSomethingElse(text);
    Character said = overrides.separator();
    Separator separator =
        said == null ? HeadRecords.separator(text, whole) : new Separator(said, 1);
    List<HeadRecord> records = HeadRecords.split(text, separator.character(), whole);
    if (records.stream().allMatch(record -> record.filled() == 0)) {
      throw new RefusedFileException(whole ? Rule.EMPTY_FILE : Rule.OVERSIZED_LINE, null);
    }
    Header header = header(records, overrides);
    if (header.columns().size() > MAX_COLUMNS) {
      throw new RefusedFileException(Rule.TOO_MANY_COLUMNS, null);
    }
    return new DetectedDialect(
        new Dialect(
            encoding.charset(),
            mark,
            separator.character(),
            header.index() < 0 ? 0 : Math.toIntExact(records.get(header.index()).line())),
        encoding.confidence(),
        separator.confidence(),
        header.confidence(),
        header.columns(),
        otherHeaders(records, header),
        encoding.strayLines(),
        encoding.firstStrayLine());
  }

  /** The header among the first records, where the caller says it is, or else where it seems. */
  static Header header(List<HeadRecord> records, Overrides overrides) throws RefusedFileException {
    Integer said = overrides.headerLine();
    if (said == null) {
      return Headers.find(records);
    }
    if (said == 0) {
      return Headers.at(records, OptionalInt.empty());
    }
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).line() == said && records.get(i).filled() > 0) {
        return Headers.at(records, OptionalInt.of(i));
      }
    }
    throw new RefusedFileException(Rule.MISSING_HEADER, Integer.toString(said));
  }

  /** The lines of the headers above the one that is taken. */
  static List<Long> otherHeaders(List<HeadRecord> records, Header header) {
    return header.index() < 0
        ? List.of()
        : records.subList(header.index() - header.again(), header.index()).stream()
            .map(HeadRecord::line)
            .toList();
  }

  private static void refuseSomethingElse(String text) throws RefusedFileException {
    Matcher begins = SOMETHING_ELSE.matcher(text);
    if (begins.lookingAt()) {
      String kind = KINDS.stream().filter(k -> begins.group(k) != null).findFirst().orElseThrow();
      throw new RefusedFileException(Rule.NOT_A_TABLE, kind.toUpperCase(Locale.ROOT));
    }
    int strange = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean usual = c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0x1A;
      strange += c < ' ' && !usual ? 1 : 0;
    }
    // A letter that went wrong here and there is for the reader of the row.
    if (strange > text.length() / 10 || (strange > 16 && strange > text.length() / 100)) {
      throw new RefusedFileException(Rule.NOT_A_TABLE, null);
    }
  }
}
