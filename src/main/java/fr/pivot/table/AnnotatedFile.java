package fr.pivot.table;

import fr.pivot.admission.Work;
import fr.pivot.text.ChunkStream;
import fr.pivot.text.bytes.BlockPipeline;
import fr.pivot.text.bytes.ByteSink;
import fr.pivot.text.bytes.ByteTable;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.RecordBlock;
import fr.pivot.text.bytes.RecordScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A delimited file with columns added to the right, which are worked out from some of its fields,
 * as a stream that reads the file while it is read: memory does not grow with it, and blocks of the
 * file are worked on in parallel. What the file holds is copied byte for byte; its encoding,
 * separator and ends of lines are those of what is added too.
 */
public abstract class AnnotatedFile extends ChunkStream {

  /** How many different values of the columns are remembered. */
  private static final int MOST_REMEMBERED = 1 << 18;

  /** What separates the values of several columns where they are remembered together. */
  private static final byte UNIT = 0x1F;

  /**
   * What is added to a row.
   *
   * @param tail what is added to it
   * @param more what is added to its copies, one for each
   * @param tally what it counts as; negative for nothing
   */
  protected record Addition(byte[] tail, byte[][] more, int tally) {

    /** What is added to a row, and to its copies. */
    public Addition {}

    /** What is added to a row that is not copied. */
    public Addition(byte[] tail, int tally) {
      this(tail, new byte[0][], tally);
    }
  }

  /**
   * Widened records.
   *
   * @param bytes they, as the file has them
   * @param counts how many have each tally
   */
  private record Part(byte[] bytes, long[] counts) {}

  private final DelimitedBytes file;
  private final int[] columns;
  private final int[] ascending;
  private final long[] counts;

  /** What one thread worked out, the others need not; each looks in its own table first. */
  private final Map<List<String>, Addition> additions = new ConcurrentHashMap<>();

  /** How many values each thread remembers, and all of them together. */
  private final int most = Work.current().remembered(MOST_REMEMBERED);

  private final BlockPipeline<Part> parts;
  private boolean begun;

  /**
   * Prepares the widening of a file that was opened, and whose header was read.
   *
   * @param columns the ranks of the columns that are asked for
   * @param tallies how many things rows are counted as
   */
  protected AnnotatedFile(DelimitedBytes file, int[] columns, int tallies) {
    this.file = file;
    this.columns = columns;
    this.ascending = IntStream.of(columns).sorted().distinct().toArray();
    this.counts = new long[tallies];
    this.parts = new BlockPipeline<>(file.blocks(), () -> new Widener()::widen);
  }

  /** The names of the columns that are added. */
  protected abstract List<String> added();

  /** What is added for some values, which are stripped, in the order of the columns. */
  protected abstract Addition add(List<String> values);

  /** How many rows counted as something so far. */
  protected final long count(int tally) {
    return counts[tally];
  }

  /** Cells as they stand at the end of a row; those that are missing are empty. */
  protected final byte[] tail(List<String> cells, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(file.separator());
      text.append(i < cells.size() ? file.quote(cells.get(i)) : "");
    }
    return text.toString().getBytes(file.bufferCharset());
  }

  @Override
  protected final byte @Nullable [] nextChunk() throws IOException {
    if (!begun) {
      begun = true;
      return new Widener().head();
    }
    Part part = parts.next();
    if (part == null) {
      return null;
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += part.counts()[i];
    }
    return part.bytes();
  }

  @Override
  public void close() throws IOException {
    parts.close();
  }

  private Addition find(List<String> values) {
    if (additions.size() >= most) {
      additions.clear();
    }
    Addition known = additions.get(values);
    if (known == null) {
      // Not computeIfAbsent: what is worked out may take long, and others must not wait for it.
      known = add(values);
      additions.put(values, known);
    }
    return known;
  }

  /** Widens records, and remembers what it worked out. */
  private final class Widener {
    private final RecordScanner scanner = file.scanner(ascending);
    private final int[] fields =
        IntStream.of(columns).map(c -> Arrays.binarySearch(ascending, c)).toArray();
    private final ByteTable<Addition> known = new ByteTable<>(most);
    private final ByteSink key = new ByteSink();
    private final ByteSink out = new ByteSink();

    /** The titles as they are, and the header with the names of the new columns. */
    byte[] head() {
      if (file.isMarked()) {
        out.add("\uFEFF".getBytes(file.bufferCharset()));
      }
      scanner.read(file.head());
      boolean more = scanner.next();
      while (more) {
        int start = scanner.start();
        int contentEnd = scanner.contentEnd();
        int end = scanner.end();
        more = scanner.next();
        copy(start, contentEnd);
        if (!more) {
          out.add(tail(added(), added().size()));
        }
        copy(contentEnd, end);
      }
      return file.toFile(out.bytes(), out.size());
    }

    Part widen(RecordBlock block) {
      out.clear();
      long[] found = new long[counts.length];
      scanner.read(block);
      while (scanner.next()) {
        if (scanner.isBlank()) {
          copy(scanner.start(), scanner.end());
        } else {
          Addition addition = addition();
          if (addition.tally() >= 0) {
            found[addition.tally()]++;
          }
          rows(addition);
        }
      }
      return new Part(file.toFile(out.bytes(), out.size()), found);
    }

    private Addition addition() {
      byte[] bytes = scanner.buffer();
      int from = scanner.fieldStart(fields[0]);
      int to = scanner.fieldEnd(fields[0]);
      if (fields.length > 1 || from < 0) {
        fillKey();
        bytes = key.bytes();
        from = 0;
        to = key.size();
      }
      Addition addition = known.get(bytes, from, to);
      if (addition == null) {
        List<String> values = new ArrayList<>(fields.length);
        for (int field : fields) {
          values.add(scanner.fieldStart(field) < 0 ? "" : scanner.field(field).strip());
        }
        addition = find(values);
        known.put(bytes, from, to, addition);
      }
      return addition;
    }

    /** Puts the fields side by side. */
    private void fillKey() {
      key.clear();
      for (int field : fields) {
        int from = scanner.fieldStart(field);
        if (from >= 0) {
          key.add(scanner.buffer(), from, scanner.fieldEnd(field));
        }
        key.add(UNIT);
      }
    }

    private void rows(Addition addition) {
      row(addition.tail());
      for (byte[] tail : addition.more()) {
        // A last line without an end gets one between its copies.
        if (scanner.end() == scanner.contentEnd()) {
          out.add((byte) '\n');
        }
        row(tail);
      }
    }

    private void row(byte[] tail) {
      copy(scanner.start(), scanner.contentEnd());
      out.add(tail);
      copy(scanner.contentEnd(), scanner.end());
    }

    private void copy(int from, int to) {
      out.add(scanner.buffer(), from, to);
    }
  }
}
