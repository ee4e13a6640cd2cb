package fr.pivot.validation;

import fr.pivot.text.DelimitedBytes;
import fr.pivot.text.RecordBlock;
import fr.pivot.text.RecordScanner;
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
 */
record Sample(List<ColumnSample> columns, List<String[]> rows) {

  /** How many whole rows are kept. */
  private static final int MOST_ROWS = 500;

  /** Reads all the records of a file that is short. */
  static Sample read(DelimitedBytes file) throws IOException {
    List<String> header = file.header();
    List<ColumnSample> columns =
        IntStream.range(0, header.size())
            .mapToObj(rank -> new ColumnSample(header.get(rank), rank))
            .toList();
    List<String[]> rows = new ArrayList<>();
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
        }
      }
    }
    return new Sample(columns, rows);
  }
}
