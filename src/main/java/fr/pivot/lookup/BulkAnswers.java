package fr.pivot.lookup;

import fr.pivot.http.ChunkStream;
import fr.pivot.http.CsvTable;
import fr.pivot.http.JsonWriter;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.Problem;
import fr.pivot.lookup.BulkItems.Item;
import fr.pivot.lookup.Sought.Found;
import fr.pivot.lookup.Sought.NotInForce;
import fr.pivot.lookup.Sought.Unknown;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers to a bulk request, as a stream that reads the next items when the client takes more:
 * neither the items nor the answers are ever held whole, and a slow client slows the reading down.
 */
final class BulkAnswers extends ChunkStream {

  private static final int CHUNK = 16_384;

  private final InputStream source;
  private final BulkItems items;
  private final Point point;
  private final Fields.Selection selection;
  private final MediaFormat format;
  private final CsvTable table;
  private final String language;
  private final JsonWriter json = new JsonWriter(2 * CHUNK);
  private final CodeWriter writer;
  private boolean begun;
  private boolean ended;

  BulkAnswers(
      InputStream source,
      BulkItems items,
      Point point,
      Fields.Selection selection,
      MediaFormat format,
      CsvTable table,
      String language) {
    this.source = source;
    this.items = items;
    this.point = point;
    this.selection = selection;
    this.format = format;
    this.table = table;
    this.language = language;
    this.writer = new CodeWriter(point, selection);
  }

  /** Answers items until there is a chunk to send, or until the client waits for what it sent. */
  @Override
  protected byte @Nullable [] nextChunk() {
    if (ended) {
      return null;
    }
    if (!begun) {
      begun = true;
      begin();
    }
    int written = 0;
    do {
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
        written++;
        answer(item);
      }
    } while (!ended
        && json.size() < CHUNK
        && (written % 64 != 0 || format != MediaFormat.CSV)
        && (written == 0 || isMoreAtHand()));
    if (ended && format == MediaFormat.JSON) {
      json.endArray();
    }
    return format == MediaFormat.CSV ? table.take() : json.take();
  }

  private boolean isMoreAtHand() {
    try {
      return source.available() > 0;
    } catch (IOException _) {
      return false;
    }
  }

  private void begin() {
    if (format == MediaFormat.JSON) {
      json.beginArray();
    } else if (format == MediaFormat.CSV) {
      List<String> columns = new ArrayList<>();
      columns.add("input");
      columns.addAll(writer.columns());
      columns.add("problem");
      table.line(columns);
    }
  }

  private void answer(Item item) {
    Problem problem = item.problem();
    String input = item.input();
    if (problem != null || input == null) {
      refuse(input, "invalid", problem);
      return;
    }
    Point at = item.date() == null ? point : point.withDate(item.date());
    switch (Sought.find(at, input)) {
      case Found found ->
          found(input, item.date() == null ? writer : new CodeWriter(at, selection), found);
      case NotInForce sought -> refuse(input, "not-in-force", CodeProblems.notInForce(at, sought));
      case Unknown(String code) -> refuse(input, "unknown", CodeProblems.unknown(at, code));
    }
  }

  private void found(String input, CodeWriter codes, Found found) {
    if (format == MediaFormat.CSV) {
      List<@Nullable String> cells = new ArrayList<>();
      cells.add(input);
      cells.addAll(codes.line(found));
      cells.add(null);
      table.line(cells);
      return;
    }
    json.beginObject().member("input", input);
    codes.writeMembers(json, found);
    json.endObject();
    endLine();
  }

  private void refuse(@Nullable String input, String status, @Nullable Problem problem) {
    if (format == MediaFormat.CSV) {
      List<@Nullable String> cells =
          new ArrayList<>(Collections.nCopies(writer.columns().size() + 2, null));
      cells.set(0, input);
      int place = writer.columns().indexOf("status");
      if (place >= 0) {
        cells.set(place + 1, status);
      }
      cells.set(cells.size() - 1, problem == null ? status : problem.type().slug());
      table.line(cells);
      return;
    }
    json.beginObject().member("input", input).member("status", status);
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
