package fr.pivot.formats.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.publishing.PackWriter;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Validity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackFormatTest {

  private static final LocalDate DAY_2025 = LocalDate.of(2025, 1, 1);
  private static final LocalDate DAY_2026 = LocalDate.of(2026, 1, 1);

  private static final ConceptState CONQUES =
      new ConceptState(
          "12076",
          new Validity(LocalDate.of(2016, 1, 1), DAY_2025),
          "commune",
          "Conques-en-Rouergue",
          Map.of("en", "Conques, \"in\" Rouergue"),
          Map.of("typeLiaison", "0"),
          true);
  private static final ConceptState SEAT =
      new ConceptState(
          "12218",
          Validity.since(DAY_2025),
          "commune",
          "Conques-en-Rouergue",
          Map.of(),
          Map.of(),
          false);
  private static final Link TO_DEPARTEMENT =
      new Link("12218", Relation.BROADER, "departements", "12", Validity.since(DAY_2025), true);
  private static final Succession RECODED =
      new Succession(
          DAY_2025, "12076", "communes", "12218", SuccessionKind.RECODED, "50, verbatim", false);
  private static final Succession CEASED =
      new Succession(DAY_2025, "12076", "communes", null, SuccessionKind.CEASED, null, true);

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  Path folder;

  @Test
  void what_is_written_is_read_back() throws IOException {
    PackWriter writer = new PackWriter(communes(), head("2025", DAY_2025), null, folder);
    writer.concept(SEAT);
    writer.concept(CONQUES);
    writer.link(TO_DEPARTEMENT);
    writer.succession(RECODED);
    writer.succession(CEASED);
    writer.measure(new Measure("12218", "population", 1547));
    writer.finish();

    Findings findings = new Findings();
    List<ReadRelease> releases = ReadRelease.readAll(folder, findings);

    assertThat(findings.list()).isEmpty();
    assertThat(releases).hasSize(1);
    ReadRelease release = releases.getFirst();
    assertThat(release.head()).isEqualTo(head("2025", DAY_2025));
    assertThat(release.coverage().links()).contains("departements", "epci");
    assertThat(release.states()).containsExactly(CONQUES, SEAT);
    assertThat(release.links()).containsExactly(TO_DEPARTEMENT);
    assertThat(release.successions()).containsExactly(CEASED, RECODED);
    assertThat(release.measures()).containsExactly(new Measure("12218", "population", 1547));
  }

  @Test
  void several_editions_share_the_rows_that_did_not_change() throws IOException {
    PackWriter writer = new PackWriter(communes(), head("2024", day(2024)), null, folder);
    fill(writer, CONQUES);
    writer.begin(head("2025", DAY_2025));
    fill(writer, CONQUES, SEAT);
    writer.begin(head("2026", DAY_2026));
    fill(writer, CONQUES);
    writer.measure(new Measure("12076", "population", 1600));
    writer.finish();

    Findings findings = new Findings();
    List<ReadRelease> releases = ReadRelease.readAll(folder, findings);

    assertThat(findings.list()).isEmpty();
    assertThat(releases)
        .extracting(r -> r.head().edition())
        .containsExactly("2024", "2025", "2026");
    assertThat(releases.get(0).states()).containsExactly(CONQUES);
    assertThat(releases.get(1).states()).containsExactly(CONQUES, SEAT);
    assertThat(releases.get(2).states()).containsExactly(CONQUES);
    assertThat(releases.get(1).measures()).isEmpty();
    assertThat(releases.get(2).measures()).hasSize(1);
  }

  @Test
  void the_order_of_the_rows_does_not_change_a_byte() throws IOException {
    PackWriter one = new PackWriter(communes(), head("2025", DAY_2025), null, folder.resolve("1"));
    fill(one, CONQUES, SEAT);
    one.finish();
    PackWriter two = new PackWriter(communes(), head("2025", DAY_2025), null, folder.resolve("2"));
    fill(two, SEAT, CONQUES);
    two.finish();
    for (String name : List.of("datapackage.json", "concepts.csv.gz")) {
      assertThat(folder.resolve("1").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("2").resolve(name));
    }
    assertThat(folder.resolve("1").resolve("links.csv.gz")).doesNotExist();
  }

  @Test
  void every_fault_is_said_with_its_line_and_column() throws IOException {
    assertThat(
            findings(
                """
                code,from,to,level,label,derived
                01001,1943-13-01,,commune,L'Abergement-Clémenciat,
                ,1943-01-01,,commune,Nowhere,
                01002,1943-01-01,1943-01-01,commune,L'Abergement-de-Varey,
                01004,1943-01-01,,commune
                01005,1943-01-01,,commune,Ambérieux-en-Dombes,maybe
                """))
        .extracting(Finding::rule, Finding::place, Finding::value)
        .containsExactly(
            fault(Rule.MALFORMED_DATE, 2, "from", "1943-13-01"),
            fault(Rule.EMPTY_VALUE, 3, "code", ""),
            fault(Rule.EMPTY_VALIDITY, 4, "to", "1943-01-01, 1943-01-01"),
            fault(Rule.RAGGED_ROW, 5, null, "4"),
            fault(Rule.UNREADABLE_FILE, 6, "derived", "maybe"));
  }

  @Test
  void a_missing_column_is_named() throws IOException {
    assertThat(findings("code,from,to,label\n01001,,,L'Abergement-Clémenciat\n"))
        .extracting(Finding::rule, Finding::place, Finding::value)
        .containsExactly(fault(Rule.MISSING_COLUMN, 1, "level", "level"));
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() throws IOException {
    byte[] latin1 =
        "code,from,to,level,label\n01005,,,commune,Ambérieux-en-Dombes\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(findings(latin1, ""))
        .extracting(Finding::rule)
        .containsExactly(Rule.UNREADABLE_FILE);
  }

  @Test
  void a_file_that_was_changed_after_it_was_written_is_refused() throws IOException {
    byte[] content =
        "code,from,to,level,label\n01004,,,commune,Ambérieu-en-Bugey\n"
            .getBytes(StandardCharsets.UTF_8);
    String hash = ", \"pivot:contentHash\": \"sha256:" + "0".repeat(64) + "\"";
    assertThat(findings(content, hash))
        .extracting(Finding::rule, Finding::place)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Rule.UNREADABLE_FILE, Place.file("concepts.csv")));
  }

  @Test
  void a_number_must_be_whole() throws IOException {
    assertThat(
            findings(
                List.of(
                    file("datapackage.json", packageOf("measures", "")),
                    file("concepts.csv", "code,from,to,level,label\n"),
                    file("measures.csv", "code,name,value\n01001,population,8 60\n"))))
        .extracting(Finding::rule, Finding::place, Finding::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Rule.MALFORMED_NUMBER, new Place("measures.csv", 2, "value"), "8 60"));
  }

  @Test
  void a_file_that_the_package_names_must_be_there() throws IOException {
    assertThat(findings(List.of(file("datapackage.json", packageOf("links", "")))))
        .extracting(Finding::rule, f -> f.place().file())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Rule.MISSING_FILE, "concepts.csv.gz"),
            org.assertj.core.groups.Tuple.tuple(Rule.MISSING_FILE, "links.csv.gz"));
    assertThat(findings(List.of(file("concepts.csv", "code\n"))))
        .extracting(Finding::rule)
        .containsExactly(Rule.MISSING_FILE);
  }

  @Test
  void a_package_that_is_not_json_or_says_too_little_is_refused() throws IOException {
    for (String json : List.of("", "[]", "null", "{\"pivot\":", "{}", "{\"pivot\": 3}")) {
      assertThat(findings(List.of(file("datapackage.json", json))))
          .as(json)
          .isNotEmpty()
          .allMatch(f -> f.rule() == Rule.UNREADABLE_FILE);
    }
  }

  @Test
  void a_descriptor_says_all_that_is_wrong_with_it() {
    String json =
        """
        {"id": "Communes", "kind": "list", "title": {"fr": "Communes"}, "publisher": "Insee",
         "homepage": "https://www.insee.fr/", "code": {"pattern": "[", "check": "none"},
         "description": {"fr": "…", "en": "…"}, "levels": [], "headers": ["insee", 5, "insee"],
         "partial": "yes", "shortNames": [{"text": "PACA"}],
         "usage": {"locates": 1, "area": "[", "filesSince": "1968"}}
        """;
    assertThatThrownBy(
            () ->
                DescriptorReader.read(
                    "descriptor.json",
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "id: must be small letters",
            "kind: must be one of territory, entity, nomenclature",
            "title.en: missing",
            "code.pattern: is not a regular expression",
            "code.example: missing",
            "levels: at least one",
            "headers[1]: must be a text",
            "headers: two are called insee",
            "partial: must be true or false",
            "shortNames[0].label: missing",
            "usage.locates: must be true or false",
            "usage.area: is not a regular expression",
            "usage.filesSince: must be a date");
  }

  private static org.assertj.core.groups.Tuple fault(
      Rule rule, long line, @Nullable String column, String value) {
    return org.assertj.core.groups.Tuple.tuple(
        rule, new Place("concepts.csv", line, column), value);
  }

  private static List<Finding> findings(String concepts) throws IOException {
    return findings(concepts.getBytes(StandardCharsets.UTF_8), "");
  }

  private static List<Finding> findings(byte[] concepts, String members) throws IOException {
    return findings(
        List.of(
            file("datapackage.json", packageOf(null, members)),
            new InputFile("concepts.csv", () -> new ByteArrayInputStream(concepts))));
  }

  private static List<Finding> findings(List<InputFile> files) throws IOException {
    Findings findings = new Findings();
    ReadRelease.readAll(files, new ReadOptions(null, false), findings);
    return findings.list();
  }

  private static String packageOf(@Nullable String other, String members) {
    List<String> resources = new ArrayList<>();
    resources.add("{\"name\": \"concepts\", \"path\": \"concepts.csv.gz\"" + members + "}");
    if (other != null) {
      resources.add("{\"name\": \"%s\", \"path\": \"%s.csv.gz\"}".formatted(other, other));
    }
    return """
    {"name": "communes-2025", "resources": [%s],
     "pivot": {"format": 1, "referential": "communes", "edition": "2025",
               "referenceDate": "2025-01-01", "issued": null, "sources": [], "links": []}}
    """
        .formatted(String.join(", ", resources));
  }

  private static InputFile file(String name, String content) {
    return new InputFile(
        name, () -> new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
  }

  private static void fill(ReleaseRows rows, ConceptState... states) {
    Stream.of(states).forEach(rows::concept);
  }

  private static LocalDate day(int year) {
    return LocalDate.of(year, 1, 1);
  }

  private static ReleaseHead head(String edition, LocalDate day) {
    return new ReleaseHead(
        "communes",
        edition,
        day,
        day.plusMonths(1),
        List.of(new SourceFile("source.tgz", "npm source 1.0", "00ff", 12)));
  }

  private static Referential communes() throws IOException {
    try (var in = Files.newInputStream(Path.of("referentials/communes/descriptor.json"))) {
      return DescriptorReader.read("communes", in);
    }
  }
}
