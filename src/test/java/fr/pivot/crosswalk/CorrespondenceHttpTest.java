package fr.pivot.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.correspondence.CorrespondenceFormat;
import fr.pivot.http.ContractClient;
import fr.pivot.importing.ImportOutcome;
import fr.pivot.importing.Imports;
import fr.pivot.importing.Synthetic;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Asks for correspondences, over HTTP, of a registry that imported them from CSV files. */
@PivotTest(Holding.EMPTY_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorrespondenceHttpTest {

  private static final String TABLE = "/v1/correspondences/fruits-2021.shelves-2021";

  private final ApplicationContext context;
  private final ContractClient client;

  CorrespondenceHttpTest(ApplicationContext context, ContractClient client) {
    this.context = context;
    this.client = client;
  }

  @BeforeAll
  void open() {
    Synthetic.describe(context, "fruits");
    Synthetic.describe(context, "shelves");
    Imports.published(
        Synthetic.run(
            context,
            List.of(
                Synthetic.labelled(
                    "fruits", 2021, Map.of("A1", "Apples", "A2", "Pears", "A3", "Plums")),
                Synthetic.labelled(
                    "fruits", 2022, Map.of("A1", "Apples", "A2", "Pears", "A6", "Stone fruit")))));
    Imports.published(
        Synthetic.run(
            context,
            List.of(
                Synthetic.labelled(
                    "shelves", 2021, Map.of("B1", "Left", "B2", "Right", "B3", "Cellar")))));
    Imports.published(
        table(
            "fruits@2021",
            "shelves@2021",
            null,
            """
            source,target,match,share,basis,comment
            A1,B1,narrower,0.4,count,"first, best"
            A1,B2,narrower,0.6,count,
            A2,B2,broader,,,
            """));
    Imports.published(
        table("fruits@2021", "fruits@2022", "old-new", "source,target\nA1,A1\nA2,A2\nA3,A6\n"));
    Imports.registry(context);
  }

  private ImportOutcome table(String from, String to, @Nullable String id, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Imports.run(
        context,
        new CorrespondenceFormat(side(from), side(to), id, null, null),
        List.of(new InputFile("table.csv", () -> new ByteArrayInputStream(bytes))),
        false,
        false);
  }

  private static Side side(String reference) {
    String[] parts = reference.split("@", -1);
    return new Side(parts[0], parts[1]);
  }

  private HttpResponse<String> ok(String address, String... headers) {
    HttpResponse<String> response = client.get(address, headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response;
  }

  private String problem(String address, int status) {
    HttpResponse<String> response = client.get(address, "Accept-Language", "en");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return response.body();
  }

  @Test
  void the_list_says_what_each_table_covers() {
    String body = ok("/v1/correspondences").body();
    assertThat(body)
        .contains(
            ",\"items\":[{\"id\":\"fruits-2021.shelves-2021\","
                + "\"title\":{\"fr\":\"fruits@2021 → shelves@2021\","
                + "\"en\":\"fruits@2021 → shelves@2021\"},\"publisher\":\"\",\"homepage\":null,"
                + "\"source\":{\"referential\":\"fruits\",\"edition\":\"2021\"},"
                + "\"target\":{\"referential\":\"shelves\",\"edition\":\"2021\"},"
                + "\"counts\":{\"associations\":3,\"sources\":2,\"targets\":2,"
                + "\"uncoveredSources\":1,\"uncoveredTargets\":1},\"issued\":null,\"published\":\"")
        .contains("\"sources\":[{\"name\":\"table.csv\",\"origin\":null,\"sha256\":\"")
        .contains("\"uri\":\"/v1/correspondences/old-new\"");
    assertThat(problem("/v1/correspondences?limit=1", 400)).contains("unknown-parameter");
  }

  @Test
  void a_table_gives_its_lines_with_the_labels_of_both_codes() {
    HttpResponse<String> response = ok(TABLE);
    assertThat(response.body())
        .contains(
            "\"total\":3,\"items\":[{\"source\":\"A1\",\"sourceLabel\":\"Apples\","
                + "\"target\":\"B1\",\"targetLabel\":\"Left\",\"match\":\"narrower\","
                + "\"share\":0.4,\"basis\":\"count\",\"attributes\":{\"comment\":\"first, best\"}},"
                + "{\"source\":\"A1\",\"sourceLabel\":\"Apples\",\"target\":\"B2\","
                + "\"targetLabel\":\"Right\",\"match\":\"narrower\",\"share\":0.6,"
                + "\"basis\":\"count\",\"attributes\":{}},"
                + "{\"source\":\"A2\",\"sourceLabel\":\"Pears\",\"target\":\"B2\","
                + "\"targetLabel\":\"Right\",\"match\":\"broader\",\"share\":null,\"basis\":null,"
                + "\"attributes\":{}}],\"next\":null}");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("public, max-age=60");
    assertThat(response.headers().firstValue("Last-Modified")).isPresent();
    assertThat(response.headers().firstValue("X-Total-Count")).hasValue("3");
    String tag = response.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = client.get(TABLE, "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void codes_filter_either_side_and_pages_follow_each_other() {
    assertThat(ok(TABLE + "?source=a2&format=ndjson").body())
        .isEqualTo(
            "{\"source\":\"A2\",\"sourceLabel\":\"Pears\",\"target\":\"B2\","
                + "\"targetLabel\":\"Right\",\"match\":\"broader\",\"share\":null,\"basis\":null,"
                + "\"attributes\":{}}\n");
    assertThat(ok(TABLE + "?target=B2,B3").body()).contains("\"total\":2");
    assertThat(ok(TABLE + "?source=A1&target=B2").body()).contains("\"total\":1");
    assertThat(ok(TABLE + "?source=A9").body()).contains("\"total\":0,\"items\":[],\"next\":null");

    HttpResponse<String> first = ok(TABLE + "?limit=2");
    assertThat(first.body()).contains("\"total\":3").contains("\"target\":\"B1\"");
    String link = first.headers().firstValue("Link").orElseThrow();
    String next = link.substring(1, link.indexOf('>'));
    assertThat(next).startsWith(TABLE + "?limit=2&cursor=");
    HttpResponse<String> second = ok(next);
    assertThat(second.body())
        .contains("\"total\":3,\"items\":[{\"source\":\"A2\"")
        .endsWith("\"next\":null}");
    assertThat(second.headers().firstValue("Link")).isEmpty();
    assertThat(problem(TABLE + "?cursor=nonsense", 400)).contains("invalid-parameter");
    assertThat(problem(TABLE + "?limit=0", 400)).contains("invalid-parameter");
  }

  @Test
  void the_table_as_csv_can_be_imported_again() {
    String csv = ok(TABLE, "Accept", "text/csv").body();
    assertThat(csv)
        .isEqualTo(
            "source,target,match,share,basis,comment,#source_label,#target_label\r\n"
                + "A1,B1,narrower,0.4,count,\"first, best\",Apples,Left\r\n"
                + "A1,B2,narrower,0.6,count,,Apples,Right\r\n"
                + "A2,B2,broader,,,,Pears,Right\r\n");
    assertThat(Imports.alreadyPublished(table("fruits@2021", "shelves@2021", null, csv)))
        .containsExactly("fruits-2021.shelves-2021");
  }

  @Test
  void a_table_that_does_not_exist_is_a_problem_that_suggests() {
    assertThat(problem("/v1/correspondences/old-nev", 404))
        .contains("\"type\":\"/problems/unknown-correspondence\"")
        .contains("There is no correspondence \\\"old-nev\\\".")
        .contains("\"suggestions\":[\"old-new\"]");
    assertThat(problem("/v1/correspondences/zzzzz", 404)).doesNotContain("suggestions");
    assertThat(problem("/v1/correspondences/zzzzz/update?with=old-new", 404))
        .contains("unknown-correspondence");
  }

  @Test
  void a_proposal_can_be_completed_and_imported() {
    assertThat(ok(TABLE + "/update?with=old-new").body())
        .startsWith(
            "{\"source\":{\"referential\":\"fruits\",\"edition\":\"2022\"},"
                + "\"target\":{\"referential\":\"shelves\",\"edition\":\"2021\"},"
                + "\"correspondence\":\"fruits-2021.shelves-2021\",\"with\":\"old-new\","
                + "\"reference\":\"target\",\"total\":5,\"items\":["
                + "{\"source\":\"A1\",\"sourceLabel\":\"Apples\",\"target\":\"B1\","
                + "\"targetLabel\":\"Left\",\"match\":\"narrower\",\"through\":\"A1\","
                + "\"throughLabel\":\"Apples\",\"flags\":[\"review\"]}");
    String csv = ok(TABLE + "/update?with=old-new&format=csv&reference=none").body();
    assertThat(csv)
        .isEqualTo(
            "source,target,match,#through,#flags,#source_label,#target_label,#through_label\r\n"
                + "A1,B1,narrower,A1,,Apples,Left,Apples\r\n"
                + "A1,B2,narrower,A1,,Apples,Right,Apples\r\n"
                + "A2,B2,broader,A2,,Pears,Right,Pears\r\n"
                + "A6,,,A3,code-changed no-match-to-target label-changed,Stone fruit,,Plums\r\n"
                + ",B3,,,no-match-to-source no-match-from-target,,Cellar,\r\n");
    String completed = csv.replace("A6,,,", "A6,B3,exact,").replaceAll("(?m)^,B3.*\r\n", "");
    ImportOutcome.Published outcome =
        Imports.published(table("fruits@2022", "shelves@2021", null, completed));
    assertThat(outcome.findings().list()).isEmpty();
    assertThat(Imports.registry(context).findCorrespondence("fruits-2022.shelves-2021"))
        .hasValueSatisfying(t -> assertThat(t.listTo("B3")).hasSize(1));
  }

  @Test
  void a_proposal_needs_a_table_that_leads_on() {
    assertThat(problem(TABLE + "/update?with=fruits-2021.shelves-2021", 422))
        .contains("\"type\":\"/problems/unrelated-correspondences\"");
    assertThat(problem(TABLE + "/update", 400)).contains("invalid-parameter");
    assertThat(problem(TABLE + "/update?with=old-new&reference=both", 400))
        .contains("invalid-parameter");
    assertThat(client.get(TABLE + "/update?with=old-new", "Accept", "text/html").statusCode())
        .isEqualTo(406);
  }
}
