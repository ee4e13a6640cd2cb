package fr.pivot.crosswalk;

import fr.pivot.http.ChunkStream;
import fr.pivot.http.CsvTable;
import fr.pivot.http.JsonWriter;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.Problem;
import fr.pivot.lookup.BulkItems;
import fr.pivot.lookup.BulkItems.Item;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The translations of the items of a request, in their order, as a stream. */
final class BulkTranslations extends ChunkStream {

  private static final int CHUNK = 16_384;
  private static final int LINES_IN_CHUNK = 256;

  private final InputStream source;
  private final BulkItems items;
  private final Crosswalk crosswalk;
  private final MediaFormat format;
  private final CsvTable table;
  private final String language;
  private final TranslationWriter writer;
  private final JsonWriter json = new JsonWriter(2 * CHUNK);
  private boolean begun;
  private boolean ended;

  BulkTranslations(
      InputStream source,
      BulkItems items,
      Crosswalk crosswalk,
      MediaFormat format,
      CsvTable table,
      String language) {
    this.source = source;
    this.items = items;
    this.crosswalk = crosswalk;
    this.format = format;
    this.table = table;
    this.language = language;
    this.writer = new TranslationWriter(crosswalk, language);
  }

  @Override
  protected byte @Nullable [] nextChunk() {
    if (ended) {
      return null;
    }
    if (!begun) {
      begun = true;
      begin();
    }
    for (int i = 0; !ended && i < LINES_IN_CHUNK && json.size() < CHUNK; i++) {
      Item item;
      try {
        item = items.next();
      } catch (IOException _) {
        item = Item.wrong(null, items.brokenOff());
        ended = true;
      }
      if (item == null) {
        ended = true;
      } else {
        answer(item);
      }
    }
    if (ended && format == MediaFormat.JSON) {
      json.endArray();
    }
    return format == MediaFormat.CSV ? table.take() : json.take();
  }

  private void begin() {
    if (format == MediaFormat.JSON) {
      json.beginArray();
    } else if (format == MediaFormat.CSV) {
      List<String> columns = new ArrayList<>(List.of("input"));
      columns.addAll(TranslationWriter.COLUMNS);
      columns.add("problem");
      table.line(columns);
    }
  }

  private void answer(Item item) {
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
    endLine();
  }

  private void refuse(@Nullable String input, @Nullable Problem problem) {
    if (format == MediaFormat.CSV) {
      int columns = TranslationWriter.COLUMNS.size();
      List<@Nullable String> cells = new ArrayList<>(Collections.nCopies(columns + 2, null));
      cells.set(0, input);
      cells.set(TranslationWriter.COLUMNS.indexOf("status") + 1, "invalid");
      cells.set(columns + 1, problem == null ? null : problem.type().slug());
      table.line(cells);
      return;
    }
    json.beginObject().member("input", input).member("status", "invalid");
    if (problem != null) {
      problem.writeTo(json.name("problem"), language, null);
    }
    json.endObject();
    endLine();
  }

  private void endLine() {
    if (format == MediaFormat.NDJSON) {
      json.endLine();
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
