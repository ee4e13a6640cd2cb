package fr.pivot.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.Rule;
import fr.pivot.referential.Language;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.RecordBlock;
import fr.pivot.text.bytes.RecordScanner;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.text.packed.RefusedFileException;
import fr.pivot.validation.plan.CellFinding;
import fr.pivot.validation.plan.Repair;
import fr.pivot.validation.plan.Request;
import fr.pivot.validation.report.Validation;
import fr.pivot.validation.rows.FileCheck;
import fr.pivot.validation.rows.Tally;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What holds of every check, whatever rows are made of. */
class ValidationLawsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<Request.Declared> COLUMNS =
      List.of(
          new Request.Declared("commune", "communes@2026"),
          new Request.Declared("siret", "siret"),
          new Request.Declared("naf", "naf@rev2"));

  /**
   * A row.
   *
   * @param cells its cells, as they are written
   * @param end what ends it
   */
  private record Row(List<String> cells, String end) {

    String text() {
      return String.join(";", cells) + end;
    }

    /** Whether there is more to see in it than separators, quotes and blanks. */
    boolean says() {
      return text().chars().anyMatch(c -> c > ' ' && c != ';' && c != '"');
    }
  }

  // --- Rows of right and damaged codes ---

  private static Arbitrary<String> damaged(String... codes) {
    Arbitrary<String> code = Arbitraries.of(codes);
    return Arbitraries.oneOf(
        code,
        code,
        code.map(c -> c.replaceFirst("^0+", "")),
        code.map(c -> c + ".0"),
        code.map(String::toLowerCase),
        code.map(c -> ' ' + c + '\u00A0'),
        code.map(c -> '"' + c + '"'),
        code.map(c -> "\"'" + c + "\""),
        code.map(c -> c.replace(".", "")),
        code.map(c -> c.substring(1)),
        Arbitraries.of(
            "",
            " ",
            "-",
            "NULL",
            "99999",
            "99998",
            "35000",
            "01091",
            "24149",
            "75113",
            "Massy",
            "2,13E+13",
            "=1+1",
            "\"a;b\"",
            "\"a\"\"b\"",
            "a\"b",
            "é",
            "217500016"),
        Arbitraries.strings()
            .ofMaxLength(8)
            .excludeChars(';', '"', '\n', '\r', '\0', '\uFEFF')
            .filter(s -> !s.matches(".*\\p{Cs}.*")));
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    return row().list().ofMaxSize(60);
  }

  private static Arbitrary<Row> row() {
    Arbitrary<String> text =
        Arbitraries.of(
            "", "x", "\"de; plus\"", "\"deux\r\nlignes\"", "\"\"", "-12,5", "+33 1", "é");
    return Combinators.combine(
            text,
            damaged("01004", "01033", "2A004", "97353", "75056"),
            damaged("21860194600013", "21750001600019", "35600000013016", "00542098500016"),
            damaged("62.01Z", "01.11Z", "84.11Z"),
            Arbitraries.of("\n", "\r\n"))
        .as((a, b, c, d, end) -> new Row(List.of(a, b, c, d), end));
  }

  private static byte[] file(List<Row> rows) {
    return ("texte;commune;siret;naf\n"
            + rows.stream().map(Row::text).collect(Collectors.joining()))
        .getBytes(UTF_8);
  }

  /** What came of a check. */
  private record Checked(FileCheck check, byte[] repaired, List<CellFinding> findings) {

    /** All that is counted. */
    String counts() {
      StringBuilder counts = new StringBuilder();
      Tally total = check.total();
      counts.append(total.rows()).append(' ').append(total.ready());
      for (int i = 0; i < check.plan().bounds().size(); i++) {
        for (Outcome outcome : Outcome.values()) {
          counts.append(' ').append(outcome.id()).append(total.count(i, outcome));
        }
      }
      for (Rule rule : Rule.values()) {
        for (int rank = -1; rank < check.plan().header().size(); rank++) {
          if (total.count(rule, rank) > 0) {
            counts.append(' ').append(rule.code()).append('#').append(rank);
            counts.append('=').append(total.count(rule, rank));
          }
        }
      }
      return counts.toString();
    }

    List<String> told() {
      return findings.stream()
          .map(f -> f.line() + " " + f.rank() + ' ' + f.rule().code() + ' ' + f.value())
          .toList();
    }

    List<String> frequent() {
      return IntStream.range(0, check.plan().bounds().size())
          .mapToObj(check::listFrequent)
          .flatMap(List::stream)
          .map(f -> f.count() + " " + f.value() + ' ' + f.verdict().outcome())
          .toList();
    }
  }

  private static Checked check(
      InputStream in, List<Request.Declared> columns, @Nullable Repair mode) throws IOException {
    Overrides overrides = new Overrides(UTF_8, ';', 1, null);
    Request request =
        new Request(columns, null, List.of(), List.of(), false, 1_000_000, overrides, null);
    TabularFile.Opened opened = (TabularFile.Opened) TabularFile.open("f.csv", in, overrides);
    try (FileCheck check =
        FileCheck.begin(Shipped.detector(), opened, request, mode, Language.ENGLISH)) {
      ByteArrayOutputStream repaired = new ByteArrayOutputStream();
      repaired.writeBytes(check.head());
      List<CellFinding> findings = new ArrayList<>();
      for (FileCheck.Progress part = check.next(); part != null; part = check.next()) {
        repaired.writeBytes(part.repaired().bytes());
        findings.addAll(part.findings());
      }
      return new Checked(check, repaired.toByteArray(), findings);
    }
  }

  private static Checked check(byte[] file, @Nullable Repair mode) throws IOException {
    return check(new ByteArrayInputStream(file), COLUMNS, mode);
  }

  /** The records of a file, each with its fields as they are written. */
  private static List<List<String>> raw(byte[] file, int columns) throws IOException {
    List<List<String>> records = new ArrayList<>();
    TabularFile.Opened opened =
        (TabularFile.Opened)
            TabularFile.open(
                "f.csv", new ByteArrayInputStream(file), new Overrides(UTF_8, ';', 1, null));
    try (DelimitedBytes bytes = DelimitedBytes.open(opened.stream(), opened.detected().dialect())) {
      RecordScanner scanner = bytes.scanner(IntStream.range(0, columns).toArray());
      records.add(bytes.header());
      for (RecordBlock block = bytes.blocks().next(() -> false);
          block != null;
          block = bytes.blocks().next(() -> false)) {
        scanner.read(block);
        while (scanner.next()) {
          List<String> fields = new ArrayList<>();
          for (int i = 0; i < columns && scanner.fieldStart(i) >= 0; i++) {
            int from = scanner.fieldStart(i);
            fields.add(new String(scanner.buffer(), from, scanner.fieldEnd(i) - from, UTF_8));
          }
          fields.add(
              new String(
                  scanner.buffer(),
                  scanner.contentEnd(),
                  scanner.end() - scanner.contentEnd(),
                  UTF_8));
          records.add(fields);
        }
      }
    }
    return records;
  }

  // --- The laws ---

  @Property(tries = 300)
  void every_row_counts_once_in_every_column(@ForAll("rows") List<Row> rows) throws IOException {
    Tally total = check(file(rows), null).check().total();
    assertThat(total.rows()).isEqualTo(rows.stream().filter(Row::says).count());
    for (int i = 0; i < COLUMNS.size(); i++) {
      long sum = 0;
      for (Outcome outcome : Outcome.values()) {
        sum += total.count(i, outcome);
      }
      assertThat(sum).isEqualTo(total.rows());
    }
  }

  @Property(tries = 300)
  void the_columns_that_were_there_are_there_byte_for_byte(@ForAll("rows") List<Row> rows)
      throws IOException {
    List<List<String>> before = raw(file(rows), 4);
    List<List<String>> after = raw(check(file(rows), Repair.BESIDE).repaired(), 10);
    assertThat(after.getFirst())
        .containsExactly(
            "texte",
            "commune",
            "commune_pivot",
            "commune_pivot_reason",
            "siret",
            "siret_pivot",
            "siret_pivot_reason",
            "naf",
            "naf_pivot",
            "naf_pivot_reason");
    assertThat(after).hasSameSizeAs(before);
    for (int i = 1; i < before.size(); i++) {
      List<String> row = after.get(i);
      assertThat(row).hasSize(11);
      assertThat(List.of(row.get(0), row.get(1), row.get(4), row.get(7), row.get(10)))
          .isEqualTo(before.get(i));
    }
  }

  @Property(tries = 300)
  void what_is_repaired_is_right_or_empty(@ForAll("rows") List<Row> rows) throws IOException {
    byte[] repaired = check(file(rows), Repair.BESIDE).repaired();
    List<Request.Declared> added =
        COLUMNS.stream()
            .map(c -> new Request.Declared(c.column() + "_pivot", c.reference()))
            .toList();
    Tally total = check(new ByteArrayInputStream(repaired), added, null).check().total();
    for (int i = 0; i < added.size(); i++) {
      assertThat(total.count(i, Outcome.VALID) + total.count(i, Outcome.EMPTY))
          .isEqualTo(total.rows());
    }
  }

  @Property(tries = 200)
  void what_is_repaired_in_place_needs_no_repair(@ForAll("rows") List<Row> rows)
      throws IOException {
    byte[] repaired = check(file(rows), Repair.IN_PLACE).repaired();
    assertThat(check(repaired, Repair.IN_PLACE).repaired()).isEqualTo(repaired);
  }

  @Property(tries = 200)
  void the_order_of_rows_changes_no_verdict(@ForAll("rows") List<Row> rows, @ForAll long seed)
      throws IOException {
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    Checked one = check(file(rows), null);
    Checked other = check(file(shuffled), null);
    assertThat(other.counts()).isEqualTo(one.counts());
    assertThat(other.frequent()).isEqualTo(one.frequent());
  }

  @Property(tries = 200)
  void the_size_of_blocks_changes_nothing(
      @ForAll("rows") List<Row> rows, @ForAll @IntRange(min = 1, max = 50) int piece)
      throws IOException {
    byte[] file = file(rows);
    InputStream dribbling =
        new ByteArrayInputStream(file) {
          @Override
          public synchronized int read(byte[] to, int offset, int length) {
            return super.read(to, offset, Math.min(length, piece));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };
    Checked whole = check(file, Repair.BESIDE);
    Checked pieces = check(dribbling, COLUMNS, Repair.BESIDE);
    assertThat(pieces.counts()).isEqualTo(whole.counts());
    assertThat(pieces.told()).isEqualTo(whole.told());
    assertThat(pieces.frequent()).isEqualTo(whole.frequent());
    assertThat(pieces.repaired()).isEqualTo(whole.repaired());
  }

  private static final int TIMES = 300;

  @Example
  void a_long_file_is_read_by_many_threads_as_by_one() throws IOException {
    List<Row> some = row().list().ofSize(400).sample();
    List<Row> many = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      many.addAll(some);
    }
    byte[] file = file(many);
    assertThat(file.length).isGreaterThan(1 << 20);
    Checked once = check(file(some), Repair.BESIDE);
    Checked often = check(file, Repair.BESIDE);
    Tally one = once.check().total();
    Tally all = often.check().total();
    assertThat(all.rows()).isEqualTo(TIMES * one.rows());
    assertThat(all.ready()).isEqualTo(TIMES * one.ready());
    for (Rule rule : Rule.values()) {
      assertThat(all.count(rule)).as(rule.code()).isEqualTo(TIMES * one.count(rule));
    }
    byte[] head = once.check().head();
    String rows =
        new String(once.repaired(), head.length, once.repaired().length - head.length, UTF_8);
    assertThat(new String(often.repaired(), UTF_8))
        .isEqualTo(new String(head, UTF_8) + rows.repeat(TIMES));
  }

  /** What is counted are the first 10,000 different ones, whoever reads which part of the file. */
  @Example
  void of_very_many_wrong_values_the_first_are_counted() throws IOException {
    StringBuilder file = new StringBuilder("commune;siret;naf\n");
    for (int i = 0; i < 60_000; i++) {
      file.append("wrong-value-number-%05d;;\n".formatted(i));
      if (i >= 20_000 && i % 1000 == 0) {
        IntStream.range(9_995, 10_005)
            .forEach(again -> file.append("wrong-value-number-%05d;;\n".formatted(again)));
      }
    }
    Checked checked = check(file.toString().getBytes(UTF_8), null);
    assertThat(checked.check().total().rows()).isEqualTo(60_400);
    assertThat(checked.frequent())
        .containsExactly(
            "41 wrong-value-number-09995 MALFORMED",
            "41 wrong-value-number-09996 MALFORMED",
            "41 wrong-value-number-09997 MALFORMED",
            "41 wrong-value-number-09998 MALFORMED",
            "41 wrong-value-number-09999 MALFORMED",
            "1 wrong-value-number-00000 MALFORMED",
            "1 wrong-value-number-00001 MALFORMED",
            "1 wrong-value-number-00002 MALFORMED",
            "1 wrong-value-number-00003 MALFORMED",
            "1 wrong-value-number-00004 MALFORMED");
  }

  /** A reader who is slow must not see what was found in parts that it did not ask for yet. */
  @Example
  void a_wrong_value_is_counted_once_however_late_the_parts_before_are_read() throws Exception {
    String right = "01004;;\n".repeat(400_000);
    String wrong = "99998;;\n".repeat(40_000);
    byte[] file = ("commune;siret;naf\n" + right + wrong).getBytes(UTF_8);
    Overrides overrides = new Overrides(UTF_8, ';', 1, null);
    Request request = new Request(COLUMNS, null, List.of(), List.of(), false, 1, overrides, null);
    TabularFile.Opened opened =
        (TabularFile.Opened) TabularFile.open("f.csv", new ByteArrayInputStream(file), overrides);
    try (FileCheck check =
        FileCheck.begin(Shipped.detector(), opened, request, null, Language.ENGLISH)) {
      while (check.next() != null) {
        Thread.sleep(20);
      }
      assertThat(new Checked(check, new byte[0], List.of()).frequent())
          .containsExactly("40000 99998 UNKNOWN");
    }
  }

  @Property(tries = 100)
  void the_sums_of_the_report_are_those_of_its_rows(@ForAll("rows") List<Row> rows)
      throws IOException {
    Overrides overrides = new Overrides(UTF_8, ';', 1, null);
    Request request = new Request(COLUMNS, null, List.of(), List.of(), false, 100, overrides, null);
    TabularFile.Opened opened =
        (TabularFile.Opened)
            TabularFile.open("f.csv", new ByteArrayInputStream(file(rows)), overrides);
    FileCheck check = FileCheck.begin(Shipped.detector(), opened, request, null, Language.ENGLISH);
    try (Validation validation = new Validation(check, Language.ENGLISH)) {
      validation.finish();
      JsonNode report = JSON.readTree(validation.report());
      List<Row> said = rows.stream().filter(Row::says).toList();
      long ready = 0;
      List<Map<String, Long>> outcomes = List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
      Map<String, Long> rules = new TreeMap<>();
      for (Row row : said) {
        boolean isRight = true;
        boolean says = false;
        for (int i = 0; i < COLUMNS.size(); i++) {
          String cell = row.cells().get(i + 1);
          boolean quoted = cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"");
          String value = quoted ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"") : cell;
          Verdict verdict = check.plan().bounds().get(i).check().check(value);
          outcomes.get(i).merge(verdict.outcome().id(), 1L, Long::sum);
          isRight &= verdict.outcome() == Outcome.VALID || verdict.outcome() == Outcome.EMPTY;
          says |= verdict.outcome() == Outcome.VALID;
          if (verdict.rule() != null) {
            rules.merge(verdict.rule().code(), 1L, Long::sum);
          }
        }
        ready += isRight && says ? 1 : 0;
      }
      assertThat(report.path("rows").path("total").asLong()).isEqualTo(said.size());
      assertThat(report.path("rows").path("ready").asLong()).isEqualTo(ready);
      for (int i = 0; i < COLUMNS.size(); i++) {
        Map<String, Long> told = new TreeMap<>();
        report
            .path("columns")
            .path(i)
            .path("values")
            .properties()
            .forEach(e -> told.put(e.getKey(), e.getValue().asLong()));
        told.values().removeIf(count -> count == 0);
        assertThat(told).isEqualTo(outcomes.get(i));
      }
      Map<String, Long> told = new TreeMap<>();
      report
          .path("rules")
          .forEach(rule -> told.put(rule.path("rule").asText(), rule.path("count").asLong()));
      told.remove(Rule.SPREADSHEET_FORMULA.code());
      assertThat(told).isEqualTo(rules);
    }
  }

  @Property(tries = 500)
  void noise_is_checked_or_refused(@ForAll @Size(max = 400) byte[] noise) throws IOException {
    TabularFile file = TabularFile.open("noise", new ByteArrayInputStream(noise), Overrides.NONE);
    if (file instanceof TabularFile.Opened opened) {
      try (FileCheck check =
          FileCheck.begin(
              Shipped.detector(), opened, Request.DETECTING, Repair.BESIDE, Language.ENGLISH)) {
        while (check.next() != null) {
          assertThat(check.total().rows()).isNotNegative();
        }
      } catch (RefusedFileException | ProblemException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }
}
