package fr.pivot.text.sheet;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A delimited text file with a header line, read as it comes: in UTF-8 with or without a byte order
 * mark, UTF-16 with one, or else windows-1252 (which ISO-8859-1 text is too); separated by commas,
 * semicolons, tabs or vertical bars, as its header shows; quoted or not; its lines ended by CRLF,
 * LF or CR. Only one row is held at a time.
 *
 * <p>What is wrong with the text goes to the findings: a row whose number of fields is not that of
 * the header, a field longer than {@link #MAX_FIELD} characters, a file without a header. A row
 * with nothing in any of its fields is passed over.
 */
public final class Delimited implements Closeable {

  /** The longest field that is accepted, in characters. */
  public static final int MAX_FIELD = 65_536;

  private static final int MAX_FIELDS = 4_096;
  private static final int MAX_HEADER = 1 << 20;
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  /** Opens the bytes of a file, as often as asked. */
  @FunctionalInterface
  public interface Source {
    /** A new stream from the first byte, which the reader closes. */
    InputStream open() throws IOException;
  }

  private final String file;
  private final Findings findings;
  private final Charset charset;
  private final char delimiter;
  private final List<String> header;
  private final Map<String, Integer> columns;
  private final CloseableIterator<CsvRecord> records;
  private final long headerLine;

  private Delimited(
      String file,
      Findings findings,
      Charset charset,
      char delimiter,
      CsvRecord head,
      CloseableIterator<CsvRecord> records) {
    this.file = file;
    this.findings = findings;
    this.charset = charset;
    this.delimiter = delimiter;
    this.records = records;
    this.headerLine = head.getStartingLineNumber();
    this.header = head.getFields().stream().map(String::strip).toList();
    this.columns = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      columns.putIfAbsent(header.get(i).toLowerCase(Locale.ROOT), i);
    }
  }

  /**
   * Opens a file and reads its header. Answers nothing, and says why in the findings, where there
   * is no header to be read.
   *
   * @param file the name to give in findings
   * @throws IOException when the bytes cannot be had
   */
  public static Optional<Delimited> open(String file, Source source, Findings findings)
      throws IOException {
    Charset charset = detectCharset(source);
    char delimiter = detectDelimiter(source, charset);
    Reader reader = reader(source, charset);
    CloseableIterator<CsvRecord> records;
    try {
      records = records(reader, delimiter);
      if (records.hasNext()) {
        return Optional.of(
            new Delimited(file, findings, charset, delimiter, records.next(), records));
      }
    } catch (CsvParseException unreadable) {
      reader.close();
      findings.add(Rule.UNREADABLE_FILE.at(new Place(file, 1, null)));
      return Optional.empty();
    } catch (UncheckedIOException lost) {
      reader.close();
      throw lost.getCause();
    }
    reader.close();
    findings.add(Rule.UNREADABLE_FILE.at(Place.file(file)));
    return Optional.empty();
  }

  /** The file's name, as findings give it. */
  public String file() {
    return file;
  }

  /** The names of the columns as they are written, without the spaces around them. */
  public List<String> header() {
    return header;
  }

  /** The encoding it is read in. */
  public Charset charset() {
    return charset;
  }

  /** What separates its fields. */
  public char delimiter() {
    return delimiter;
  }

  /** Whether it has a column of that name, in upper or lower case. */
  public boolean has(String column) {
    return columns.containsKey(column.toLowerCase(Locale.ROOT));
  }

  /**
   * Gives every row that has as many fields as the header, once. Stops at the first field that is
   * too long.
   *
   * @throws IOException when the bytes cannot be had
   */
  public void forEach(Consumer<Row> consumer) throws IOException {
    long line = headerLine;
    try {
      while (records.hasNext()) {
        CsvRecord fields = records.next();
        line = fields.getStartingLineNumber();
        if (isEmpty(fields)) {
          continue;
        }
        if (fields.getFieldCount() != header.size()) {
          findings.add(
              Rule.RAGGED_ROW.at(
                  new Place(file, line, null),
                  Integer.toString(fields.getFieldCount()),
                  Integer.toString(header.size())));
          continue;
        }
        consumer.accept(new Row(fields));
      }
    } catch (CsvParseException tooLong) {
      findings.add(Rule.OVERSIZED_FIELD.at(new Place(file, line + 1, null)));
    } catch (UncheckedIOException lost) {
      throw lost.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  /** A row of the file, valid while it is being given. */
  public final class Row {
    private final CsvRecord fields;

    private Row(CsvRecord fields) {
      this.fields = fields;
    }

    /** The line it begins on, from 1, the header included, as a text editor counts. */
    public long line() {
      return fields.getStartingLineNumber();
    }

    /** The field of a column, without the spaces around it; empty where there is no such column. */
    public String get(String column) {
      Integer index = columns.get(column);
      if (index == null) {
        index = columns.get(column.toLowerCase(Locale.ROOT));
      }
      return index == null ? "" : fields.getField(index).strip();
    }

    /** The fields as they are written. */
    public List<String> fields() {
      return fields.getFields();
    }

    /** Where a column of this row stands. */
    public Place place(String column) {
      Integer index = columns.get(column.toLowerCase(Locale.ROOT));
      return new Place(file, line(), index == null ? column : header.get(index));
    }

    /** Where this row stands. */
    public Place place() {
      return new Place(file, line(), null);
    }
  }

  /** The records of a text, however many fields each has. */
  static CloseableIterator<CsvRecord> records(Reader text, char delimiter) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowExtraCharsAfterClosingQuote(true)
        .maxBufferSize(2 * MAX_FIELD)
        .build(
            CsvRecordHandler.of(
                limits ->
                    limits
                        .maxFields(MAX_FIELDS)
                        .maxFieldSize(MAX_FIELD)
                        .maxRecordSize(MAX_FIELDS * 256)),
            text)
        .iterator();
  }

  private static boolean isEmpty(CsvRecord fields) {
    for (int i = 0; i < fields.getFieldCount(); i++) {
      if (!fields.getField(i).isBlank()) {
        return false;
      }
    }
    return true;
  }

  /** The text of the file, without its byte order mark. */
  static Reader reader(Source source, Charset charset) throws IOException {
    Reader text = new BufferedReader(new InputStreamReader(source.open(), charset), 1 << 16);
    try {
      text.mark(1);
      if (text.read() != '\uFEFF') {
        text.reset();
      }
      return text;
    } catch (IOException | RuntimeException failed) {
      text.close();
      throw failed;
    }
  }

  /**
   * Strict decoding tells UTF-8 from the rest: real windows-1252 text is almost never valid UTF-8.
   */
  static Charset detectCharset(Source source) throws IOException {
    try (InputStream bytes = source.open()) {
      ByteBuffer in = ByteBuffer.allocate(1 << 16);
      CharBuffer out = CharBuffer.allocate(1 << 16);
      CharsetDecoder decoder =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      boolean first = true;
      boolean end = false;
      while (!end) {
        int read = bytes.readNBytes(in.array(), in.position(), in.remaining());
        end = read < in.remaining();
        in.position(in.position() + read).flip();
        if (first && in.limit() >= 2) {
          int mark = Byte.toUnsignedInt(in.get(0)) << 8 | Byte.toUnsignedInt(in.get(1));
          if (mark == 0xFEFF) {
            return StandardCharsets.UTF_16BE;
          }
          if (mark == 0xFFFE) {
            return StandardCharsets.UTF_16LE;
          }
        }
        first = false;
        CoderResult result = decoder.decode(in, out, end);
        if (result.isError()) {
          return WINDOWS_1252;
        }
        in.compact();
        out.clear();
      }
      return StandardCharsets.UTF_8;
    }
  }

  /** The separator that occurs most in the first line that says something, outside of quotes. */
  static char detectDelimiter(Source source, Charset charset) throws IOException {
    int[] counts = new int[DELIMITERS.length];
    try (Reader text = reader(source, charset)) {
      boolean quoted = false;
      boolean blank = true;
      for (int i = 0; i < MAX_HEADER; i++) {
        int c = text.read();
        if (c < 0 || (!quoted && !blank && (c == '\n' || c == '\r'))) {
          break;
        }
        quoted ^= c == '"';
        blank &= Character.isWhitespace(c);
        for (int d = 0; d < DELIMITERS.length; d++) {
          if (!quoted && c == DELIMITERS[d]) {
            counts[d]++;
          }
        }
      }
    }
    int best = 0;
    for (int d = 1; d < DELIMITERS.length; d++) {
      if (counts[d] > counts[best]) {
        best = d;
      }
    }
    return DELIMITERS[best];
  }
}
