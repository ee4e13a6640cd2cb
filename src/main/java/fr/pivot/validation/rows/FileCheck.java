package fr.pivot.validation.rows;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.Rule;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.text.Discretion;
import fr.pivot.text.bytes.BlockPipeline;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.text.sheet.Spreadsheet;
import fr.pivot.validation.detection.ColumnSample;
import fr.pivot.validation.detection.Detector;
import fr.pivot.validation.detection.Sample;
import fr.pivot.validation.detection.Vintage;
import fr.pivot.validation.plan.CellFinding;
import fr.pivot.validation.plan.CheckedColumn;
import fr.pivot.validation.plan.Plan;
import fr.pivot.validation.plan.Planner;
import fr.pivot.validation.plan.Repair;
import fr.pivot.validation.plan.Request;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Verdict;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check of one file, part by part, in its order. The file is read once, in parallel; what is
 * held does not grow with it.
 */
public final class FileCheck implements Closeable {

  /** How much of a file is looked at before its rows are checked, in bytes. */
  public static final int HEAD = 1 << 18;

  /** How many different wrong values of a column are counted: those that come first. */
  static final int MOST_WRONG = 10_000;

  /** How many wrong values of a column are told with their counts. */
  static final int MOST_FREQUENT = 10;

  private final TabularFile.Opened source;
  private final DelimitedBytes file;
  private final Plan plan;
  private final BlockPipeline<RowCheck.Part> parts;
  private final Keys keys = new Keys();
  private final Tally total;

  /** The wrong values of each bound column. */
  private final List<Map<String, CodeColumn.Wrong>> wrong = new ArrayList<>();

  /** The different codes of each bound column. */
  private final List<Set<String>> codes = new ArrayList<>();

  private final @Nullable RepairedRows header;
  private boolean begun;

  private FileCheck(
      TabularFile.Opened source,
      DelimitedBytes file,
      Plan plan,
      @Nullable Repair mode,
      Language language) {
    this.source = source;
    this.file = file;
    this.plan = plan;
    this.total = new Tally(plan);
    for (CheckedColumn _ : plan.bounds()) {
      wrong.add(new HashMap<>());
      codes.add(new HashSet<>());
    }
    this.header = mode == null ? null : new RepairedRows(file, mode, language);
    this.parts =
        new BlockPipeline<>(
            file.blocks(),
            () -> {
              RowCheck worker =
                  new RowCheck(plan, file, source.kind() != Spreadsheet.Kind.DELIMITED);
              RepairedRows repairs = mode == null ? null : new RepairedRows(file, mode, language);
              return block -> worker.check(block, repairs);
            });
  }

  /**
   * Begins to check a file.
   *
   * @param source the file; closed with the check
   * @param mode how rows are to be repaired; null where they are not
   * @param language of the reasons beside repairs
   * @throws ProblemException where a column, a referential or an edition that is asked for does not
   *     exist
   */
  public static FileCheck begin(
      Detector detector,
      TabularFile.Opened source,
      Request request,
      @Nullable Repair mode,
      Language language)
      throws IOException {
    byte[] head = source.stream().readNBytes(HEAD);
    Sample sample = sample(detector, head, source);
    Plan plan = Planner.plan(detector, request, sample);
    DelimitedBytes file =
        DelimitedBytes.open(
            new SequenceInputStream(new ByteArrayInputStream(head), source.stream()),
            source.detected().dialect());
    return new FileCheck(source, file, plan, mode, language);
  }

  /** The columns of a sample whose codes are, row by row, of what another column says. */
  public static List<CheckedColumn> listByKinds(Detector detector, Sample sample) {
    return Planner.listByKinds(detector, sample);
  }

  /**
   * The beginning of a file, without the rows that are headers once more.
   *
   * @param head its first bytes, {@link #HEAD} of them where there are so many
   */
  public static Sample sample(Detector detector, byte[] head, TabularFile.Opened source)
      throws IOException {
    try (DelimitedBytes beginning =
        DelimitedBytes.open(
            new ByteArrayInputStream(wholeRecords(head)), source.detected().dialect())) {
      Sample sample = Sample.read(beginning).below(source.detected().otherHeaders());
      boolean isNamed = source.detected().dialect().headerLine() > 0;
      return isNamed ? sample.withHeaders(detector.countHeaders(sample)) : sample;
    }
  }

  /** The head of a longer file without its last line, which may be cut. */
  private static byte[] wholeRecords(byte[] head) {
    if (head.length < HEAD) {
      return head;
    }
    int end = head.length;
    while (end > 0 && head[end - 1] != '\n' && head[end - 1] != '\r') {
      end--;
    }
    return end == 0 ? head : java.util.Arrays.copyOf(head, end);
  }

  /** The file that is checked. */
  public TabularFile.Opened source() {
    return source;
  }

  /** What its columns are held against. */
  public Plan plan() {
    return plan;
  }

  /** The titles and the header as a repaired file has them. */
  public byte[] head() {
    return header == null ? new byte[0] : header.head(plan);
  }

  /**
   * The next part of the file.
   *
   * @param findings those that are kept
   * @param repaired its repaired rows
   */
  public record Progress(List<CellFinding> findings, RepairedRows.Output repaired) {}

  /** Checks the next part of the file; null after the last one. */
  public @Nullable Progress next() throws IOException {
    RowCheck.Part part = parts.next();
    if (part == null) {
      return null;
    }
    List<CellFinding> kept = new ArrayList<>();
    if (!begun) {
      begun = true;
      for (CellFinding finding : plan.findings()) {
        total.counts(finding.rule(), finding.rank());
        total.keep(finding);
        kept.add(finding);
      }
    }
    kept.addAll(total.add(part.tally()));
    for (int i = 0; i < wrong.size(); i++) {
      count(wrong.get(i), part.wrong().get(i));
      remember(codes.get(i), part.codes().get(i));
    }
    for (RowCheck.KeyedRow row : part.keys()) {
      long first = keys.add(row.key(), row.line());
      if (first > 0) {
        int rank = plan.key().getFirst();
        if (total.counts(Rule.DUPLICATE_KEY, rank)) {
          CellFinding duplicate = duplicate(row, first, rank);
          total.keep(duplicate);
          kept.add(duplicate);
        }
      }
    }
    kept.sort(Comparator.comparingLong(CellFinding::line));
    return new Progress(kept, part.repaired());
  }

  /** Parts come in the order of the file, so that threads do not decide what is counted. */
  private static void count(
      Map<String, CodeColumn.Wrong> all, Map<String, CodeColumn.Wrong> ofPart) {
    ofPart.forEach(
        (value, more) -> {
          CodeColumn.Wrong known = all.get(value);
          if (known != null) {
            known.count += more.count;
          } else if (all.size() < MOST_WRONG) {
            all.put(value, more);
          }
        });
  }

  private static void remember(Set<String> all, List<String> ofPart) {
    for (String code : ofPart) {
      if (all.size() < ColumnSample.MOST_VALUES) {
        all.add(code);
      }
    }
  }

  private CellFinding duplicate(RowCheck.KeyedRow row, long first, int rank) {
    boolean isPersonal =
        plan.key().stream().anyMatch(plan.discreet()::contains)
            || row.key().stream().anyMatch(Discretion::looksPersonal);
    return new CellFinding(
        Rule.DUPLICATE_KEY,
        row.line(),
        rank,
        isPersonal ? null : String.join(", ", row.key()),
        Verdict.wrong(Outcome.VALID, Rule.DUPLICATE_KEY)
            .with(
                new Text(
                    "La première est à la ligne " + first + ".",
                    "The first is on line " + first + ".")));
  }

  /** The counts of what was checked so far. */
  public Tally total() {
    return total;
  }

  /**
   * A wrong value and how often it came.
   *
   * @param value the value as it is written
   * @param verdict what is wrong with it
   * @param count in how many rows
   */
  public record Frequent(String value, Verdict verdict, long count) {}

  /** The wrong values of a bound column that came most often, once the file is read. */
  public List<Frequent> listFrequent(int bound) {
    return wrong.get(bound).entrySet().stream()
        .map(e -> new Frequent(e.getKey(), e.getValue().verdict, e.getValue().count))
        .sorted(Comparator.comparingLong((Frequent f) -> -f.count()).thenComparing(Frequent::value))
        .limit(MOST_FREQUENT)
        .toList();
  }

  /** Of which edition or year the codes of a bound column are, once the file is read. */
  public @Nullable Vintage vintage(int bound) {
    return Vintage.find(plan.bounds().get(bound).check().yardstick(), codes.get(bound));
  }

  @Override
  public void close() throws IOException {
    parts.close();
    file.close();
    source.close();
  }
}
