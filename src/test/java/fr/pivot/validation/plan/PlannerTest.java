package fr.pivot.validation.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.validation.Shipped;
import fr.pivot.validation.plan.Request.Declared;
import fr.pivot.validation.rows.FileCheck;
import fr.pivot.validation.schema.TableSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a file is going to be checked is worked out from what is asked and from its first rows. */
class PlannerTest {

  private static final String FILE =
      """
      Insee;dep;nom;jour
      01004;01;Ambérieu-en-Bugey;2020-01-01
      14712;14;Troarn;2016-01-01
      93066;93;Saint-Denis;2024-01-01
      33063;33;Bordeaux;2024-01-01
      """;

  private static final Request NOTHING =
      new Request(List.of(), null, List.of(), List.of(), false, 10, Overrides.NONE, null);

  private static Request declared(String column, String reference, @Nullable String date) {
    return new Request(
        List.of(new Declared(column, reference)),
        date,
        List.of(),
        List.of(),
        false,
        10,
        Overrides.NONE,
        null);
  }

  private static Plan plan(Request request) throws IOException {
    byte[] bytes = FILE.getBytes(UTF_8);
    TabularFile.Opened opened =
        (TabularFile.Opened)
            TabularFile.open("f.csv", new ByteArrayInputStream(bytes), request.overrides());
    return Planner.plan(
        Shipped.detector(), request, FileCheck.sample(Shipped.detector(), bytes, opened));
  }

  /** The columns that are checked, each with its referential, its edition and its day. */
  private static List<String> bounds(Plan plan) {
    return plan.bounds().stream()
        .map(
            bound ->
                bound.rank()
                    + " "
                    + bound.check().yardstick().notation()
                    + (bound.dateRank() < 0 ? "" : " day in " + bound.dateRank()))
        .toList();
  }

  @Test
  void where_nothing_is_asked_nothing_is_checked() throws IOException {
    Plan plan = plan(NOTHING);
    assertThat(plan.header()).containsExactly("Insee", "dep", "nom", "jour");
    assertThat(plan.bounds()).isEmpty();
    assertThat(plan.ties()).isEmpty();
    assertThat(plan.key()).isEmpty();
    assertThat(plan.findings()).isEmpty();
    assertThat(plan.limit()).isEqualTo(10);
  }

  @Test
  void a_column_is_meant_by_its_name_in_any_case_and_by_its_number() throws IOException {
    List<String> byName = bounds(plan(declared("Insee", "communes@2026", null)));
    assertThat(byName).hasSize(1).first().asString().startsWith("0 communes@2026");
    assertThat(bounds(plan(declared(" insee ", "communes@2026", null)))).isEqualTo(byName);
    assertThat(bounds(plan(declared("#1", "communes@2026", null)))).isEqualTo(byName);
  }

  @Test
  void a_column_or_a_day_that_is_not_there_is_a_problem() {
    for (String column : List.of("#0", "#5", "# 1", "code")) {
      assertThatThrownBy(() -> plan(declared(column, "communes@2026", null)))
          .as(column)
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNKNOWN_COLUMN));
    }
    assertThatThrownBy(() -> plan(declared("Insee", "communes", "yesterday")))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void the_day_is_that_of_the_reference_else_that_of_the_row_else_today() throws IOException {
    assertThat(bounds(plan(declared("Insee", "communes", "JOUR"))).getFirst())
        .endsWith(" day in 3");
    assertThat(bounds(plan(declared("Insee", "communes@2024", "jour"))).getFirst())
        .startsWith("0 communes@2024")
        .doesNotContain("day in");
    assertThat(plan(declared("Insee", "communes", "2021-06-30")).bounds().getFirst())
        .extracting(bound -> bound.check().yardstick().date().toString())
        .isEqualTo("2021-06-30");
    assertThat(plan(declared("Insee", "communes", null)).bounds().getFirst())
        .extracting(bound -> bound.check().yardstick().date())
        .isEqualTo(Shipped.TODAY);
  }

  @Test
  void what_is_declared_is_not_looked_for_and_the_rest_is() throws IOException {
    Plan plan =
        plan(
            new Request(
                List.of(new Declared("dep", "regions@2026")),
                null,
                List.of(),
                List.of(),
                true,
                10,
                Overrides.NONE,
                null));
    assertThat(plan.bounds())
        .extracting(
            bound -> bound.rank() + " " + bound.check().yardstick().referential().id(),
            bound -> bound.detected() == null)
        .containsExactly(tuple("0 communes", false), tuple("1 regions", true));
  }

  @Test
  void a_commune_goes_with_its_departement_and_with_its_name() throws IOException {
    Plan plan =
        plan(new Request(List.of(), null, List.of(), List.of(), true, 10, Overrides.NONE, null));
    assertThat(plan.ties())
        .extracting(
            tie ->
                tie.getClass().getSimpleName()
                    + ' '
                    + plan.bounds().get(tie.of()).name()
                    + ' '
                    + plan.header().get(tie.rank()))
        .containsExactly("Within Insee dep", "Called Insee nom");
  }

  @Test
  void the_key_is_the_one_that_is_asked_for_else_that_of_the_schema() throws IOException {
    TableSchema schema =
        new TableSchema(List.of(field("nom")), List.of("Insee", "jour"), List.of(""));
    assertThat(plan(keyed(List.of(), schema)).key()).containsExactly(0, 3);
    assertThat(plan(keyed(List.of("nom"), schema)).key()).containsExactly(2);
  }

  private static Request keyed(List<String> key, TableSchema schema) {
    return new Request(List.of(), null, List.of(), key, false, 10, Overrides.NONE, schema);
  }

  private static TableSchema.Field field(String name) {
    return new TableSchema.Field(
        name, null, null, "string", "default", null, true, false, null, List.of(), null, null,
        null);
  }

  @Test
  void a_column_of_the_schema_that_is_missing_is_told_before_any_row_is_read() throws IOException {
    TableSchema schema =
        new TableSchema(List.of(field("nom"), field("siren")), List.of(), List.of(""));
    assertThat(plan(keyed(List.of(), schema)).findings())
        .extracting(finding -> finding.rule().code() + ' ' + finding.value())
        .containsExactly("missing-column siren");
  }
}
