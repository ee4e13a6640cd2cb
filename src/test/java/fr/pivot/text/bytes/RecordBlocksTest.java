package fr.pivot.text.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Blocks are the file, and their records are those of a reader that takes a byte at a time. */
class RecordBlocksTest {

  private static final int[] ALL = IntStream.range(0, 64).toArray();

  /**
   * A record as it was read.
   *
   * @param line the line that it begins on
   * @param rank its rank in the file
   * @param fields its fields without their quotes
   * @param bytes all of it, its end included
   * @param formula whether a field begins like a formula
   */
  private record Read(long line, long rank, List<String> fields, String bytes, boolean formula) {}

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** Where the content of a record ends when its quotes count; negative where they lead nowhere. */
  private static int quotedEnd(byte[] file, int start, List<Integer> separators) {
    boolean inside = false;
    for (int at = start; at < file.length; at++) {
      byte b = file[at];
      if (inside) {
        if (b == '"' && at + 1 < file.length && file[at + 1] == '"') {
          at++;
        } else if (b == '"') {
          inside = false;
        }
      } else if (b == '"' && (at == start || separators.contains(at - 1))) {
        inside = true;
      } else if (b == ';') {
        separators.add(at);
      } else if (b == '\n' || b == '\r') {
        return at;
      }
    }
    return inside ? -1 : file.length;
  }

  /** Reads a file by the definition of its records. */
  private static List<Read> readPlainly(byte[] file, int longestQuoted) {
    List<Read> records = new ArrayList<>();
    long line = 1;
    int start = 0;
    while (start < file.length) {
      List<Integer> separators = new ArrayList<>();
      int content = quotedEnd(file, start, separators);
      boolean hasQuotes = false;
      for (int at = start; at < file.length && (content < 0 || at < content); at++) {
        hasQuotes |= file[at] == '"' && (at == start || separators.contains(at - 1));
      }
      boolean quotes = content >= 0 && !(hasQuotes && content - start >= longestQuoted);
      if (!quotes) {
        separators.clear();
        content = start;
        while (content < file.length && file[content] != '\n' && file[content] != '\r') {
          if (file[content] == ';') {
            separators.add(content);
          }
          content++;
        }
      }
      boolean pair =
          content + 1 < file.length && file[content] == '\r' && file[content + 1] == '\n';
      int end = Math.min(file.length, content + (pair ? 2 : 1));
      List<String> fields = new ArrayList<>();
      boolean formula = false;
      int from = start;
      separators.add(content);
      for (int to : separators) {
        String raw = text(file, from, to);
        String first = quotes && raw.startsWith("\"") ? raw.substring(1) : raw;
        formula |= !first.isEmpty() && "=+-@\t\r".indexOf(first.charAt(0)) >= 0;
        fields.add(
            raw.length() > 1 && raw.startsWith("\"") && raw.endsWith("\"")
                ? raw.substring(1, raw.length() - 1).replace("\"\"", "\"")
                : raw);
        from = to + 1;
      }
      records.add(new Read(line, records.size() + 1, fields, text(file, start, end), formula));
      line++;
      if (quotes) {
        line += text(file, start, content).chars().filter(c -> c == '\n').count();
      }
      start = end;
    }
    return records;
  }

  private static List<Read> read(RecordScanner scanner, RecordBlock block) {
    List<Read> records = new ArrayList<>();
    scanner.read(block);
    while (scanner.next()) {
      List<String> fields =
          IntStream.range(0, Math.min(scanner.fields(), ALL.length))
              .mapToObj(scanner::field)
              .toList();
      assertThat(scanner.fieldStart(ALL.length - 1) >= 0).isEqualTo(scanner.fields() >= ALL.length);
      assertThat(scanner.isBlank()).isEqualTo(scanner.start() == scanner.contentEnd());
      records.add(
          new Read(
              scanner.line(),
              scanner.record(),
              fields,
              text(scanner.buffer(), scanner.start(), scanner.end()),
              scanner.hasFormula()));
    }
    return records;
  }

  private static RecordScanner scanner() {
    return new RecordScanner(StandardCharsets.ISO_8859_1, ';', ALL).watchingFormulas();
  }

  /** Gives bytes in pieces of some length, as a network does. */
  private static InputStream inPieces(byte[] bytes, Random random, int longest) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int offset, int length) {
        return super.read(to, offset, Math.min(length, 1 + random.nextInt(longest)));
      }

      @Override
      public synchronized int available() {
        return random.nextInt(2);
      }
    };
  }

  @Provide
  Arbitrary<byte[]> files() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "a",
            "bc",
            ";",
            ";",
            "\"",
            "\"",
            ";\"",
            "\";",
            "\"\"",
            "\n",
            "\n",
            "\r",
            "\r\n",
            "é",
            "=1",
            "+",
            "-",
            "@",
            "\t",
            "abcdefghijkl",
            " ");
    return pieces
        .list()
        .ofMaxSize(120)
        .map(list -> String.join("", list).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Property(tries = 5000)
  void blocks_are_the_file_and_records_those_of_the_definition(
      @ForAll("files") byte[] file,
      @ForAll @IntRange(min = 1, max = 70) int block,
      @ForAll @IntRange(min = 2, max = 90) int longestQuoted,
      @ForAll @IntRange(min = 1, max = 40) int piece,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    RecordBlocks blocks =
        new RecordBlocks(inPieces(file, random, piece), ';', block, longestQuoted);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    List<Read> records = new ArrayList<>();
    RecordScanner scanner = scanner();
    for (RecordBlock cut = blocks.next(random::nextBoolean);
        cut != null;
        cut = blocks.next(random::nextBoolean)) {
      assertThat(cut.length()).isPositive();
      whole.write(cut.bytes, cut.start, cut.length());
      assertThat(cut.record()).isEqualTo(records.size() + 1);
      records.addAll(read(scanner, cut));
      blocks.giveBack(cut);
    }
    assertThat(whole.toByteArray()).isEqualTo(file);
    assertThat(records).isEqualTo(readPlainly(file, longestQuoted));
  }

  @Property(tries = 500)
  void results_come_in_order_whoever_works(
      @ForAll("files") byte[] file,
      @ForAll @IntRange(min = 1, max = 20) int block,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll @IntRange(min = 0, max = 40) int alone,
      @ForAll long seed)
      throws IOException {
    List<Read> records = new ArrayList<>();
    RecordBlocks blocks = new RecordBlocks(inPieces(file, new Random(seed), 9), ';', block, 50);
    try (BlockPipeline<List<Read>> results =
        new BlockPipeline<>(
            blocks,
            () -> {
              RecordScanner scanner = scanner();
              return cut -> read(scanner, cut);
            },
            threads,
            alone)) {
      for (List<Read> result = results.next(); result != null; result = results.next()) {
        records.addAll(result);
      }
    }
    assertThat(records).isEqualTo(readPlainly(file, 50));
  }

  @Property(tries = 200)
  void a_failure_comes_out_in_its_place(
      @ForAll @IntRange(min = 1, max = 59) int failing,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll boolean reading)
      throws IOException {
    byte[] file = "a;b\n".repeat(60).getBytes(StandardCharsets.US_ASCII);
    InputStream in =
        new ByteArrayInputStream(file) {
          @Override
          public synchronized int read(byte[] to, int offset, int length) {
            if (reading && pos >= 4 * failing) {
              throw new IllegalStateException("lost");
            }
            return super.read(to, offset, Math.min(length, 4));
          }
        };
    List<Long> given = new ArrayList<>();
    try (BlockPipeline<Long> results =
        new BlockPipeline<>(
            new RecordBlocks(in, ';', 4, 50),
            () ->
                cut -> {
                  if (!reading && cut.record() > failing) {
                    throw new IOException("lost");
                  }
                  return cut.record();
                },
            threads,
            8)) {
      assertThatThrownBy(
              () -> {
                for (Long result = results.next(); result != null; result = results.next()) {
                  given.add(result);
                }
              })
          .hasMessage("lost");
      assertThat(results.next()).isNull();
    }
    assertThat(given).isEqualTo(IntStream.rangeClosed(1, failing).mapToObj(Long::valueOf).toList());
  }

  @Test
  void nobody_reads_far_ahead_of_the_consumer() throws Exception {
    AtomicInteger read = new AtomicInteger();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] to, int offset, int length) {
            Arrays.fill(to, offset, offset + length, (byte) '\n');
            read.addAndGet(length);
            return length;
          }
        };
    try (BlockPipeline<Integer> results =
        new BlockPipeline<>(
            new RecordBlocks(endless, ';', 1000, 50), () -> RecordBlock::length, 2, 1000)) {
      int taken = 0;
      for (int i = 0; i < 50; i++) {
        Integer length = results.next();
        taken += length == null ? 0 : length;
        assertThat(read.get()).isLessThanOrEqualTo(taken + 7 * 1000);
      }
    }
  }

  @Test
  void closing_early_ends_the_threads_and_the_input() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    InputStream trickle =
        new InputStream() {
          private int given;

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            if (given++ < 3) {
              to[offset] = '\n';
              return 1;
            }
            waiting.countDown();
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return -1;
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    List<Thread> workers = java.util.Collections.synchronizedList(new ArrayList<>());
    BlockPipeline<Integer> results =
        new BlockPipeline<>(
            new RecordBlocks(trickle, ';', 1000, 50),
            () ->
                cut -> {
                  workers.add(Thread.currentThread());
                  return cut.length();
                },
            2,
            2);
    // What came so far is given although the block is not full.
    assertThat(List.of(results.next(), results.next(), results.next())).containsOnly(1);
    waiting.await();
    results.close();
    assertThat(closed.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    for (Thread worker : workers) {
      if (worker != Thread.currentThread()) {
        assertThat(worker.join(java.time.Duration.ofSeconds(10))).isTrue();
      }
    }
  }

  @Test
  void a_quote_that_is_never_closed_is_a_letter_and_so_is_each_of_many() throws IOException {
    // Each line opens a quote that closes on the next one, which opens another: no record ends.
    byte[] file = "a\";\"\n".repeat(400_000).getBytes(StandardCharsets.US_ASCII);
    RecordBlocks blocks = new RecordBlocks(new ByteArrayInputStream(file), ';');
    RecordScanner scanner = new RecordScanner(StandardCharsets.US_ASCII, ';', 0, 1);
    long records = 0;
    for (RecordBlock cut = blocks.next(() -> false); cut != null; cut = blocks.next(() -> false)) {
      scanner.read(cut);
      while (scanner.next()) {
        records++;
        assertThat(scanner.line()).isEqualTo(records);
        assertThat(scanner.fields()).isEqualTo(2);
      }
      blocks.giveBack(cut);
    }
    assertThat(records).isEqualTo(400_000);
  }

  @Test
  void a_record_that_is_too_long_is_refused_with_its_line_after_those_before() throws IOException {
    byte[] file = new byte[DelimitedBytes.LONGEST_RECORD + 10];
    Arrays.fill(file, (byte) 'x');
    file[3] = '\n';
    RecordBlocks blocks = new RecordBlocks(new ByteArrayInputStream(file), ';');
    RecordBlock first = blocks.next(() -> false);
    assertThat(first == null ? 0 : first.length()).isEqualTo(4);
    assertThatThrownBy(() -> blocks.next(() -> false))
        .isInstanceOfSatisfying(
            DelimitedBytes.RecordTooLongException.class, e -> assertThat(e.line()).isEqualTo(2));
    file[DelimitedBytes.LONGEST_RECORD + 4] = '\r';
    RecordBlocks fitting = new RecordBlocks(new ByteArrayInputStream(file), ';');
    List<Integer> lengths = new ArrayList<>();
    for (RecordBlock cut = fitting.next(() -> false);
        cut != null;
        cut = fitting.next(() -> false)) {
      lengths.add(cut.length());
    }
    assertThat(lengths).containsExactly(4, DelimitedBytes.LONGEST_RECORD + 1, 5);
  }
}
