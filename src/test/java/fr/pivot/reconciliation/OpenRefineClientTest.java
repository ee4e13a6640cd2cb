package fr.pivot.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.refine.model.Cell;
import com.google.refine.model.Column;
import com.google.refine.model.ModelException;
import com.google.refine.model.Project;
import com.google.refine.model.Recon;
import com.google.refine.model.ReconCandidate;
import com.google.refine.model.ReconType;
import com.google.refine.model.Row;
import com.google.refine.model.recon.ReconJob;
import com.google.refine.model.recon.ReconciledDataExtensionJob;
import com.google.refine.model.recon.ReconciledDataExtensionJob.ColumnInfo;
import com.google.refine.model.recon.ReconciledDataExtensionJob.DataExtension;
import com.google.refine.model.recon.ReconciledDataExtensionJob.DataExtensionConfig;
import com.google.refine.model.recon.ReconciledDataExtensionJob.DataExtensionProperty;
import com.google.refine.model.recon.StandardReconConfig;
import com.google.refine.model.recon.StandardReconConfig.ColumnDetail;
import com.google.refine.util.HttpClient;
import fr.pivot.PivotTest;
import fr.pivot.admission.Admission;
import fr.pivot.admission.Work;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * OpenRefine's own client, as it stands in Maven Central, reconciles tables with what ships with
 * Pivot and adds columns to them; today is 1 March 2026. The codes are INSEE's (Code officiel
 * géographique) and the DGCL's.
 */
@PivotTest(properties = {"pivot.limits.batches=1", "pivot.limits.wait=50ms"})
class OpenRefineClientTest {

  private static final long HISTORY_ENTRY = 1;
  private static final int CANDIDATES = 10;

  private final EmbeddedServer server;
  private final Admission admission;

  OpenRefineClientTest(EmbeddedServer server, Admission admission) {
    this.server = server;
    this.admission = admission;
  }

  /** A service as OpenRefine comes to know it: by its manifest. */
  private record Service(String url, JsonNode manifest) {

    StandardReconConfig config(@Nullable ReconType type, boolean automatic, ColumnDetail... given) {
      return new StandardReconConfig(
          url,
          manifest.path("identifierSpace").asText(),
          manifest.path("schemaSpace").asText(),
          type,
          automatic,
          Optional.of(manifest.path("batchSize").asInt()),
          List.of(given),
          CANDIDATES);
    }
  }

  private Service service(String path) throws IOException {
    String url = server.getURI() + path;
    return new Service(url, new ObjectMapper().readTree(new HttpClient().getAsString(url, null)));
  }

  private static ColumnDetail given(String column, String property) {
    return new ColumnDetail(column, property, property, null);
  }

  /** A table of which the first column holds the names. */
  private static Project table(List<String> header, List<List<String>> rows) {
    Project project = new Project();
    try {
      for (int i = 0; i < header.size(); i++) {
        project.columnModel.addColumn(i, new Column(i, header.get(i)), false);
      }
    } catch (ModelException e) {
      throw new AssertionError(e);
    }
    project.columnModel.setMaxCellIndex(header.size() - 1);
    for (List<String> values : rows) {
      Row row = new Row(header.size());
      for (int i = 0; i < values.size(); i++) {
        row.setCell(i, new Cell(values.get(i), null));
      }
      project.rows.add(row);
    }
    return project;
  }

  private static List<Recon> reconcile(StandardReconConfig config, Project project) {
    String column = project.columnModel.columns.getFirst().getName();
    List<ReconJob> jobs = new ArrayList<>();
    for (int i = 0; i < project.rows.size(); i++) {
      Row row = project.rows.get(i);
      jobs.add(config.createJob(project, i, row, column, row.getCell(0)));
    }
    List<Recon> recons = config.batchRecon(jobs, HISTORY_ENTRY);
    assertThat(recons).hasSameSizeAs(jobs).allSatisfy(r -> assertThat(r.error).isNull());
    return recons;
  }

  /** What OpenRefine took by itself: ids; {@code ?} where it leaves the choice to its user. */
  private static List<String> matched(List<Recon> recons) {
    return recons.stream()
        .map(r -> r.judgment == Recon.Judgment.Matched ? r.match.id : "?")
        .toList();
  }

  private static List<String> ids(Recon recon) {
    return recon.candidates.stream().map(c -> c.id).toList();
  }

  // --- reconciliation

  @Test
  void names_with_their_departements_are_matched_by_themselves() throws IOException {
    Project schools =
        table(
            List.of("Commune", "Département"),
            List.of(
                List.of("ACIGNE", "ILLE-ET-VILAINE"),
                List.of("VAL D ANAST", "ILLE-ET-VILAINE"),
                List.of("MAURE DE BRETAGNE", "ILLE-ET-VILAINE"),
                List.of("St Denis", "93"),
                List.of("St Denis", "La Réunion"),
                List.of("Saint-Martin", "Haute-Garonne")));
    List<Recon> recons =
        reconcile(
            service("/reconcile/communes")
                .config(
                    new ReconType("communes", "Communes de France"),
                    true,
                    given("Département", "departement")),
            schools);
    assertThat(matched(recons)).containsExactly("35001", "35168", "35168", "93066", "97411", "?");
    assertThat(recons.getFirst().match.name).isEqualTo("Acigné");
    assertThat(recons.getFirst().identifierSpace).isEqualTo(server.getURI() + "/id/communes/");
    assertThat(recons).allSatisfy(r -> assertThat(r.service).endsWith("/reconcile/communes"));
  }

  @Test
  void postal_codes_are_context_too() throws IOException {
    Project table =
        table(
            List.of("com_nom", "com_cp"),
            List.of(
                List.of("Marseille", "13015"),
                List.of("Bourganeuf", "23400"),
                List.of("Saint-Denis", "93200"),
                List.of("Saint-Denis", "97400")));
    assertThat(
            matched(
                reconcile(
                    service("/reconcile/communes")
                        .config(null, true, given("com_cp", "code_postal")),
                    table)))
        .containsExactly("13055", "23030", "93066", "97411");
  }

  @Test
  void a_name_alone_is_matched_only_where_it_is_the_only_one() throws IOException {
    List<Recon> recons =
        reconcile(
            service("/reconcile/communes").config(null, true),
            table(List.of("nom"), List.of(List.of("Valserhône"), List.of("Saint-Denis"))));
    assertThat(matched(recons)).containsExactly("01033", "?");
    assertThat(ids(recons.get(1))).contains("93066", "97411");
    assertThat(recons.get(1).judgment).isEqualTo(Recon.Judgment.None);
  }

  @Test
  void nothing_is_matched_where_the_user_wants_to_choose() throws IOException {
    List<Recon> recons =
        reconcile(
            service("/reconcile/communes").config(null, false),
            table(List.of("nom"), List.of(List.of("Valserhône"))));
    assertThat(matched(recons)).containsExactly("?");
    assertThat(recons.getFirst().candidates.getFirst().id).isEqualTo("01033");
  }

  @Test
  void candidates_are_of_the_type_that_was_chosen() throws IOException {
    Project table = table(List.of("nom"), List.of(List.of("Seine-Saint-Denis")));
    List<Recon> recons =
        reconcile(
            service("/reconcile").config(new ReconType("departements", "Départements"), true),
            table);
    assertThat(matched(recons)).containsExactly("departements:93");
    Recon recon = recons.getFirst();
    assertThat(recon.match.types).contains("departements");
    assertThat(recon.getFeature(Recon.Feature_typeMatch)).isEqualTo(true);
    assertThat(recon.getFeature(Recon.Feature_nameMatch)).isEqualTo(true);
  }

  @Test
  void a_column_that_was_reconciled_is_context_by_its_identifiers() throws IOException {
    Project table = table(List.of("nom", "dep"), List.of(List.of("Saint-Denis", "La Réunion")));
    Project departements = table(List.of("dep"), List.of(List.of("La Réunion")));
    Recon departement =
        reconcile(service("/reconcile/departements").config(null, true), departements).getFirst();
    assertThat(departement.match.id).isEqualTo("974");
    table.rows.getFirst().setCell(1, new Cell("ici", departement));
    assertThat(
            matched(
                reconcile(
                    service("/reconcile/communes").config(null, true, given("dep", "departement")),
                    table)))
        .containsExactly("97411");
  }

  @Test
  void a_service_of_a_year_knows_the_names_of_that_year() throws IOException {
    Project table = table(List.of("nom"), List.of(List.of("Châtillon-en-Michaille")));
    assertThat(
            matched(reconcile(service("/reconcile/communes@2018-01-01").config(null, true), table)))
        .containsExactly("01091");
    Recon now = reconcile(service("/reconcile/communes").config(null, true), table).getFirst();
    assertThat(now.candidates.getFirst().id).isEqualTo("01033");
  }

  @Test
  void the_activities_of_a_nomenclature_are_reconciled_as_well() throws IOException {
    List<Recon> recons =
        reconcile(
            service("/reconcile/naf@rev2")
                .config(new ReconType("naf/sous-classe", "Sous-classes"), true),
            table(
                List.of("activité"),
                List.of(
                    List.of("PROGRAMMATION INFORMATIQUE"),
                    List.of("Commerce de gros de fruits et légumes"))));
    // The second is called "Commerce de gros (commerce interentreprises) de fruits et légumes".
    assertThat(matched(recons)).containsExactly("62.01Z", "?");
    assertThat(ids(recons.get(1))).first().isEqualTo("46.31Z");
  }

  @Test
  void a_batch_is_as_large_as_the_service_says() throws IOException {
    StandardReconConfig config = service("/reconcile/communes").config(null, true);
    assertThat(config.getBatchSize(10_000)).isEqualTo(50);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rows.add(List.of("Acigné"));
    }
    assertThat(matched(reconcile(config, table(List.of("nom"), rows)))).containsOnly("35001");
  }

  @Test
  void who_is_told_to_come_again_does() throws IOException, InterruptedException {
    Service communes = service("/reconcile/communes");
    Work busy = admission.begin(Work.Kind.BATCH);
    busy.enter();
    Thread release =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(500);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  busy.leave();
                });
    assertThat(
            matched(
                reconcile(
                    communes.config(null, true),
                    table(List.of("nom"), List.of(List.of("Acigné"))))))
        .containsExactly("35001");
    release.join();
  }

  // --- data extension

  private record Extended(
      List<ColumnInfo> columns,
      Map<String, DataExtension> rows,
      Map<String, ReconCandidate> candidates) {

    DataExtension row(String id) {
      return Objects.requireNonNull(rows.get(id), id);
    }

    /** The values of an entity in one line of the table; identifiers where they are entities. */
    List<@Nullable Object> line(String id, int line) {
      return Arrays.stream(row(id).data[line])
          .<@Nullable Object>map(v -> v instanceof ReconCandidate c ? c.id : v)
          .toList();
    }
  }

  private Extended extend(String path, Set<String> ids, DataExtensionProperty... wanted)
      throws Exception {
    ReconciledDataExtensionJob job =
        new ReconciledDataExtensionJob(
            new DataExtensionConfig(List.of(wanted)), server.getURI() + path);
    Map<String, ReconCandidate> candidates = new HashMap<>();
    return new Extended(job.columns, job.extend(ids, candidates), candidates);
  }

  private static DataExtensionProperty property(String id) {
    return new DataExtensionProperty(id, id, null);
  }

  @Test
  void the_epci_of_2026_and_the_departement_are_added() throws Exception {
    Extended extended =
        extend(
            "/reconcile/communes",
            Set.of("35001", "14712", "01091"),
            property("departement"),
            property("epci@2026"),
            property("label"));
    assertThat(extended.line("35001", 0)).containsExactly("35", "243500139", "Acigné");
    assertThat(extended.line("14712", 0)).containsExactly("14", "200065597", "Troarn");
    assertThat(extended.line("01091", 0))
        .containsExactly("01", "240100891", "Châtillon-en-Michaille");
    assertThat(Objects.requireNonNull(extended.candidates().get("243500139")).name)
        .isEqualTo("Rennes Métropole");
    assertThat(extended.columns())
        .extracting(c -> c.name)
        .containsExactly("Département", "EPCI 2026", "Libellé");
    assertThat(extended.columns().get(1).expectedType.id).isEqualTo("epci");
  }

  @Test
  void figures_are_numbers_and_days_are_dates() throws Exception {
    Extended extended =
        extend(
            "/reconcile/communes",
            Set.of("01091", "14712"),
            property("to"),
            property("population"));
    assertThat(extended.line("01091", 0).getFirst())
        .isEqualTo(OffsetDateTime.parse("2019-01-01T00:00:00Z"));
    assertThat(extended.line("14712", 0)).containsExactly(null, 3439);
  }

  @Test
  void a_commune_that_was_split_takes_two_lines_unless_only_certain_targets_are_wanted()
      throws Exception {
    String path = "/reconcile/communes@2018-01-01";
    Extended all = extend(path, Set.of("14712"), property("communes@2026"));
    assertThat(all.row("14712").data).hasNumberOfRows(2);
    assertThat(List.of(all.line("14712", 0), all.line("14712", 1)))
        .containsExactly(List.of("14666"), List.of("14712"));
    Extended certain =
        extend(
            path,
            Set.of("14712", "01091"),
            new DataExtensionProperty("communes@2026", "Commune 2026", Map.of("only", "certain")));
    assertThat(certain.row("14712").data).isEmpty();
    assertThat(certain.line("01091", 0)).containsExactly("01033");
  }
}
