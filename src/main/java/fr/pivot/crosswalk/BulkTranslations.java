package fr.pivot.crosswalk;

import fr.pivot.finding.Problem;
import fr.pivot.http.CsvTable;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.problem.ProblemWriter;
import fr.pivot.lookup.BulkBody;
import fr.pivot.lookup.BulkItems;
import fr.pivot.lookup.BulkItems.Item;
import fr.pivot.lookup.BulkStream;
import fr.pivot.referential.Language;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The translations of the codes of a request, as a stream. */
final class BulkTranslations extends BulkStream {

  private final Crosswalk crosswalk;
  private final Language language;
  private final TranslationWriter writer;

  BulkTranslations(
      BulkBody source,
      BulkItems items,
      Crosswalk crosswalk,
      MediaFormat format,
      CsvTable table,
      Language language) {
    super(source, items, format, table);
    this.crosswalk = crosswalk;
    this.language = language;
    this.writer = new TranslationWriter(crosswalk, language);
  }

  @Override
  protected List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("input"));
    columns.addAll(writer.columns());
    columns.add("problem");
    return columns;
  }

  @Override
  protected void answer(Item item) {
    Problem problem = item.problem();
    String input = item.input();
    if (problem != null || input == null) {
      refuse(input, problem);
      return;
    }
    Translation translation = crosswalk.translate(input);
    if (format == MediaFormat.CSV) {
      for (List<@Nullable String> line : writer.lines(translation)) {
        List<@Nullable String> cells = new ArrayList<>();
        cells.add(input);
        cells.addAll(line);
        cells.add(null);
        table.line(cells);
      }
      return;
    }
    writer.write(json, input, translation);
    endAnswer();
  }

  private void refuse(@Nullable String input, @Nullable Problem problem) {
    if (format == MediaFormat.CSV) {
      int columns = writer.columns().size();
      List<@Nullable String> cells = new ArrayList<>(Collections.nCopies(columns + 2, null));
      cells.set(0, input);
      cells.set(writer.columns().indexOf("status") + 1, "invalid");
      cells.set(columns + 1, problem == null ? null : problem.type().slug());
      table.line(cells);
      return;
    }
    json.beginObject().member("input", input).member("status", "invalid");
    if (problem != null) {
      ProblemWriter.write(problem, json.name("problem"), language);
    }
    json.endObject();
    endAnswer();
  }
}
