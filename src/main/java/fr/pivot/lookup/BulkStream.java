package fr.pivot.lookup;

import fr.pivot.admission.Work;
import fr.pivot.http.CsvTable;
import fr.pivot.http.MediaFormat;
import fr.pivot.lookup.BulkItems.Item;
import fr.pivot.text.ChunkStream;
import fr.pivot.text.JsonWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The answers to the items of a bulk request, in their order, as a stream that reads the next items
 * when the client takes more: neither the items nor the answers are ever held whole, and a slow
 * client slows the reading down.
 */
public abstract class BulkStream extends ChunkStream {

  private static final int CHUNK = 65_536;

  /** How many items are looked for together. */
  private static final int BATCH = 64;

  private final Work work = Work.current();
  private final BulkBody source;
  private final BulkItems items;
  private boolean begun;
  private boolean drained;
  private final Queue<Item> ready = new ArrayDeque<>();

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

  /** Learns which items will be answered next, so that what they ask for is sought together. */
  protected void prepare(Collection<Item> next) {}

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
  protected final byte @Nullable [] nextChunk() throws IOException {
    if (drained && ready.isEmpty()) {
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
    do {
      boolean unknown = ready.isEmpty();
      if (unknown) {
        readBatch();
      }
      work.inTurn(() -> answerReady(unknown));
    } while ((!ready.isEmpty() || !drained && isMoreAtHand())
        && json.size() < CHUNK
        && format != MediaFormat.CSV);
    if (drained && ready.isEmpty() && format == MediaFormat.JSON) {
      json.endArray();
    }
    return format == MediaFormat.CSV ? table.take() : json.take();
  }

  /** Reads an item, and those after it that are there without waiting. */
  private void readBatch() {
    do {
      Item item;
      try {
        item = items.next();
        drained = item == null;
      } catch (IOException _) {
        item = Item.wrong(null, items.brokenOff());
        drained = true;
      }
      if (item != null) {
        ready.add(item);
      }
    } while (!drained && ready.size() < BATCH && isMoreAtHand());
  }

  /** Answers what was read, as much as makes a chunk; says how much of it is left. */
  private int answerReady(boolean unknown) {
    if (unknown) {
      prepare(ready);
    }
    while (!ready.isEmpty() && json.size() < CHUNK) {
      answer(ready.remove());
    }
    return ready.size();
  }

  private boolean isMoreAtHand() {
    return items.isNextAtHand() || source.isMoreAtHand();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
