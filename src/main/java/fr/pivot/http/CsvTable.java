package fr.pivot.http;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.micronaut.http.MediaType;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table as bytes (RFC 4180, UTF-8), in the dialect that a request asks for with {@code separator}
 * and {@code bom}. Who asks for a byte order mark opens the table in a spreadsheet: cells that one
 * would take for a formula then begin with an apostrophe; otherwise cells are exact.
 */
public final class CsvTable {

  private static final List<String> SEPARATORS = List.of(",", ";", "|", "tab", "\t");
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d[\\d., \u00A0]*");

  private static final MediaType WITHOUT_HEADER =
      MediaType.of("text/csv;charset=utf-8;header=absent");

  private final StringWriter text = new StringWriter();
  private final CsvWriter writer;
  private final char separator;
  private final boolean spreadsheet;

  private CsvTable(char separator, boolean spreadsheet) {
    this.separator = separator;
    this.spreadsheet = spreadsheet;
    writer =
        CsvWriter.builder().fieldSeparator(separator).lineDelimiter(LineDelimiter.CRLF).build(text);
  }

  /** An empty table in the dialect of a request. */
  public static CsvTable of(RequestTarget target) {
    String separator = target.findOneOf("separator", SEPARATORS).orElse(",");
    boolean bom = target.isTrue("bom");
    CsvTable table = new CsvTable(separator.equals("tab") ? '\t' : separator.charAt(0), bom);
    if (bom) {
      table.text.write('\uFEFF');
    }
    return table;
  }

  /**
   * A table in the dialect of a request, which begins with the names of its columns unless the
   * request wants none ({@code header=absent}, the parameter of RFC 4180): a cell of a spreadsheet
   * has room for a value and nothing else.
   */
  public static CsvTable of(RequestTarget target, Iterable<String> columns) {
    CsvTable table = of(target);
    return hasHeader(target) ? table.line(columns) : table;
  }

  /** The media type of a table that may have no header. */
  public static MediaType type(RequestTarget target) {
    return hasHeader(target) ? MediaFormat.CSV.type() : WITHOUT_HEADER;
  }

  private static boolean hasHeader(RequestTarget target) {
    return !target
        .findOneOf("header", List.of("present", "absent"))
        .orElse("present")
        .equals("absent");
  }

  /** An empty table for lines that follow those of this one, in the same dialect. */
  public CsvTable continued() {
    return new CsvTable(separator, spreadsheet);
  }

  /** Adds a line; null is an empty cell. */
  public CsvTable line(Iterable<? extends @Nullable String> cells) {
    List<String> safe = new ArrayList<>();
    for (String cell : cells) {
      safe.add(cell == null ? "" : spreadsheet ? neutral(cell) : cell);
    }
    writer.writeRecord(safe);
    return this;
  }

  private static String neutral(String cell) {
    return !cell.isEmpty()
            && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0
            && !NUMBER.matcher(cell).matches()
        ? '\'' + cell
        : cell;
  }

  /** The bytes of the lines added since the last call. */
  public byte[] take() {
    try {
      writer.flush();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    text.getBuffer().setLength(0);
    return bytes;
  }
}
