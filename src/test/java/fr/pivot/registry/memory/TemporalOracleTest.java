package fr.pivot.registry.memory;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.Release;
import fr.pivot.importing.Imports;
import fr.pivot.registry.Answer;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * The communes as the shipped file has them, read line by line and compared as text, against what
 * comes out of import, database and memory: on random days, and on the borders of months and years.
 */
class TemporalOracleTest {

  /** A line of the file. Dates are ISO 8601: they compare as text. */
  private record Line(
      String code, String from, String to, String label, String first, String last) {

    boolean says(String edition, String day) {
      return first.compareTo(edition) <= 0
          && edition.compareTo(last) <= 0
          && from.compareTo(day) <= 0
          && (to.isEmpty() || day.compareTo(to) < 0);
    }
  }

  private static final int PAIRS = 5_000;
  private static final List<Line> LINES = new ArrayList<>();
  private static final List<String> CODES = new ArrayList<>();
  private static final List<String> BORDERS =
      List.of("02-28", "02-29", "03-01", "12-31", "01-01", "01-02", "06-30", "07-01");

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  private static ApplicationContext context;

  @SuppressWarnings("NullAway.Init")
  private static Registry registry;

  @BeforeContainer
  static void load() throws IOException {
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder()
            .ofNamedCsvRecord(
                new InputStreamReader(
                    new GZIPInputStream(
                        Files.newInputStream(
                            Path.of("referentials/communes/2019-2026/concepts.csv.gz"))),
                    StandardCharsets.UTF_8))) {
      for (NamedCsvRecord row : rows) {
        LINES.add(
            new Line(
                row.getField("code"),
                row.getField("from"),
                row.getField("to"),
                row.getField("label"),
                row.getField("first"),
                row.getField("last")));
      }
    }
    TreeSet<String> codes = new TreeSet<>();
    LINES.forEach(l -> codes.add(l.code()));
    CODES.addAll(codes);
    LINES.sort(java.util.Comparator.comparing(Line::code));
    database = TestDatabase.shipped();
    context = database.start();
    registry = Imports.registry(context);
  }

  @AfterContainer
  static void close() {
    context.close();
    database.close();
  }

  @Property(tries = 20)
  void the_codebook_says_what_the_file_says(@ForAll long seed) {
    Random random = new Random(seed);
    Codes codebook = registry.findCodes("communes").orElseThrow();
    List<Release> releases = registry.catalog().listReleases("communes");
    for (int i = 0; i < PAIRS; i++) {
      String code = CODES.get(random.nextInt(CODES.size()));
      Release release = releases.get(random.nextInt(releases.size()));
      LocalDate day = day(code, random);
      String expected = null;
      boolean known = false;
      for (Line line : linesOf(code)) {
        boolean stated =
            line.first().compareTo(release.edition()) <= 0
                && release.edition().compareTo(line.last()) <= 0;
        known |= stated;
        if (line.says(release.edition(), day.toString())) {
          assertThat(expected).isNull();
          expected = line.label();
        }
      }
      String answered =
          switch (codebook.find(code, release, day)) {
            case Answer.InForce in -> in.state().label();
            case Answer.NotInForce _ -> "not in force";
            case Answer.Unknown _ -> "unknown";
          };
      assertThat(answered)
          .as("%s in %s on %s", code, release.edition(), day)
          .isEqualTo(expected != null ? expected : known ? "not in force" : "unknown");
    }
  }

  private static List<Line> linesOf(String code) {
    int low = 0;
    int high = LINES.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (LINES.get(middle).code().compareTo(code) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int end = low;
    while (end < LINES.size() && LINES.get(end).code().equals(code)) {
      end++;
    }
    return LINES.subList(low, end);
  }

  /**
   * Any day, a border of a month or a year, or a day on or beside one on which the code changed.
   */
  private static LocalDate day(String code, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> {
        return LocalDate.ofEpochDay(random.nextLong(-10_000, 21_000));
      }
      case 1 -> {
        int year = random.nextInt(1942, 2028);
        String border = BORDERS.get(random.nextInt(BORDERS.size()));
        return border.equals("02-29") && !LocalDate.of(year, 1, 1).isLeapYear()
            ? LocalDate.of(year, 2, 28)
            : LocalDate.parse(year + "-" + border);
      }
      default -> {
        List<Line> lines = linesOf(code);
        Line line = lines.get(random.nextInt(lines.size()));
        String border = line.to().isEmpty() || random.nextBoolean() ? line.from() : line.to();
        return LocalDate.parse(border).plusDays(random.nextInt(3) - 1);
      }
    }
  }
}
