package fr.pivot.lookup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemType;
import fr.pivot.referential.Text;
import fr.pivot.registry.Points;
import fr.pivot.table.HandedTable;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.RecordBlock;
import fr.pivot.text.bytes.RecordBlocks;
import fr.pivot.text.bytes.RecordScanner;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
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

  /** Whether the next item was read with the one before, so that nobody waits for it. */
  default boolean isNextAtHand() {
    return false;
  }

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
   * Reads a table in delimited text with a header line, in any encoding and with any separator that
   * files have.
   *
   * @param column the column that holds the codes, or null to choose it
   * @param referential the referential, whose name such a column may have
   */
  static BulkItems ofCsv(BulkBody in, @Nullable String column, String referential)
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

    private final RecordBlocks blocks;
    private final RecordScanner scanner;
    private final int code;
    private final int date;
    private @Nullable RecordBlock block;
    private boolean ahead;
    private long line = 1;

    OfCsv(BulkBody body, @Nullable String column, String referential) throws IOException {
      try {
        BulkHead head = BulkHead.read(body);
        DelimitedBytes file = DelimitedBytes.open(head.withRest(body), head.dialect());
        int asked =
            column != null
                ? HandedTable.column(file, column)
                : file.findColumn("code")
                    .or(() -> file.findColumn(referential))
                    .or(() -> file.header().size() == 1 ? Optional.of(0) : Optional.empty())
                    .orElseThrow(() -> HandedTable.unknownColumn(file));
        int dated = file.findColumn("date").orElse(asked);
        int[] wanted = IntStream.of(asked, dated).sorted().distinct().toArray();
        code = Arrays.binarySearch(wanted, asked);
        date = dated == asked ? -1 : Arrays.binarySearch(wanted, dated);
        scanner = file.scanner(wanted);
        blocks = file.blocks();
      } catch (IOException e) {
        throw HandedTable.problem(e);
      }
    }

    @Override
    public @Nullable Item next() throws IOException {
      while (!ahead) {
        RecordBlock done = block;
        if (done != null) {
          blocks.giveBack(done);
        }
        RecordBlock next = blocks.next(() -> true);
        block = next;
        if (next == null) {
          return null;
        }
        scanner.read(next);
        ahead = advance();
      }
      line = scanner.line();
      Item item = Item.of(scanner.field(code), date < 0 ? null : scanner.field(date));
      ahead = advance();
      return item;
    }

    /** Goes to the next record of the block that is not an empty line. */
    private boolean advance() {
      boolean there = scanner.next();
      while (there && scanner.isBlank()) {
        there = scanner.next();
      }
      return there;
    }

    @Override
    public boolean isNextAtHand() {
      return ahead;
    }

    @Override
    public Problem brokenOff() {
      return ProblemType.MALFORMED_REQUEST.with("line", line + 1);
    }
  }
}
