package fr.pivot.lookup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemType;
import fr.pivot.referential.Text;
import fr.pivot.registry.Points;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the items of a bulk request, one at a time, from a body that may still be on its way. */
public interface BulkItems {

  /** The longest line of NDJSON, in bytes. */
  int LONGEST_LINE = 65_536;

  /**
   * One item.
   *
   * @param input the code, as it was given; null where there is none
   * @param date its own day of validity, if it has one
   * @param problem what is wrong with the item itself, if anything
   */
  record Item(@Nullable String input, @Nullable LocalDate date, @Nullable Problem problem) {

    /** An item that cannot be answered, and why. */
    public static Item wrong(@Nullable String input, Problem problem) {
      return new Item(input, null, problem);
    }

    static Item of(@Nullable String input, @Nullable String date) {
      if (input == null || !Points.isCode(input)) {
        return wrong(
            input == null ? null : ProblemType.shorten(input),
            ProblemType.MALFORMED_CODE.problem());
      }
      if (date == null || date.isBlank()) {
        return new Item(input, null, null);
      }
      try {
        return new Item(input, LocalDate.parse(date.strip()), null);
      } catch (DateTimeException _) {
        return wrong(
            input,
            ProblemType.INVALID_PARAMETER
                .with("parameter", "date")
                .with(
                    "expected",
                    new Text("une date, comme 2015-06-01", "a date, such as 2015-06-01")));
      }
    }
  }

  /** The next item, or null after the last one. */
  @Nullable Item next() throws IOException;

  /** Where the reading stands, for a problem that ends it. */
  Problem brokenOff();

  /** Reads a JSON array. */
  static BulkItems ofJson(InputStream in) throws IOException {
    return new OfJson(in);
  }

  /** Reads NDJSON. */
  static BulkItems ofLines(InputStream in) {
    return new OfLines(in);
  }

  /**
   * Reads a CSV file with a header line.
   *
   * @param column the column that holds the codes, or null to choose it
   * @param referential the referential, whose name such a column may have
   */
  static BulkItems ofCsv(InputStream in, @Nullable String column, String referential)
      throws IOException {
    return new OfCsv(in, column, referential);
  }

  /** Items of a JSON array. */
  final class OfJson implements BulkItems {

    private static final JsonFactory FACTORY =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxStringLength(10_000)
                    .maxNameLength(1_000)
                    .maxNumberLength(100)
                    .build())
            .build();

    private final JsonParser parser;

    OfJson(InputStream in) throws IOException {
      parser = FACTORY.createParser(in);
      JsonToken first;
      try {
        first = parser.nextToken();
      } catch (JsonProcessingException _) {
        throw brokenOff().exception();
      }
      if (first != JsonToken.START_ARRAY) {
        throw brokenOff().exception();
      }
    }

    @Override
    public @Nullable Item next() throws IOException {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new IOException("the array does not end");
      }
      return token == JsonToken.END_ARRAY ? null : item(parser, token);
    }

    static Item item(JsonParser parser, JsonToken token) throws IOException {
      return switch (token) {
        case VALUE_STRING, VALUE_NUMBER_INT -> Item.of(parser.getText(), null);
        case START_OBJECT -> {
          String code = null;
          String date = null;
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isScalarValue() && name.equals("code")) {
              code = value == JsonToken.VALUE_NULL ? null : parser.getText();
            } else if (value.isScalarValue() && name.equals("date")) {
              date = value == JsonToken.VALUE_NULL ? null : parser.getText();
            } else {
              parser.skipChildren();
            }
          }
          yield Item.of(code, date);
        }
        default -> {
          parser.skipChildren();
          yield Item.wrong(null, ProblemType.MALFORMED_CODE.problem());
        }
      };
    }

    @Override
    public Problem brokenOff() {
      return ProblemType.MALFORMED_REQUEST
          .with("line", parser.currentLocation().getLineNr())
          .with("column", parser.currentLocation().getColumnNr());
    }
  }

  /** Items of NDJSON. */
  final class OfLines implements BulkItems {

    private final InputStream in;
    private final byte[] line = new byte[LONGEST_LINE];
    private long number;

    OfLines(InputStream in) {
      this.in = new BufferedInputStream(in);
    }

    @Override
    public @Nullable Item next() throws IOException {
      while (true) {
        int length = 0;
        int b = in.read();
        if (b < 0) {
          return null;
        }
        number++;
        while (b >= 0 && b != '\n') {
          if (length < LONGEST_LINE) {
            line[length] = (byte) b;
          }
          length++;
          b = in.read();
        }
        if (length > LONGEST_LINE) {
          return Item.wrong(
              null, ProblemType.TOO_LARGE.with("limit", LONGEST_LINE).with("line", number));
        }
        if (!isBlank(length)) {
          return item(length);
        }
      }
    }

    private boolean isBlank(int length) {
      for (int i = 0; i < length; i++) {
        if (line[i] != ' ' && line[i] != '\r' && line[i] != '\t') {
          return false;
        }
      }
      return true;
    }

    private Item item(int length) throws IOException {
      try (JsonParser parser = OfJson.FACTORY.createParser(line, 0, length)) {
        Item item = OfJson.item(parser, parser.nextToken());
        return parser.nextToken() == null ? item : Item.wrong(null, brokenOff());
      } catch (JsonProcessingException _) {
        return Item.wrong(null, brokenOff());
      }
    }

    @Override
    public Problem brokenOff() {
      return ProblemType.MALFORMED_REQUEST.with("line", number);
    }
  }

  /** Items of a CSV file. */
  final class OfCsv implements BulkItems {

    private static final int LONGEST_HEADER = 65_536;

    private final Iterator<CsvRecord> records;
    private final int code;
    private final int date;
    private long line = 1;

    OfCsv(InputStream body, @Nullable String column, String referential) throws IOException {
      BufferedInputStream in = new BufferedInputStream(body, LONGEST_HEADER);
      char separator = separator(in);
      records =
          CsvReader.builder()
              .fieldSeparator(separator)
              .allowExtraFields(true)
              .allowMissingFields(true)
              .maxBufferSize(1 << 20)
              .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))
              .iterator();
      List<String> header;
      try {
        header = records.hasNext() ? records.next().getFields() : List.of();
      } catch (CsvParseException | UncheckedIOException _) {
        throw brokenOff().exception();
      }
      List<String> names = header.stream().map(OfCsv::trim).toList();
      Optional<Integer> found =
          column != null
              ? find(names, column)
              : find(names, "code")
                  .or(() -> find(names, referential))
                  .or(() -> names.size() == 1 ? Optional.of(0) : Optional.empty());
      code =
          found.orElseThrow(
              () ->
                  ProblemType.UNKNOWN_COLUMN
                      .with("columns", names.stream().limit(50).map(ProblemType::shorten).toList())
                      .exception());
      date = find(names, "date").orElse(-1);
    }

    private static String trim(String name) {
      return (name.startsWith("\uFEFF") ? name.substring(1) : name).strip();
    }

    private static Optional<Integer> find(List<String> names, String name) {
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).equalsIgnoreCase(name)) {
          return Optional.of(i);
        }
      }
      return Optional.empty();
    }

    /** The separator that the first line has most of. */
    private static char separator(BufferedInputStream in) throws IOException {
      in.mark(LONGEST_HEADER);
      int[] counts = new int[128];
      boolean quoted = false;
      for (int i = 0; i < LONGEST_HEADER - 1; i++) {
        int b = in.read();
        if (b < 0 || b == '\n' && !quoted) {
          break;
        }
        if (b == '"') {
          quoted = !quoted;
        } else if (!quoted && b < 128) {
          counts[b]++;
        }
      }
      in.reset();
      char best = ',';
      for (char candidate : new char[] {';', '\t', '|'}) {
        if (counts[candidate] > counts[best]) {
          best = candidate;
        }
      }
      return best;
    }

    @Override
    public @Nullable Item next() throws IOException {
      try {
        if (!records.hasNext()) {
          return null;
        }
        CsvRecord record = records.next();
        line = record.getStartingLineNumber();
        return Item.of(
            code < record.getFieldCount() ? record.getField(code) : "",
            date >= 0 && date < record.getFieldCount() ? record.getField(date) : null);
      } catch (CsvParseException e) {
        throw new IOException(e);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    @Override
    public Problem brokenOff() {
      return ProblemType.MALFORMED_REQUEST.with("line", line + 1);
    }
  }
}
