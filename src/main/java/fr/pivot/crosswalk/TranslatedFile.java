package fr.pivot.crosswalk;

import fr.pivot.http.ChunkStream;
import fr.pivot.text.BlockPipeline;
import fr.pivot.text.ByteTable;
import fr.pivot.text.DelimitedBytes;
import fr.pivot.text.RecordBlock;
import fr.pivot.text.RecordScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A delimited file with the translations of one of its columns added to the right, as a stream that
 * reads the file while it is read: memory does not grow with it, and blocks of the file are
 * translated in parallel. What the file holds is copied byte for byte; its encoding, separator and
 * ends of lines are those of what is added too.
 */
final class TranslatedFile extends ChunkStream {

  /** How many different values of the column are remembered. */
  private static final int MOST_REMEMBERED = 1 << 18;

  private static final int CHUNK = 1 << 17;

  /** What becomes of a row whose code has several targets. */
  enum Policy {
    /** A row for each target. */
    ALL,
    /** One row, the targets joined by a vertical bar. */
    LIST,
    /** One row; the targets are left out and the status says why. */
    SINGLE_ONLY;

    String id() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What is added to a row.
   *
   * @param tail what is added to it
   * @param more what is added to its copies, one for each further target
   * @param status the rank of its status; negative where there is no code
   */
  private record Addition(byte[] tail, byte[][] more, int status) {

    Addition(byte[] tail, @Nullable Status status) {
      this(tail, new byte[0][], status == null ? -1 : status.ordinal());
    }
  }

  /**
   * Translated records.
   *
   * @param bytes they, as the file has them
   * @param counts how many have each status, by its rank
   */
  private record Part(byte[] bytes, long[] counts) {}

  private final Crosswalk crosswalk;
  private final DelimitedBytes file;
  private final int column;
  private final String name;
  private final Policy policy;
  private final long[] counts = new long[Status.values().length];

  /** What one thread worked out, the others need not; each looks in its own table first. */
  private final Map<String, Addition> additions = new ConcurrentHashMap<>();

  private final BlockPipeline<Part> parts;
  private boolean begun;

  /**
   * Prepares the translation of a file that was opened, and whose header was read.
   *
   * @param column the rank of the column that holds the codes
   * @param name how the new columns are called: the reference translated to
   */
  TranslatedFile(Crosswalk crosswalk, DelimitedBytes file, int column, String name, Policy policy) {
    this.crosswalk = crosswalk;
    this.file = file;
    this.column = column;
    this.name = name;
    this.policy = policy;
    this.parts = new BlockPipeline<>(file.blocks(), () -> new Translator()::translate);
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(name, name + ":label", name + ":status"));
    if (policy == Policy.ALL) {
      columns.add(name + ":match");
      columns.add(name + ":share");
    }
    return columns;
  }

  /** How many rows had each status so far; rows without a code are not counted. */
  Map<Status, Long> counts() {
    Map<Status, Long> map = new EnumMap<>(Status.class);
    for (Status status : Status.values()) {
      if (counts[status.ordinal()] > 0) {
        map.put(status, counts[status.ordinal()]);
      }
    }
    return map;
  }

  @Override
  protected byte @Nullable [] nextChunk() throws IOException {
    if (!begun) {
      begun = true;
      return new Translator().head();
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

  /** Translates records, and remembers what it translated. */
  private final class Translator {
    private final RecordScanner scanner = file.scanner(column);
    private final ByteTable<Addition> known = new ByteTable<>(MOST_REMEMBERED);
    private byte[] out = new byte[CHUNK];
    private int size;

    /** The titles as they are, and the header with the names of the new columns. */
    byte[] head() {
      if (file.isMarked()) {
        append("\uFEFF".getBytes(file.bufferCharset()));
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
          append(bytes(columns()));
        }
        copy(contentEnd, end);
      }
      return file.toFile(out, size);
    }

    Part translate(RecordBlock block) {
      size = 0;
      long[] found = new long[counts.length];
      scanner.read(block);
      while (scanner.next()) {
        if (scanner.isBlank()) {
          copy(scanner.start(), scanner.end());
        } else {
          Addition addition = addition();
          if (addition.status() >= 0) {
            found[addition.status()]++;
          }
          rows(addition);
        }
      }
      return new Part(file.toFile(out, size), found);
    }

    private Addition addition() {
      int from = scanner.fieldStart(0);
      if (from < 0) {
        return add("");
      }
      int to = scanner.fieldEnd(0);
      Addition addition = known.get(scanner.buffer(), from, to);
      if (addition == null) {
        addition = find(scanner.field(0).strip());
        known.put(scanner.buffer(), from, to, addition);
      }
      return addition;
    }

    private void rows(Addition addition) {
      row(addition.tail());
      for (byte[] tail : addition.more()) {
        // A last line without an end gets one between its copies.
        if (scanner.end() == scanner.contentEnd()) {
          append(new byte[] {'\n'});
        }
        row(tail);
      }
    }

    private void row(byte[] tail) {
      copy(scanner.start(), scanner.contentEnd());
      append(tail);
      copy(scanner.contentEnd(), scanner.end());
    }

    private void copy(int from, int to) {
      ensure(to - from);
      System.arraycopy(scanner.buffer(), from, out, size, to - from);
      size += to - from;
    }

    private void append(byte[] bytes) {
      ensure(bytes.length);
      System.arraycopy(bytes, 0, out, size, bytes.length);
      size += bytes.length;
    }

    private void ensure(int more) {
      if (size + more > out.length) {
        out = Arrays.copyOf(out, Math.max(size + more, out.length * 2));
      }
    }
  }

  private Addition find(String code) {
    if (additions.size() >= MOST_REMEMBERED) {
      additions.clear();
    }
    return additions.computeIfAbsent(code, this::add);
  }

  private Addition add(String code) {
    if (code.isEmpty()) {
      return new Addition(bytes(List.of()), null);
    }
    Translation translation = crosswalk.translate(code);
    List<Arrival> targets = translation.targets();
    String status = translation.status().id();
    if (targets.isEmpty() || policy == Policy.SINGLE_ONLY && targets.size() > 1) {
      return new Addition(bytes(List.of("", "", status)), translation.status());
    }
    if (policy == Policy.ALL) {
      byte[][] tails = targets.stream().map(t -> bytes(cells(t, status))).toArray(byte[][]::new);
      return new Addition(
          tails[0], Arrays.copyOfRange(tails, 1, tails.length), translation.status().ordinal());
    }
    List<String> cells =
        List.of(
            targets.stream().map(Arrival::code).collect(Collectors.joining("|")),
            targets.stream().map(this::label).collect(Collectors.joining("|")),
            status);
    return new Addition(bytes(cells), translation.status());
  }

  private List<String> cells(Arrival target, String status) {
    Share share = target.share();
    return List.of(
        target.code(),
        label(target),
        status,
        target.match().id(),
        share == null ? "" : share.text());
  }

  private String label(Arrival target) {
    String label = crosswalk.to().label(target.code());
    return label == null ? "" : label;
  }

  private byte[] bytes(List<String> cells) {
    StringBuilder text = new StringBuilder();
    int columns = policy == Policy.ALL ? 5 : 3;
    for (int i = 0; i < columns; i++) {
      text.append(file.separator());
      text.append(i < cells.size() ? file.quote(cells.get(i)) : "");
    }
    return text.toString().getBytes(file.bufferCharset());
  }
}
