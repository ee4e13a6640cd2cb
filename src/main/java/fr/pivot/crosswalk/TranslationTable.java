package fr.pivot.crosswalk;

import fr.pivot.http.ChunkStream;
import fr.pivot.http.CsvTable;
import fr.pivot.http.JsonWriter;
import fr.pivot.http.MediaFormat;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The translations of every code, as a stream. */
final class TranslationTable extends ChunkStream {

  private static final int CHUNK = 32_768;

  private final Crosswalk crosswalk;
  private final TranslationWriter writer;
  private final MediaFormat format;
  private final CsvTable table;
  private final JsonWriter json = new JsonWriter(2 * CHUNK);
  private final Iterator<Translation> translations;
  private boolean begun;
  private boolean ended;

  /**
   * Translates every code.
   *
   * @param wanted the statuses of the translations to give
   */
  TranslationTable(
      Crosswalk crosswalk,
      List<Status> wanted,
      MediaFormat format,
      CsvTable table,
      String language) {
    this.crosswalk = crosswalk;
    this.writer = new TranslationWriter(crosswalk, language);
    this.format = format;
    this.table = table;
    this.translations =
        crosswalk.listAll().stream().filter(t -> wanted.contains(t.status())).iterator();
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
    if (format == MediaFormat.CSV) {
      for (int i = 0; i < 256 && translations.hasNext(); i++) {
        writer.lines(translations.next()).forEach(table::line);
      }
    } else {
      while (json.size() < CHUNK && translations.hasNext()) {
        writer.write(json, null, translations.next());
        if (format == MediaFormat.NDJSON) {
          json.endLine();
        }
      }
    }
    if (!translations.hasNext()) {
      ended = true;
      if (format == MediaFormat.JSON) {
        json.endArray().endObject();
      }
    }
    return format == MediaFormat.CSV ? table.take() : json.take();
  }

  private void begin() {
    if (format == MediaFormat.CSV) {
      table.line(TranslationWriter.COLUMNS);
    } else if (format == MediaFormat.JSON) {
      json.beginObject();
      writer.writePoints(json);
      writer.writeRoute(json, crosswalk.route(), List.of());
      json.name("items").beginArray();
    }
  }
}
