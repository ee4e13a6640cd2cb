package fr.pivot.crosswalk;

import fr.pivot.admission.Work;
import fr.pivot.http.CsvTable;
import fr.pivot.http.MediaFormat;
import fr.pivot.referential.Language;
import fr.pivot.text.ChunkStream;
import fr.pivot.text.JsonWriter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The translations of every code, as a stream. Several parts are written at once; they come out in
 * the order of the codes, and no more than these few are held.
 */
final class TranslationTable extends ChunkStream {

  /** How many translations make a part. */
  private static final int PART = 512;

  private final Crosswalk crosswalk;
  private final TranslationWriter writer;
  private final MediaFormat format;
  private final CsvTable table;
  private final List<Translation> translations;
  private final Work work = Work.current();
  private final int atOnce = 2 * work.processors();
  private final Queue<byte[]> ready = new ArrayDeque<>();
  private int written;
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
      Language language) {
    this.crosswalk = crosswalk;
    this.writer = new TranslationWriter(crosswalk, language);
    this.format = format;
    this.table = table;
    this.translations =
        crosswalk.listAll().stream().filter(t -> wanted.contains(t.status())).toList();
  }

  @Override
  protected byte @Nullable [] nextChunk() {
    if (!begun) {
      begun = true;
      return begin();
    }
    if (ready.isEmpty() && written < translations.size()) {
      int parts = Math.min(atOnce, (translations.size() - written + PART - 1) / PART);
      int first = written;
      ready.addAll(work.list(parts, part -> write(first + part * PART)));
      written = Math.min(translations.size(), first + parts * PART);
    }
    byte[] part = ready.poll();
    if (part == null && !ended && format == MediaFormat.JSON) {
      ended = true;
      return new JsonWriter().endArray().endObject().take();
    }
    return part;
  }

  private byte[] write(int first) {
    List<Translation> part =
        translations.subList(first, Math.min(translations.size(), first + PART));
    if (format == MediaFormat.CSV) {
      CsvTable lines = table.continued();
      part.forEach(translation -> writer.lines(translation).forEach(lines::line));
      return lines.take();
    }
    JsonWriter json = new JsonWriter(PART * 128);
    if (format == MediaFormat.JSON && first > 0) {
      json.afterValue();
    }
    for (Translation translation : part) {
      writer.write(json, null, translation);
      if (format == MediaFormat.NDJSON) {
        json.endLine();
      }
    }
    return json.take();
  }

  private byte[] begin() {
    if (format == MediaFormat.CSV) {
      return table.line(writer.columns()).take();
    }
    JsonWriter json = new JsonWriter();
    if (format == MediaFormat.JSON) {
      json.beginObject();
      writer.writePoints(json);
      writer.writeRoute(json, crosswalk.route(), List.of());
      json.name("items").beginArray();
    }
    return json.take();
  }
}
