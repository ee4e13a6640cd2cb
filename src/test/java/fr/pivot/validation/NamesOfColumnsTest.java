package fr.pivot.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Release;
import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.referential.Language;
import fr.pivot.referential.Referential;
import fr.pivot.registry.CodeLists;
import fr.pivot.registry.Codes;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.validation.detection.ColumnNames;
import fr.pivot.validation.detection.ColumnSample;
import fr.pivot.validation.detection.Detector;
import fr.pivot.validation.detection.Detector.Candidate;
import fr.pivot.validation.detection.Detector.Content;
import fr.pivot.validation.plan.Request;
import fr.pivot.validation.rows.FileCheck;
import fr.pivot.validation.value.CodeCheck;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Verdict;
import fr.pivot.validation.value.Yardstick;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a column is called proposes what it holds, and never decides it: for every referential, and
 * every name that its descriptor knows, those that ship and an account plan.
 */
class NamesOfColumnsTest {

  /** Values of columns that are called as referentials are, in files as people published them. */
  private static final List<String> FOREIGN =
      List.of(
          // SCDL, subventions: nature
          "aide en numéraire",
          "aide en numéraire;aide en nature",
          // DECP: nature, titulaire_id_2, lieuExecution.typeCode
          "Marché de partenariat",
          "CDL",
          "Code département",
          // Friches: activite_code, and a day
          "B05.10Z|V89.04Z",
          "2019-06-23");

  @SuppressWarnings("NullAway.Init")
  private static Detector detector;

  @BeforeAll
  static void read() throws IOException {
    detector = Plans.beside(new ReadRegistry().readShipped());
  }

  private static Collection<Referential> referentials() {
    return detector.registry().catalog().listReferentials();
  }

  private static List<String> names(Referential referential) {
    List<String> names = new ArrayList<>(referential.headers());
    names.add(referential.id());
    return names;
  }

  private static FileCheck check(String column, List<String> values) throws IOException {
    StringBuilder file = new StringBuilder(column).append("\tx\n");
    values.forEach(value -> file.append(value).append("\t1\n"));
    Overrides overrides = new Overrides(UTF_8, '\t', 1, null);
    TabularFile.Opened opened =
        (TabularFile.Opened)
            TabularFile.open(
                "f.tsv", new ByteArrayInputStream(file.toString().getBytes(UTF_8)), overrides);
    try (FileCheck check =
        FileCheck.begin(detector, opened, Request.DETECTING, null, Language.ENGLISH)) {
      while (check.next() != null) {
        // The counts are what is asked for.
      }
      return check;
    }
  }

  private static long errors(FileCheck check) {
    return Arrays.stream(Rule.values())
        .filter(rule -> rule.severity() == Severity.ERROR)
        .mapToLong(check.total()::count)
        .sum();
  }

  @Test
  void a_name_above_values_of_something_else_makes_no_error() throws IOException {
    Map<String, Long> wrong = new TreeMap<>();
    int names = 0;
    for (Referential referential : referentials()) {
      Yardstick yardstick = detector.yardstick(referential);
      List<String> foreign =
          FOREIGN.stream().filter(value -> Detector.find(yardstick, value) == null).toList();
      for (String name : names(referential)) {
        names++;
        for (List<String> values : List.of(foreign, foreign.subList(0, 1))) {
          long errors = errors(check(name, values));
          if (errors > 0) {
            wrong.put(referential.id() + ' ' + name + ' ' + values.size(), errors);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(names).isGreaterThan(900);
  }

  @Test
  void a_name_above_the_codes_of_another_referential_is_not_believed() {
    List<String> wrong = new ArrayList<>();
    for (Referential referential : referentials()) {
      Yardstick yardstick = detector.yardstick(referential);
      for (Referential other : referentials()) {
        Codes book = detector.registry().findCodes(other.id()).orElse(null);
        if (book == null || other.id().equals(referential.id())) {
          continue;
        }
        ColumnSample column = new ColumnSample(referential.headers().getFirst(), 0);
        List<String> codes = CodeLists.all(book);
        IntStream.range(0, 40)
            .mapToObj(i -> codes.get(i * (codes.size() - 1) / 40))
            .filter(code -> Detector.find(yardstick, code) == null)
            .forEach(column::add);
        List<Candidate> candidates = detector.detect(column);
        if (!candidates.isEmpty()
            && candidates.getFirst().isAccepted()
            && candidates.getFirst().content() == Content.CODES
            && candidates.getFirst().referential().equals(referential)) {
          wrong.add(column.name() + " above " + column.counts().keySet());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** What is said beside the first finding. */
  private static String detail(FileCheck check) {
    return Objects.requireNonNull(check.total().findings().getFirst().verdict().detail()).en();
  }

  @Test
  void what_a_name_announces_in_vain_is_asked_and_told_once() throws IOException {
    FileCheck check = check("nature", List.of("aide en numéraire", "aide en numéraire"));
    assertThat(check.plan().bounds()).isEmpty();
    assertThat(check.total().count(Rule.UNCONFIRMED_COLUMN, 0)).isEqualTo(1);
    assertThat(detail(check))
        .isEqualTo(
            "By its name: Account plan M14, communes of more than 3,500 inhabitants; none of its"
                + " values is one of its codes.");
    FileCheck siren = check("siret", List.of("217500016", "218601946"));
    assertThat(siren.plan().bounds().getFirst().check().yardstick().referential().id())
        .isEqualTo("siren");
    assertThat(detail(siren))
        .isEqualTo(
            "By its name: SIRET; none of its values is one of its codes. It is checked as: SIREN"
                + " numbers.");
  }

  @Test
  void accounts_are_believed_where_they_are_some() throws IOException {
    FileCheck check = check("nature", List.of("7381", "7388", "7382"));
    assertThat(check.plan().bounds().getFirst().check().yardstick().notation())
        .isEqualTo("m14-com-sup3500@2024,2024-01-01");
    assertThat(errors(check)).isZero();
  }

  @Test
  void short_numbers_are_no_accounts_by_chance() throws IOException {
    // Three of five are accounts of the plan; the classes of another list may be all of them.
    FileCheck check = check("nature", List.of("7", "73", "738", "90", "99"));
    assertThat(check.plan().bounds()).isEmpty();
    assertThat(check.total().count(Rule.UNCONFIRMED_COLUMN, 0)).isEqualTo(1);
    assertThat(errors(check)).isZero();
  }

  @Test
  void what_one_of_several_like_plans_does_not_hold_is_asked() {
    CodeCheck asking = check("2018").asking();
    // 28051 is in M14 and M52, and in M57 until 2021.
    Verdict missing = asking.check("28051");
    assertThat(missing.rule()).isEqualTo(Rule.UNCONFIRMED_CODE);
    assertThat(missing.outcome()).isEqualTo(Outcome.UNKNOWN);
    Verdict older = asking.check("7382");
    assertThat(older.rule()).isEqualTo(Rule.UNCONFIRMED_CODE);
    assertThat(older.repair()).isNull();
    assertThat(String.valueOf(older.detail())).contains("dans les éditions 2014, 2024");
    assertThat(asking.check("7388").rule()).isNull();
    assertThat(asking.check(" 7388 ").rule()).isEqualTo(Rule.STRAY_CHARACTERS);
  }

  /** The name of a referential alone that says that codes stand below it; empty where none does. */
  private static Optional<String> kind(Referential referential) {
    return referential.headers().stream()
        .filter(ColumnNames::isCode)
        .filter(name -> detector.listCalled(name).equals(List.of(referential)))
        .findFirst();
  }

  private static List<String> inForce(Referential referential) {
    Yardstick yardstick = detector.yardstick(referential);
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    if (book == null || release == null || yardstick.isByRule()) {
      return List.of(referential.example());
    }
    List<String> codes = book.listInForce(release, yardstick.date());
    return IntStream.range(0, Math.min(6, codes.size()))
        .mapToObj(i -> codes.get(i * (codes.size() - 1) / 6))
        .toList();
  }

  @Test
  void codes_of_any_two_kinds_are_right_where_their_rows_say_which() throws IOException {
    Referential communes = detector.registry().catalog().findReferential("communes").orElseThrow();
    List<String> told = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Referential referential : referentials()) {
      Optional<String> kind = kind(referential);
      if (kind.isEmpty()) {
        continue;
      }
      List<String> rows = new ArrayList<>();
      List<String> codes = inForce(referential);
      if (codes.isEmpty()) {
        continue;
      }
      for (String code : codes) {
        rows.add(code + '\t' + kind.get());
        rows.add(inForce(communes).getFirst() + "\tCode commune");
      }
      FileCheck check = check("lieu.code\tlieu.type", rows);
      told.add(referential.id());
      long errors = errors(check);
      if (errors > 0 || check.plan().bounds().stream().noneMatch(b -> b.kindRank() == 1)) {
        wrong.add(referential.id() + ' ' + errors + ' ' + rows);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(told).contains("codes-postaux", "departements", "regions", "siret", "cpv", "naf");
  }

  // --- Of which edition ---

  private static CodeCheck check(String edition) {
    Referential plan =
        detector.registry().catalog().findReferential("m14-com-sup3500").orElseThrow();
    Release release =
        detector.registry().catalog().findRelease("m14-com-sup3500", edition).orElseThrow();
    return detector.check(
        Yardstick.of(detector.registry(), plan, release, release.head().referenceDate()));
  }

  @Test
  void a_code_of_an_older_and_of_a_younger_edition_is_not_told_to_be_of_the_younger() {
    Verdict verdict = check("2018").check("7382");
    assertThat(verdict.rule()).isEqualTo(Rule.CODE_OF_ANOTHER_EDITION);
    assertThat(verdict.outcome()).isEqualTo(Outcome.OBSOLETE);
    assertThat(verdict.repair()).isNull();
    assertThat(String.valueOf(verdict.detail()))
        .contains("7382 Permis de chasser, dans les éditions 2014, 2024")
        .contains("7382 Permis de chasser, in the editions 2014, 2024");
  }

  @Test
  void editions_that_fit_alike_are_those_of_the_day() {
    Referential plan =
        detector.registry().catalog().findReferential("m14-com-sup3500").orElseThrow();
    ColumnSample all = new ColumnSample("nature", 0);
    List.of("7381", "7388").forEach(all::add);
    assertThat(edition(plan, all, "2026-03-01")).isEqualTo("2024");
    assertThat(edition(plan, all, "2019-03-01")).isEqualTo("2018");
    assertThat(edition(plan, all, "2010-03-01")).isEqualTo("2014");
    all.add("7382");
    assertThat(edition(plan, all, "2019-03-01")).isEqualTo("2014");
  }

  private static String edition(Referential plan, ColumnSample column, String day) {
    Yardstick fitting = detector.fitting(plan, column, LocalDate.parse(day));
    return Objects.requireNonNull(fitting.release()).edition();
  }
}
