package fr.pivot.importing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.Catalog;
import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.formats.ReleaseTarget.SeriesRows;
import fr.pivot.importing.StagingStore.Standing;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import fr.pivot.referential.correspondence.Match;
import io.micronaut.context.ApplicationContext;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What files state is put aside in one transaction; what cannot be is told. */
@PivotTest(Holding.EMPTY_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StagingTest {

  private static final Coverage WHOLE = Coverage.whole(Set.of());
  private static final Validity ALWAYS = new Validity(null, null);

  private final TestDatabase database;
  private final ApplicationContext context;

  @SuppressWarnings("NullAway.Init")
  private Connection connection;

  @SuppressWarnings("NullAway.Init")
  private DSLContext sql;

  @SuppressWarnings("NullAway.Init")
  private Findings findings;

  @SuppressWarnings("NullAway.Init")
  private StagingStore staging;

  StagingTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  @BeforeAll
  void describe() {
    Synthetic.describe(context, "fruits");
  }

  @BeforeEach
  void begin() throws SQLException {
    Catalog catalog = Imports.registry(context).catalog();
    connection = database.connect();
    connection.setAutoCommit(false);
    sql = DSL.using(connection, SQLDialect.POSTGRES);
    findings = new Findings();
    staging = new StagingStore(connection, catalog::findReferential, findings);
  }

  @AfterEach
  void end() throws SQLException {
    connection.rollback();
    connection.close();
  }

  private static ReleaseHead head(int year) {
    return new ReleaseHead(
        "fruits", Integer.toString(year), LocalDate.of(year, 1, 1), null, List.of());
  }

  private static ConceptState fruit(String code, String label) {
    return new ConceptState(code, ALWAYS, "item", label, Map.of(), Map.of(), false);
  }

  private List<String> staged(String query) {
    return sql.fetch(query).map(row -> row.get(0, String.class));
  }

  private List<String> told() {
    return findings.list().stream().map(f -> f.rule() + " " + f.value()).toList();
  }

  @Test
  void rows_are_staged_as_they_are_stated() throws SQLException {
    ReleaseRows rows = staging.openSeries(List.of(head(2025)), WHOLE).statedBy(0, 0);
    rows.concept(
        new ConceptState(
            "A1",
            new Validity(LocalDate.of(2020, 2, 29), LocalDate.of(2024, 1, 1)),
            "item",
            "a \\ \"b\"\n\té",
            Map.of("en", "b"),
            Map.of("x", "\\N"),
            true));
    rows.link(new Link("A1", Relation.BROADER, "fruits", "A", ALWAYS, false));
    rows.measure(new Measure("A1", "count", 7));
    staging.finish();
    assertThat(findings.list()).isEmpty();
    assertThat(
            staged(
                "select code || validity || level || derived || label || labels || attributes from stage_concept"))
        .containsExactly(
            "A1[2020-02-29,2024-01-01)itemtruea \\ \"b\"\n\té{\"en\": \"b\"}{\"x\": \"\\\\N\"}");
    assertThat(
            staged(
                "select code || relation || target_referential || target || validity from stage_link"))
        .containsExactly("A1broaderfruitsA(,)");
    assertThat(staged("select code || name || value from stage_measure"))
        .containsExactly("A1count7");
    assertThat(staged("select name || edition || position from stage_release"))
        .containsExactly("fruits2025" + LocalDate.of(2025, 1, 1).toEpochDay());
  }

  @Test
  void what_editions_that_follow_each_other_all_state_is_staged_once() throws SQLException {
    SeriesRows series = staging.openSeries(List.of(head(2023), head(2024), head(2025)), WHOLE);
    series.statedBy(0, 2).concept(fruit("A1", "Apples"));
    series.statedBy(1, 1).concept(fruit("A2", "Pears"));
    staging.finish();
    assertThat(staged("select code || first || last from stage_concept order by code"))
        .containsExactly("A102", "A211");
    assertThat(staging.releases())
        .extracting(s -> s.head().edition())
        .containsExactly("2023", "2024", "2025");
  }

  @Test
  void what_cannot_be_a_statement_is_told_and_not_staged() throws SQLException {
    ReleaseRows rows = staging.openSeries(List.of(head(2025)), WHOLE).statedBy(0, 0);
    rows.concept(fruit("1", "no code of fruits"));
    rows.concept(new ConceptState("A2", ALWAYS, "tree", "A", Map.of(), Map.of(), false));
    rows.concept(fruit("A3", "a\0b"));
    rows.link(new Link("A4", Relation.BROADER, "Fruits!", "A", ALWAYS, false));
    rows.link(new Link("A4", Relation.BROADER, "fruits", "", ALWAYS, false));
    rows.measure(new Measure("a", "count", 1));
    staging.finish();
    assertThat(told())
        .containsExactly(
            Rule.MALFORMED_CODE + " 1",
            Rule.UNKNOWN_LEVEL + " tree",
            Rule.MALFORMED_TEXT + " A3",
            Rule.MALFORMED_CODE + " Fruits!:A",
            Rule.MALFORMED_CODE + " fruits:",
            Rule.MALFORMED_CODE + " a");
    for (String table : List.of("stage_concept", "stage_link", "stage_measure")) {
      assertThat(staged("select count(*) from " + table)).as(table).containsExactly("0");
    }
  }

  @Test
  void rows_of_a_referential_that_nobody_described_are_told_once() throws SQLException {
    ReleaseHead stones =
        new ReleaseHead("stones", "2025", LocalDate.of(2025, 1, 1), null, List.of());
    staging.openSeries(List.of(stones), WHOLE).statedBy(0, 0).concept(fruit("A1", "Agate"));
    staging.finish();
    assertThat(told()).containsExactly(Rule.UNKNOWN_REFERENTIAL + " stones");
    assertThat(staging.releases()).isEmpty();
  }

  private static CorrespondenceHead table(String id) {
    return new CorrespondenceHead(
        id,
        new Text("x", "x"),
        "x",
        null,
        new Side("fruits", "2024"),
        new Side("fruits", "2025"),
        null,
        List.of());
  }

  private static Association line(String source, String target, @Nullable String share) {
    return new Association(
        source,
        target,
        Match.NARROWER,
        share == null ? null : new BigDecimal(share),
        share == null ? null : "count",
        Map.of());
  }

  @Test
  void lines_of_a_table_are_counted_as_in_a_file_with_a_header() throws SQLException {
    Consumer<Association> lines = staging.openCorrespondence(table("fruits"));
    lines.accept(line("A1", "A2", "0.50"));
    lines.accept(line("", "A2", null));
    lines.accept(line("A1", "A2", "1.01"));
    lines.accept(line("A1", "A3\0", null));
    lines.accept(line("A1", "A3", "1E0"));
    staging.finish();
    assertThat(staged("select line || source_code || target_code || share from stage_association"))
        .containsExactly("2A1A20.5", "6A1A31");
    assertThat(findings.list())
        .extracting(Finding::rule)
        .containsExactly(Rule.MALFORMED_CODE, Rule.CORRESPONDENCE_SHARE, Rule.MALFORMED_CODE);
    assertThat(findings.list())
        .extracting(f -> f.place().line() + " " + f.place().column())
        .containsExactly("3 source", "4 share", "5 target");
  }

  @Test
  void a_second_table_of_one_name_is_told_and_its_lines_are_dropped() throws SQLException {
    staging.openWaitingCorrespondence(table("fruits")).accept(line("A1", "A2", null));
    staging.openCorrespondence(table("fruits")).accept(line("A1", "A3", null));
    staging.openCorrespondence(table("Fruits")).accept(line("A1", "A3", null));
    staging.finish();
    assertThat(told())
        .containsExactly(Rule.CORRESPONDENCE_ID + " fruits", Rule.CORRESPONDENCE_ID + " Fruits");
    assertThat(staged("select target_code from stage_association")).containsExactly("A2");
    assertThat(staging.correspondences())
        .extracting(StagingStore.StagedCorrespondence::standing)
        .containsExactly(Standing.MAY_WAIT);
  }

  @Test
  void nothing_of_it_is_left_when_the_transaction_ends() throws SQLException {
    staging.openSeries(List.of(head(2025)), WHOLE).statedBy(0, 0).concept(fruit("A1", "Apples"));
    staging.finish();
    assertThat(database.value("select count(*) from concept")).isEqualTo("0");
    connection.commit();
    assertThat(database.value("select count(*) from pg_class where relpersistence = 't'"))
        .isEqualTo("0");
    assertThat(database.value("select count(*) from concept")).isEqualTo("0");
  }
}
