package fr.pivot.crosswalk.file;

import fr.pivot.admission.Work;
import fr.pivot.crosswalk.Status;
import fr.pivot.crosswalk.Translation;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.referential.Validity;
import fr.pivot.text.bytes.BlockPipeline;
import fr.pivot.text.bytes.ByteTable;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.RecordBlock;
import fr.pivot.text.bytes.RecordScanner;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a delimited file by target: summed where codes merge, shared out where a code was
 * split and a basis for the shares is known. What cannot be placed (ambiguous, unknown, nothing in
 * its place, a split without a basis) is kept with its own code and reason, so that the totals of
 * the figures are those of the file, to the last unit. What is placed on what is not known of the
 * day has a line of its own, which says of which days it is.
 */
final class WeighedFile {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d{1,3}(?:[ \u00A0\u202F]\\d{3})+|\\d{1,30})(?:[.,]\\d{1,20})?");

  /** What rows are whose figures were placed. */
  static final String PLACED = "placed";

  /** What rows are that have no code. */
  static final String EMPTY = "empty";

  /** How many lines the result may have. */
  static final int MOST_LINES = 2_000_000;

  /**
   * A figure that is none.
   *
   * @param line its line
   * @param column the name of its column
   * @param value what is there
   */
  static final class NotANumberException extends IOException {
    private static final long serialVersionUID = 1;
    private final long line;
    private final String column;
    private final String value;

    NotANumberException(long line, String column, String value) {
      super("not a number, line " + line);
      this.line = line;
      this.column = column;
      this.value = value;
    }

    long line() {
      return line;
    }

    String column() {
      return column;
    }

    String value() {
      return value;
    }
  }

  /** The result has more than {@link #MOST_LINES} lines. */
  static final class TooManyLinesException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /**
   * What the figures of one line of the result belong to.
   *
   * @param by the values of the columns that keep figures apart
   * @param target the target; empty where the figures could not be placed
   * @param source the code of figures that could not be placed; empty for others
   * @param status what became of them
   * @param known the days of which it is certain that they belong there; empty where that of the
   *     question is one of them
   */
  private record Group(List<String> by, String target, String source, String status, String known)
      implements Comparable<Group> {

    private static final Comparator<Group> ORDER =
        Comparator.comparing((Group g) -> g.target().isEmpty())
            .thenComparing(Group::target)
            .thenComparing(Group::source)
            .thenComparing(Group::status)
            .thenComparing(Group::known);

    @Override
    public int compareTo(Group other) {
      int order = ORDER.compare(this, other);
      for (int i = 0; order == 0 && i < by.size(); i++) {
        order = by.get(i).compareTo(other.by.get(i));
      }
      return order;
    }
  }

  private static final class Sums {
    private final BigDecimal[] figures;
    private long rows;

    Sums(int count) {
      figures = new BigDecimal[count];
      Arrays.fill(figures, BigDecimal.ZERO);
    }

    void add(Sums other) {
      for (int i = 0; i < figures.length; i++) {
        figures[i] = figures[i].add(other.figures[i]);
      }
      rows += other.rows;
    }
  }

  /**
   * What a code of the file becomes.
   *
   * @param known the days of which that is certain; empty where that of the question is one of them
   */
  private record Placement(Translation translation, String known) {}

  private final Translator translator;
  private final boolean doubtful;
  private final DelimitedBytes file;
  private final int code;
  private final int[] measures;
  private final int[] by;
  private final int[] ranks;
  private final Map<Group, Sums> groups = new TreeMap<>();
  private final Map<String, LongAdder> rows = new ConcurrentHashMap<>();

  /**
   * Prepares the sums of a file whose header was read.
   *
   * @param code the rank of the column that holds the codes
   * @param measures the ranks of the columns that hold figures
   * @param by the ranks of the columns whose values keep figures apart
   */
  WeighedFile(Translator translator, DelimitedBytes file, int code, int[] measures, int[] by) {
    this.translator = translator;
    this.doubtful = translator.crosswalk().isDoubtful();
    this.file = file;
    this.code = code;
    this.measures = measures.clone();
    this.by = by.clone();
    ranks =
        IntStream.concat(
                IntStream.of(code), IntStream.concat(IntStream.of(measures), IntStream.of(by)))
            .sorted()
            .distinct()
            .toArray();
  }

  /**
   * Reads the file to its end; several blocks at once, each with sums of its own.
   *
   * @throws NotANumberException where a figure is none
   */
  void readAll() throws IOException {
    try (BlockPipeline<Map<Group, Sums>> parts =
        new BlockPipeline<>(file.blocks(), () -> new Adder()::add)) {
      for (Map<Group, Sums> part = parts.next(); part != null; part = parts.next()) {
        part.forEach(
            (group, sums) ->
                groups.computeIfAbsent(group, _ -> new Sums(measures.length)).add(sums));
        if (groups.size() > MOST_LINES) {
          throw new TooManyLinesException();
        }
      }
    }
  }

  /** Adds up the figures of blocks, and remembers what it translated. */
  private final class Adder {
    private final RecordScanner scanner = file.scanner(ranks);
    private final ByteTable<Placement> placements =
        new ByteTable<>(Work.current().remembered(1 << 18));
    private Map<Group, Sums> groups = new HashMap<>();

    Map<Group, Sums> add(RecordBlock block) throws NotANumberException {
      groups = new HashMap<>();
      BigDecimal[] figures = new BigDecimal[measures.length];
      scanner.read(block);
      while (scanner.next()) {
        if (scanner.isBlank()) {
          continue;
        }
        for (int i = 0; i < measures.length; i++) {
          figures[i] = number(measures[i]);
        }
        List<String> apart = IntStream.of(by).mapToObj(this::field).toList();
        place(field(code), apart, figures);
      }
      return groups;
    }

    private String field(int column) {
      return scanner.field(Arrays.binarySearch(ranks, column)).strip();
    }

    private BigDecimal number(int column) throws NotANumberException {
      String text = field(column);
      if (text.isEmpty()) {
        return BigDecimal.ZERO;
      }
      if (!NUMBER.matcher(text).matches()) {
        throw new NotANumberException(scanner.line(), file.header().get(column), text);
      }
      StringBuilder plain = new StringBuilder(text.length());
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == ',') {
          plain.append('.');
        } else if (c != ' ' && c != '\u00A0' && c != '\u202F') {
          plain.append(c);
        }
      }
      return new BigDecimal(plain.toString());
    }

    private void place(String written, List<String> apart, BigDecimal[] figures) {
      if (written.isEmpty()) {
        count(EMPTY);
        add(new Group(apart, "", "", EMPTY, ""), figures);
        return;
      }
      Placement placement = translate();
      Translation translation = placement.translation();
      String known = placement.known();
      List<Arrival> targets = translation.targets();
      String status = translation.status().id();
      if (targets.size() == 1) {
        count(PLACED);
        add(new Group(apart, targets.getFirst().code(), "", PLACED, known), figures);
      } else if (translation.status() == Status.SPLIT
          && targets.stream().allMatch(t -> t.share() != null)) {
        count(PLACED);
        spread(targets, apart, known, figures);
      } else {
        count(status);
        add(new Group(apart, "", translation.code(), status, known), figures);
      }
    }

    private void count(String status) {
      rows.computeIfAbsent(status, _ -> new LongAdder()).increment();
    }

    private Placement translate() {
      int rank = Arrays.binarySearch(ranks, code);
      int from = scanner.fieldStart(rank);
      int to = scanner.fieldEnd(rank);
      Placement placement = placements.get(scanner.buffer(), from, to);
      if (placement == null) {
        Translator.Decided decided = translator.translate(field(code));
        Validity known = doubtful ? translator.findKnown(decided) : null;
        placement = new Placement(decided.translation(), known == null ? "" : known.toString());
        placements.put(scanner.buffer(), from, to, placement);
      }
      return placement;
    }

    private void add(Group group, BigDecimal[] figures) {
      Sums sums = groups.computeIfAbsent(group, _ -> new Sums(measures.length));
      for (int i = 0; i < figures.length; i++) {
        sums.figures[i] = sums.figures[i].add(figures[i]);
      }
      sums.rows++;
    }

    private void spread(
        List<Arrival> targets, List<String> apart, String known, BigDecimal[] figures) {
      BigDecimal[][] parts = new BigDecimal[figures.length][];
      for (int i = 0; i < figures.length; i++) {
        parts[i] = shareOut(figures[i], targets);
      }
      for (int t = 0; t < targets.size(); t++) {
        BigDecimal[] portion = new BigDecimal[figures.length];
        for (int i = 0; i < figures.length; i++) {
          portion[i] = parts[i][t];
        }
        add(new Group(apart, targets.get(t).code(), "", PLACED, known), portion);
      }
    }
  }

  /**
   * Parts of a figure in its own smallest unit that add up to it: rounded down, then the units left
   * over go to the largest remainders (Hamilton's method).
   */
  static BigDecimal[] shareOut(BigDecimal figure, List<Arrival> targets) {
    int scale = Math.max(0, figure.scale());
    BigInteger units = figure.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue();
    BigDecimal[] weights =
        targets.stream()
            .map(t -> t.share() == null ? 0 : t.share().value())
            .map(BigDecimal::new)
            .toArray(BigDecimal[]::new);
    // The weights as they are written in binary, so that no rounding makes more than the whole.
    BigDecimal whole = Arrays.stream(weights).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigInteger[] parts = new BigInteger[weights.length];
    BigDecimal[] remainders = new BigDecimal[weights.length];
    BigInteger given = BigInteger.ZERO;
    for (int i = 0; i < parts.length; i++) {
      BigDecimal product = new BigDecimal(units).multiply(weights[i]);
      BigDecimal[] quotient = floor(product, whole);
      parts[i] = quotient[0].toBigIntegerExact();
      remainders[i] = quotient[1];
      given = given.add(parts[i]);
    }
    int left = units.subtract(given).intValueExact();
    int[] order =
        IntStream.range(0, parts.length)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < left; i++) {
      int to = order[i % order.length];
      parts[to] = parts[to].add(BigInteger.ONE);
    }
    return Arrays.stream(parts).map(p -> new BigDecimal(p, scale)).toArray(BigDecimal[]::new);
  }

  /** The quotient rounded down, and what is left of the dividend; the divisor is positive. */
  private static BigDecimal[] floor(BigDecimal dividend, BigDecimal divisor) {
    BigDecimal[] quotient = dividend.divideAndRemainder(divisor);
    if (quotient[1].signum() < 0) {
      quotient[0] = quotient[0].subtract(BigDecimal.ONE);
      quotient[1] = quotient[1].add(divisor);
    }
    return quotient;
  }

  /** How many rows were placed, and how many were not, by the reason. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    rows.forEach((status, count) -> counts.put(status, count.sum()));
    return counts;
  }

  /** The names of the columns of the result. */
  List<String> columns(String name) {
    List<String> columns = new ArrayList<>();
    IntStream.of(by).forEach(i -> columns.add(file.header().get(i)));
    columns.addAll(List.of(name, name + ":label", name + ":status"));
    if (doubtful) {
      columns.add(name + ":known");
    }
    columns.add(file.header().get(code));
    IntStream.of(measures).forEach(i -> columns.add(file.header().get(i)));
    columns.add("rows");
    return columns;
  }

  /** Those of them that say what the figures belong to, and are none themselves. */
  Set<String> texts(String name) {
    List<String> columns = columns(name);
    return Set.copyOf(columns.subList(by.length, columns.size() - measures.length - 1));
  }

  /** One line of the result. */
  @FunctionalInterface
  interface LineConsumer {
    void line(List<@Nullable String> cells) throws IOException;
  }

  /** Gives the lines of the result: by target, and at the end what could not be placed. */
  void forEachLine(LineConsumer consumer) throws IOException {
    for (Map.Entry<Group, Sums> entry : groups.entrySet()) {
      Group group = entry.getKey();
      List<@Nullable String> cells = new ArrayList<>(group.by());
      cells.add(group.target());
      cells.add(
          group.target().isEmpty() ? null : translator.crosswalk().to().label(group.target()));
      cells.add(group.status());
      if (doubtful) {
        cells.add(group.known());
      }
      cells.add(group.source());
      for (BigDecimal figure : entry.getValue().figures) {
        cells.add(figure.toPlainString());
      }
      cells.add(Long.toString(entry.getValue().rows));
      consumer.line(cells);
    }
  }
}
