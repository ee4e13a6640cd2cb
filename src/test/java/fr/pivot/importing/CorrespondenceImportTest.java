package fr.pivot.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.Await;
import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.VerificationStore;
import fr.pivot.finding.Finding;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.importing.Synthetic.Table;
import fr.pivot.publishing.CorrespondencePack;
import fr.pivot.publishing.ReleaseExport;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.Registries;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Correspondences on their way in: staged, checked, published whole or not at all. */
@PivotTest(Holding.EMPTY_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorrespondenceImportTest {

  private final TestDatabase database;
  private final ApplicationContext context;
  private String left;
  private String right;
  private String id;

  CorrespondenceImportTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  /** Two referentials of the codes A0, A1, A2. */
  @BeforeEach
  void describe() {
    left = Synthetic.describe(context);
    right = Synthetic.describe(context);
    id = left + '.' + right;
    Imports.published(Synthetic.run(context, List.of(Synthetic.uniform(left, 2025, 3, "left"))));
    Imports.published(Synthetic.run(context, List.of(Synthetic.uniform(right, 2026, 3, "right"))));
  }

  private Table table(String... pairs) {
    return Table.of(id, left + "@2025", right + "@2026", pairs);
  }

  private Table table(List<Association> lines) {
    return new Table(Table.head(id, left + "@2025", right + "@2026"), lines);
  }

  private ImportOutcome run(Table table) {
    return Synthetic.run(context, List.of(), List.of(table), Importer.Progress.SILENT);
  }

  private static Association line(
      String source, String target, Match match, @Nullable String share) {
    return new Association(
        source,
        target,
        match,
        share == null ? null : new BigDecimal(share),
        share == null ? null : "count",
        Map.of());
  }

  private Correspondence published() {
    return Imports.registry(context).findCorrespondence(id).orElseThrow();
  }

  private static List<Finding> findings(ImportOutcome outcome, Rule rule) {
    return outcome.findings().list().stream().filter(f -> f.rule() == rule).toList();
  }

  @Test
  void a_table_is_published_with_its_head_its_lines_and_its_files() {
    Association shared =
        new Association(
            "A1",
            "A0",
            Match.NARROWER,
            new BigDecimal("0.250"),
            "population",
            Map.of("comment", "a \\ \"b\"\n"));
    Association rest = line("A1", "A1", Match.NARROWER, "0.75");
    Association exact = line("A0", "A2", Match.EXACT, null);
    ImportOutcome.Published outcome = Imports.published(run(table(List.of(shared, exact, rest))));
    assertThat(outcome.releases()).isEmpty();
    assertThat(outcome.correspondences()).hasSize(1);
    Correspondence read = published();
    assertThat(outcome.correspondences().getFirst().digest()).isEqualTo(read.digest());
    assertThat(read.head().title().fr()).isEqualTo("Table");
    assertThat(read.head().source().toString()).isEqualTo(left + "@2025");
    assertThat(read.head().target().toString()).isEqualTo(right + "@2026");
    assertThat(read.head().sources()).extracting("name").containsExactly("made-up.csv");
    assertThat(read.listAssociations())
        .containsExactly(
            exact,
            new Association(
                "A1",
                "A0",
                Match.NARROWER,
                new BigDecimal("0.25"),
                "population",
                Map.of("comment", "a \\ \"b\"\n")),
            rest);
    assertThat(read.listTo("A1")).containsExactly(rest);
    assertThat(findings(outcome, Rule.CORRESPONDENCE_UNCOVERED))
        .containsExactly(
            new Finding(Rule.CORRESPONDENCE_UNCOVERED, new Place(id, 0, "source"), "1: A2", null));
  }

  @Test
  void a_table_may_come_with_the_edition_that_it_leads_to() {
    ImportOutcome.Published outcome =
        Imports.published(
            Synthetic.run(
                context,
                List.of(Synthetic.uniform(right, 2027, 2, "new")),
                List.of(Table.of(id, left + "@2025", right + "@2027", "A0-A1")),
                Importer.Progress.SILENT));
    assertThat(outcome.releases()).hasSize(1);
    assertThat(outcome.correspondences()).hasSize(1);
    assertThat(published().head().target().edition()).isEqualTo("2027");
  }

  @Test
  void the_same_lines_again_change_nothing_and_other_lines_replace_the_table_whole() {
    Imports.published(run(table("A0-A0", "A1-A1")));
    Correspondence first = published();
    String before = database.fingerprint();
    assertThat(Imports.alreadyPublished(run(table("A0-A0", "A1-A1")))).containsExactly(id);
    assertThat(Imports.alreadyPublished(run(table("A1-A1", "A0-A0")))).containsExactly(id);
    assertThat(database.fingerprint()).isEqualTo(before);
    assertThat(published()).isSameAs(first);

    Imports.published(run(table("A2-A2")));
    assertThat(published().listAssociations()).containsExactly(line("A2", "A2", Match.EXACT, null));
    assertThat(published().digest()).isNotEqualTo(first.digest());
    // The first files again: what they made was superseded, so that they are published anew.
    Imports.published(run(table("A0-A0", "A1-A1")));
    assertThat(published().digest()).isEqualTo(first.digest());
    assertThat(database.value("select count(*) from correspondence where name = ?", id))
        .isEqualTo("3");
  }

  @Test
  void the_same_lines_between_other_editions_are_another_table() {
    Imports.published(Synthetic.run(context, List.of(Synthetic.uniform(left, 2026, 3, "left"))));
    Imports.published(run(table("A0-A0")));
    Imports.published(run(Table.of(id, left + "@2026", right + "@2026", "A0-A0")));
    assertThat(published().head().source().edition()).isEqualTo("2026");
  }

  @Test
  void a_side_that_is_not_published_refuses_the_table() {
    String before = database.fingerprint();
    ImportOutcome outcome = run(Table.of(id, left + "@2025", right + "@1999", "A0-A0"));
    Imports.rejected(outcome);
    assertThat(outcome.findings().list())
        .containsExactly(
            new Finding(
                Rule.CORRESPONDENCE_SIDE, new Place(id, 0, "target"), right + "@1999", null));
    assertThat(database.fingerprint()).isEqualTo(before);
  }

  @Test
  void codes_that_a_side_does_not_have_are_told_line_by_line() {
    ImportOutcome outcome = run(table("A0-A0", "A9-A1", "A2-B"));
    Imports.rejected(outcome);
    assertThat(findings(outcome, Rule.CORRESPONDENCE_CODE))
        .containsExactly(
            new Finding(Rule.CORRESPONDENCE_CODE, new Place(id, 3, "source"), "A9", left + "@2025"),
            new Finding(
                Rule.CORRESPONDENCE_CODE, new Place(id, 4, "target"), "B", right + "@2026"));
    assertThat(Imports.registry(context).findCorrespondence(id)).isEmpty();
  }

  @Test
  void a_pair_said_twice_is_a_warning_and_a_pair_said_differently_an_error() {
    ImportOutcome repeated = run(table("A0-A0", "A1-A1", "A0-A0"));
    Imports.published(repeated);
    assertThat(findings(repeated, Rule.CORRESPONDENCE_REPEAT))
        .containsExactly(
            new Finding(Rule.CORRESPONDENCE_REPEAT, new Place(id, 4, null), "A0 → A0", null));
    assertThat(published().listAssociations()).hasSize(2);
    assertThat(
            database.value(
                "select associations from correspondence where name = ? and state = 'published'",
                id))
        .isEqualTo("2");
    // The digest is that of the lines, however often each was said.
    assertThat(Imports.alreadyPublished(run(table("A0-A0", "A1-A1")))).containsExactly(id);

    ImportOutcome conflict =
        run(
            table(
                List.of(line("A0", "A0", Match.EXACT, null), line("A0", "A0", Match.CLOSE, null))));
    Imports.rejected(conflict);
    assertThat(findings(conflict, Rule.CORRESPONDENCE_CONFLICT))
        .containsExactly(
            new Finding(Rule.CORRESPONDENCE_CONFLICT, new Place(id, 3, null), "A0 → A0", null));
  }

  @Test
  void shares_of_a_source_sum_to_one() {
    ImportOutcome outcome =
        run(
            table(
                List.of(
                    line("A0", "A0", Match.NARROWER, "0.333"),
                    line("A0", "A1", Match.NARROWER, "0.333"),
                    line("A0", "A2", Match.NARROWER, "0.333"),
                    line("A1", "A0", Match.NARROWER, "0.4"),
                    line("A1", "A1", Match.NARROWER, "0.4"),
                    line("A2", "A0", Match.NARROWER, "0.4"),
                    line("A2", "A1", Match.NARROWER, null))));
    Imports.rejected(outcome);
    assertThat(outcome.findings().list())
        .containsExactly(
            new Finding(Rule.CORRESPONDENCE_SHARES, new Place(id, 5, "share"), "A1: 0.8", null));
    ImportOutcome beyond = run(table(List.of(line("A0", "A0", Match.EXACT, "1.5"))));
    assertThat(findings(Imports.rejected(beyond), Rule.CORRESPONDENCE_SHARE)).hasSize(1);
  }

  @Test
  void the_table_goes_on_when_an_edition_is_imported_again() {
    Imports.published(run(table("A0-A0", "A1-A1", "A2-A2")));
    Correspondence before = published();
    Imports.published(
        Synthetic.run(context, List.of(Synthetic.uniform(right, 2026, 4, "corrected"))));
    assertThat(published()).isSameAs(before);
    // It is checked against the edition as it is now.
    Imports.published(run(table("A0-A3")));
  }

  @Test
  void of_two_imports_of_one_table_one_wins_and_the_other_is_told() {
    List<ImportConflictException> told = new ArrayList<>();
    Imports.published(
        Synthetic.run(
            context,
            List.of(),
            List.of(table("A0-A0")),
            step -> {
              if (step.equals("checking")) {
                assertThatThrownBy(() -> run(table("A1-A1")))
                    .isInstanceOfSatisfying(ImportConflictException.class, told::add);
                // Another table is free.
                Imports.published(
                    run(Table.of(id + "-b", left + "@2025", right + "@2026", "A0-A1")));
                // Nothing is seen before the commit.
                assertThat(Imports.registry(context).findCorrespondence(id)).isEmpty();
              }
            }));
    assertThat(told).hasSize(1);
    assertThat(published().listAssociations()).containsExactly(line("A0", "A0", Match.EXACT, null));
  }

  @Test
  void an_import_that_is_cut_off_leaves_nothing() {
    Imports.published(run(table("A0-A0")));
    for (String point : List.of("checking", "publishing")) {
      String before = database.fingerprint();
      assertThatThrownBy(
              () ->
                  Synthetic.run(
                      context,
                      List.of(),
                      List.of(table("A0-A1", "A1-A0")),
                      step -> {
                        if (step.equals(point)) {
                          database.lines(
                              """
                              select pg_terminate_backend(pid) from pg_stat_activity
                               where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'
                              """);
                        }
                      }))
          .as(point)
          .isInstanceOf(RuntimeException.class);
      assertThat(database.fingerprint()).as(point).isEqualTo(before);
    }
    Imports.published(run(table("A0-A1", "A1-A0")));
  }

  @Test
  void another_node_hears_of_a_table() {
    try (ApplicationContext other = database.start()) {
      Registries registries = other.getBean(Registries.class);
      registries.refresh();
      registries.follow();
      Imports.published(run(table("A0-A0")));
      Await.until(
          "the other node has the table",
          Duration.ofSeconds(20),
          () -> registries.current().findCorrespondence(id).isPresent());
    }
  }

  @Test
  void a_pack_says_the_same_there_and_back(@TempDir Path folder) throws IOException {
    Association odd =
        new Association(
            "A1",
            "A0",
            Match.CLOSE,
            new BigDecimal("0.25"),
            "population",
            Map.of("Remarque", "a, \"b\"", "note", "line\nbreak"));
    Imports.published(
        run(
            table(
                List.of(
                    odd,
                    line("A1", "A1", Match.NARROWER, "0.75"),
                    line("A2", "A2", Match.EXACT, null)))));
    Correspondence first = published();
    // Named so that the table comes before its sides.
    CorrespondencePack.write(first, folder.resolve("a/table"));
    byte[] bytes = Files.readAllBytes(folder.resolve("a/table/associations.csv.gz"));
    assertThat(Imports.alreadyPublished(Imports.pack(context, folder.resolve("a/table"))))
        .containsExactly(id);
    Registry registry = Imports.registry(context);
    for (String side : List.of(left, right)) {
      ReleaseExport.write(
          registry.findCodes(side).orElseThrow(),
          registry.catalog().findLatest(side).orElseThrow(),
          folder.resolve(side).resolve("pack"));
      Files.writeString(
          folder.resolve(side).resolve("descriptor.json"), Synthetic.descriptor(side));
    }
    try (TestDatabase other = TestDatabase.empty();
        ApplicationContext elsewhere = other.start()) {
      ShippedReferentials shipped = elsewhere.getBean(ShippedReferentials.class);
      assertThat(shipped.publishMissing(folder, Importer.Progress.SILENT)).isEmpty();
      assertThat(shipped.publishMissing(folder, Importer.Progress.SILENT)).isEmpty();
      Correspondence back = Imports.registry(elsewhere).findCorrespondence(id).orElseThrow();
      assertThat(back.digest()).isEqualTo(first.digest());
      assertThat(back.head()).isEqualTo(first.head());
      assertThat(back.listAssociations()).isEqualTo(first.listAssociations());
      CorrespondencePack.write(back, folder.resolve("again"));
      assertThat(Files.readAllBytes(folder.resolve("again/associations.csv.gz"))).isEqualTo(bytes);
    }
  }

  @Test
  void a_damaged_pack_is_refused_with_the_place_of_what_is_wrong(@TempDir Path folder)
      throws IOException {
    Imports.published(run(table("A0-A0")));
    CorrespondencePack.write(published(), folder);
    Path csv = folder.resolve("associations.csv.gz");
    Files.writeString(
        csv, "source,target,match,share,basis\nA0,A0,exact,,\nA1,,exact,,\nA2,A2,same,1,\n");
    ImportOutcome outcome = Imports.pack(context, folder);
    Imports.rejected(outcome);
    assertThat(outcome.findings().list())
        .extracting(f -> f.rule().code() + ' ' + f.place().line() + ' ' + f.place().column())
        .containsExactly(
            "empty-value 3 target",
            "correspondence-match 4 match",
            "empty-value 4 basis",
            "unreadable-file 0 null");
    Path json = folder.resolve("datapackage.json");
    Files.writeString(json, Files.readString(json).replace("\"edition\"", "\"edition_\""));
    assertThat(Imports.rejected(Imports.pack(context, folder)).findings().list())
        .extracting(f -> String.valueOf(f.place().column()))
        .containsExactly("pivot.source.edition", "pivot.target.edition");
  }

  @Test
  void what_was_changed_behind_its_back_is_found() {
    VerificationStore verification = context.getBean(VerificationStore.class);
    Imports.published(run(table("A0-A0", "A1-A1")));
    assertThat(verification.verify().brokenCorrespondences()).isEmpty();
    String change =
        """
        update association set match = ? where source_code = 'A1'
           and correspondence = (select id from correspondence where name = ? and state = 'published')
        """;
    database.sql(s -> s.execute(change, "close", id));
    assertThat(verification.verify().brokenCorrespondences()).containsExactly(id);
    assertThat(verification.verify().isSound()).isFalse();
    database.sql(s -> s.execute(change, "exact", id));
    assertThat(verification.verify().isSound()).isTrue();
  }
}
