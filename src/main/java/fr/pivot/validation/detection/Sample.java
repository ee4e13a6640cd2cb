package fr.pivot.validation.detection;

import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.RecordBlock;
import fr.pivot.text.bytes.RecordScanner;
import fr.pivot.validation.value.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a file: what each column holds there, and some whole rows to see which columns
 * belong together.
 *
 * @param columns the columns, in order
 * @param rows the first rows, a text for each column
 * @param records which records of the file these rows are, from 1, its header and titles included
 * @param lastHeader the last record that is a header once more; 0 where none follows the header
 * @param otherHeaders the lines above the header, from 1, that are headers, too
 */
public record Sample(
    List<ColumnSample> columns,
    List<String[]> rows,
    List<Long> records,
    long lastHeader,
    List<Long> otherHeaders) {

  /** How many whole rows are kept. */
  private static final int MOST_ROWS = 500;

  /** Reads all the records of a file that is short. */
  public static Sample read(DelimitedBytes file) throws IOException {
    List<String> header = file.header();
    List<ColumnSample> columns =
        IntStream.range(0, header.size())
            .mapToObj(rank -> new ColumnSample(header.get(rank), rank))
            .toList();
    List<String[]> rows = new ArrayList<>();
    List<Long> records = new ArrayList<>();
    RecordScanner scanner = file.scanner(IntStream.range(0, header.size()).toArray());
    for (@Nullable RecordBlock block = file.blocks().next(() -> false);
        block != null;
        block = file.blocks().next(() -> false)) {
      scanner.read(block);
      while (scanner.next()) {
        String[] row = new String[columns.size()];
        Arrays.setAll(row, scanner::field);
        if (Arrays.stream(row).allMatch(Reading::isBlank)) {
          continue;
        }
        for (int i = 0; i < row.length; i++) {
          columns.get(i).add(row[i]);
        }
        if (rows.size() < MOST_ROWS) {
          rows.add(row);
          records.add(scanner.record());
        }
      }
    }
    return new Sample(columns, rows, records, 0, List.of());
  }

  /** What stands below a row in a column, as far as rows are kept. */
  List<String> below(int row, int rank) {
    return rows.subList(row + 1, rows.size()).stream()
        .map(r -> r[rank].strip())
        .filter(value -> !Reading.isBlank(value))
        .toList();
  }

  /** The same without its first rows, which are headers once more. */
  public Sample withHeaders(int count) {
    if (count == 0) {
      return this;
    }
    for (String[] row : rows.subList(0, count)) {
      columns.forEach(column -> column.remove(row[column.rank()]));
    }
    return new Sample(
        columns,
        rows.subList(count, rows.size()),
        records.subList(count, records.size()),
        records.get(count - 1),
        otherHeaders);
  }

  /** The same below other headers. */
  public Sample below(List<Long> headers) {
    return new Sample(columns, rows, records, lastHeader, headers);
  }

  /** Whether a header comes twice, above or below the one that is taken. */
  public boolean hasSecondHeader() {
    return lastHeader > 0 || !otherHeaders.isEmpty();
  }
}
