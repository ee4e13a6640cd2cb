package fr.pivot.lookup;

import fr.pivot.http.CsvTable;
import fr.pivot.http.MediaFormat;
import fr.pivot.lookup.BulkItems.Item;
import fr.pivot.text.ChunkStream;
import fr.pivot.text.JsonWriter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers to the items of a bulk request, in their order, as a stream that reads the next items
 * when the client takes more: neither the items nor the answers are ever held whole, and a slow
 * client slows the reading down.
 */
public abstract class BulkStream extends ChunkStream {

  private static final int CHUNK = 65_536;
  private static final int LINES = 64;

  private final BulkBody source;
  private final BulkItems items;
  private boolean begun;
  private boolean ended;

  /** The format of the answers. */
  protected final MediaFormat format;

  /** Where answers go that are lines of a table. */
  protected final CsvTable table;

  /** Where all other answers go. */
  protected final JsonWriter json = new JsonWriter(CHUNK + CHUNK / 8);

  /** Prepares the answers to the items of a body, which is closed with the stream. */
  protected BulkStream(BulkBody source, BulkItems items, MediaFormat format, CsvTable table) {
    this.source = source;
    this.items = items;
    this.format = format;
    this.table = table;
  }

  /** The columns of the answers in a table. */
  protected abstract List<String> columns();

  /** Answers an item, in the format of the answers. */
  protected abstract void answer(Item item);

  /** Ends an answer that is not a line of a table. */
  protected final void endAnswer() {
    if (format == MediaFormat.NDJSON) {
      json.endLine();
    }
  }

  /** Answers items until there is a chunk to send, or until the client waits for what it sent. */
  @Override
  protected final byte @Nullable [] nextChunk() {
    if (ended) {
      return null;
    }
    if (!begun) {
      begun = true;
      if (format == MediaFormat.JSON) {
        json.beginArray();
      } else if (format == MediaFormat.CSV) {
        table.line(columns());
      }
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
        && (written % LINES != 0 || format != MediaFormat.CSV)
        && (written == 0 || source.isMoreAtHand()));
    if (ended && format == MediaFormat.JSON) {
      json.endArray();
    }
    return format == MediaFormat.CSV ? table.take() : json.take();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
