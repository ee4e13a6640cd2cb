package fr.pivot.validation.report;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.text.Discretion;
import fr.pivot.text.JsonWriter;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.RecordBlock;
import fr.pivot.text.bytes.RecordScanner;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.validation.detection.ColumnSample;
import fr.pivot.validation.detection.Detector;
import fr.pivot.validation.detection.Detector.Candidate;
import fr.pivot.validation.detection.Detector.Content;
import fr.pivot.validation.detection.PersonalData;
import fr.pivot.validation.detection.Sample;
import fr.pivot.validation.detection.Vintage;
import fr.pivot.validation.plan.CheckedColumn;
import fr.pivot.validation.rows.FileCheck;
import fr.pivot.validation.value.Yardstick;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a file hold which referential, and of which edition or year they are. What
 * columns hold is seen in the first rows; their vintage in all of them.
 */
public final class Detection {

  private static final int MOST_CANDIDATES = 3;
  private static final int MOST_EXAMPLES = 3;
  private static final int LONGEST_EXAMPLE = 60;

  /** How many values are tried on names, and how many of ten must be some. */
  private static final int MOST_TRIED = 100;

  private static final double MOSTLY = 0.8;

  private final TabularFile.Opened source;
  private final Language language;
  private final List<Heading> header;
  private final List<Column> columns;
  private final long rows;
  private final boolean hasSecondHeader;

  /**
   * A column as the file has it, whatever it holds.
   *
   * @param personal whether it seems to hold personal data
   * @param examples its first values that differ; none where they must not be repeated
   */
  record Heading(String name, boolean personal, List<String> examples) {}

  /**
   * What a column holds.
   *
   * @param sample its values
   * @param candidates the referentials that it may hold, the likeliest first
   * @param yardstick the first of them, in the edition that fits and on the day that counts for it;
   *     null where none is believed
   * @param vintage of which edition or year its values are; null where that is not known
   * @param kindColumn the column that says of what each row's code is one; null where none does
   */
  record Column(
      ColumnSample sample,
      List<Candidate> candidates,
      @Nullable Yardstick yardstick,
      @Nullable Vintage vintage,
      @Nullable String kindColumn) {}

  private Detection(
      TabularFile.Opened source,
      Language language,
      List<Heading> header,
      List<Column> columns,
      long rows,
      boolean hasSecondHeader) {
    this.source = source;
    this.language = language;
    this.header = header;
    this.columns = columns;
    this.rows = rows;
    this.hasSecondHeader = hasSecondHeader;
  }

  /** Tells what the columns of a file hold; reads it to its end. */
  public static Detection of(Detector detector, TabularFile.Opened source, Language language)
      throws IOException {
    byte[] head = source.stream().readNBytes(FileCheck.HEAD);
    Sample sample = FileCheck.sample(detector, head, source);
    Map<Integer, List<Candidate>> found = new LinkedHashMap<>();
    for (ColumnSample column : sample.columns()) {
      List<Candidate> candidates = detector.detect(column);
      if (!candidates.isEmpty()) {
        found.put(column.rank(), candidates.stream().limit(MOST_CANDIDATES).toList());
      }
    }
    Map<Integer, CheckedColumn> byKinds = new HashMap<>();
    for (CheckedColumn column : FileCheck.listByKinds(detector, sample)) {
      Candidate most = column.detected();
      if (most != null) {
        byKinds.put(column.rank(), column);
        found.put(column.rank(), List.of(most));
      }
    }
    int[] believed =
        found.entrySet().stream()
            .filter(e -> isBelieved(e.getValue()))
            .mapToInt(Map.Entry::getKey)
            .sorted()
            .toArray();
    List<Heading> header = header(detector, sample, found, believed);
    long rows = sample.columns().isEmpty() ? 0 : sample.columns().getFirst().rows();
    if (head.length == FileCheck.HEAD) {
      rows = readAll(source, head, sample, believed);
    }
    List<Column> columns = new ArrayList<>();
    found.forEach(
        (rank, candidates) -> {
          ColumnSample column = sample.columns().get(rank);
          CheckedColumn byKind = byKinds.get(rank);
          if (byKind != null) {
            String kindColumn = sample.columns().get(byKind.kindRank()).toldName();
            columns.add(
                new Column(column, candidates, byKind.check().yardstick(), null, kindColumn));
            return;
          }
          boolean believes = isBelieved(candidates);
          Yardstick yardstick =
              believes
                  ? detector.fitting(candidates.getFirst().referential(), column, detector.today())
                  : null;
          columns.add(
              new Column(
                  column,
                  candidates,
                  yardstick,
                  yardstick == null ? null : Detector.vintage(yardstick, column),
                  null));
        });
    columns.sort(Comparator.comparingInt(c -> c.sample().rank()));
    return new Detection(source, language, header, columns, rows, sample.hasSecondHeader());
  }

  private static List<Heading> header(
      Detector detector, Sample sample, Map<Integer, List<Candidate>> found, int[] believed) {
    Set<Integer> codes = Arrays.stream(believed).boxed().collect(Collectors.toSet());
    Set<Integer> personal = PersonalData.findAll(sample.columns(), codes).keySet();
    return sample.columns().stream()
        .map(
            column -> {
              List<Candidate> candidates = found.getOrDefault(column.rank(), List.of());
              Predicate<String> isPublic = _ -> false;
              boolean isKnown = codes.contains(column.rank());
              if (isKnown) {
                Yardstick yardstick = detector.yardstick(candidates.getFirst().referential());
                isPublic = value -> Detector.find(yardstick, value) != null;
              } else if (Discretion.isPersonalInDoubt(column.name())) {
                Predicate<String> isName = detector::isPlace;
                isKnown = isMostly(column, isName);
                isPublic = isKnown ? isName : isPublic;
              }
              boolean isCalledSo = Discretion.isPersonal(column.name());
              boolean isHidden = personal.contains(column.rank()) || isCalledSo && !isKnown;
              Predicate<String> isTold =
                  isPublic.or(value -> !isCalledSo && !Discretion.looksPersonal(value));
              return new Heading(
                  column.toldName(),
                  isHidden,
                  column.counts().keySet().stream()
                      .filter(value -> !isHidden && isTold.test(value))
                      .limit(MOST_EXAMPLES)
                      .map(value -> ReportLines.shorten(value, LONGEST_EXAMPLE))
                      .toList());
            })
        .toList();
  }

  /** Whether most of the first values of a column are something. */
  private static boolean isMostly(ColumnSample column, Predicate<String> something) {
    List<String> values = column.counts().keySet().stream().limit(MOST_TRIED).toList();
    long count = values.stream().filter(something).count();
    return !values.isEmpty() && count >= MOSTLY * values.size();
  }

  private static boolean isBelieved(List<Candidate> candidates) {
    return candidates.getFirst().isAccepted() && candidates.getFirst().content() == Content.CODES;
  }

  /** Reads the columns that hold codes anew, to the end; answers how many rows there are. */
  private static long readAll(TabularFile.Opened source, byte[] head, Sample sample, int[] believed)
      throws IOException {
    List<ColumnSample> samples = new ArrayList<>();
    for (int rank : believed) {
      samples.add(sample.columns().get(rank));
      samples.getLast().forget();
    }
    long rows = 0;
    try (DelimitedBytes file =
        DelimitedBytes.open(
            new SequenceInputStream(new ByteArrayInputStream(head), source.stream()),
            source.detected().dialect())) {
      RecordScanner scanner = file.scanner(believed);
      for (RecordBlock block = file.blocks().next(() -> false);
          block != null;
          block = file.blocks().next(() -> false)) {
        scanner.read(block);
        while (scanner.next()) {
          if (scanner.isBlank() || scanner.record() <= sample.lastHeader()) {
            continue;
          }
          rows++;
          for (int i = 0; i < believed.length; i++) {
            samples.get(i).add(scanner.field(i));
          }
        }
      }
    }
    return rows;
  }

  List<Column> columns() {
    return columns;
  }

  /** What is to be known of the file as a whole. */
  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(source.findings());
    if (hasSecondHeader) {
      findings.add(Rule.SECOND_HEADER.at(Place.file(source.file())));
    }
    return findings;
  }

  /** The answer as a JSON object. */
  public String json() {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("file");
    ReportWriter.describe(json, source, findings(), language);
    json.member("rows", rows);
    json.name("header").beginArray();
    for (Heading heading : header) {
      json.beginObject()
          .member("name", heading.name())
          .member("personal", heading.personal())
          .name("examples")
          .value(heading.examples())
          .endObject();
    }
    json.endArray();
    json.name("columns").beginArray();
    for (Column column : columns) {
      write(json, column);
    }
    json.endArray().endObject();
    return new String(json.take(), StandardCharsets.UTF_8);
  }

  private static void write(JsonWriter json, Column column) {
    ColumnSample sample = column.sample();
    json.beginObject().member("name", sample.toldName()).member("number", sample.rank() + 1);
    Yardstick yardstick = column.yardstick();
    if (yardstick != null) {
      ReportWriter.point(json, yardstick);
    }
    if (column.kindColumn() != null) {
      json.member("kindColumn", column.kindColumn());
    }
    if (column.vintage() != null) {
      json.name("vintage");
      ReportWriter.vintage(json, column.vintage());
    }
    json.member("distinct", sample.counts().size())
        .member("empty", sample.empty())
        .name("candidates")
        .beginArray();
    for (Candidate candidate : column.candidates()) {
      json.beginObject()
          .member("referential", candidate.referential().id())
          .member("content", candidate.content().name().toLowerCase(Locale.ROOT))
          .member("accepted", candidate.isAccepted());
      json.name("confidence").decimal(ReportWriter.decimal(candidate.score()));
      json.name("header").decimal(ReportWriter.decimal(candidate.header()));
      json.name("share").decimal(ReportWriter.decimal(candidate.share()));
      json.name("exactShare").decimal(ReportWriter.decimal(candidate.exact()));
      json.endObject();
    }
    json.endArray().endObject();
  }

  /** The answer as lines for a terminal. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.addAll(ReportLines.describe(source, findings(), rows, language));
    for (Column column : columns) {
      Candidate best = column.candidates().getFirst();
      StringBuilder line = new StringBuilder("  ");
      line.append(String.format("%-28s ", ReportLines.shorten(column.sample().toldName(), 28)));
      Text what =
          best.content() == Content.LABELS
              ? new Text("libellés de ", "labels of ")
              : new Text("", "");
      line.append(what.in(language)).append(best.referential().id());
      if (column.kindColumn() != null) {
        line.append(ReportLines.orKind(column.kindColumn(), language));
      }
      line.append(String.format(Locale.ROOT, "  %d %%", Math.round(100 * best.score())));
      Vintage vintage = column.vintage();
      if (vintage != null) {
        line.append("  ").append(ReportLines.vintage(vintage).in(language));
      }
      if (!best.isAccepted()) {
        line.append(new Text("  (incertain)", "  (uncertain)").in(language));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
