package fr.pivot.cli.session;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import fr.pivot.text.JsonWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** How a command prints a list: for people, as JSON or as CSV. */
public final class Listing {

  /** The forms of a list. */
  public enum Format {
    TEXT,
    JSON,
    CSV
  }

  @Option(names = "--format", paramLabel = "FORMAT", description = "text (default), json or csv.")
  Format format = Format.TEXT;

  @Option(names = "--json", description = "The same as --format json.")
  boolean json;

  /**
   * Prints a list.
   *
   * @param columns the names of the members of all rows, in their order
   * @param words a row in a line for people
   */
  public void print(
      Console console,
      List<String> columns,
      List<? extends Map<String, ?>> rows,
      String title,
      Function<Map<String, ?>, String> words) {
    if (json || format == Format.JSON) {
      console.print(new String(new JsonWriter().value(rows).take(), StandardCharsets.UTF_8));
    } else if (format == Format.CSV) {
      StringWriter text = new StringWriter();
      CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
      csv.writeRecord(columns);
      rows.forEach(
          row ->
              csv.writeRecord(
                  columns.stream()
                      .map(column -> row.get(column) == null ? "" : String.valueOf(row.get(column)))
                      .toList()));
      console.print(text.toString().stripTrailing());
    } else {
      if (!title.isEmpty()) {
        console.print(title);
      }
      rows.forEach(row -> console.print(words.apply(row)));
    }
  }
}
