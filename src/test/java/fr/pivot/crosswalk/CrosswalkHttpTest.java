package fr.pivot.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.http.ContractClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Translates over HTTP, with what ships with Pivot. */
@MicronautTest(transactional = false)
@Property(name = "pivot.test.registry", value = "shipped")
@Property(name = "datasources.default.enabled", value = "false")
@Property(name = "flyway.enabled", value = "false")
@Property(name = "micronaut.server.port", value = "-1")
class CrosswalkHttpTest {

  private static final String PAIR = "from=communes@2018-01-01&to=communes@2026";

  private final EmbeddedServer server;
  private ContractClient client;

  CrosswalkHttpTest(EmbeddedServer server) {
    this.server = server;
  }

  @BeforeEach
  void connect() {
    client = new ContractClient(server.getURI());
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
  void a_translation_says_its_points_its_status_and_its_route() {
    HttpResponse<String> response = ok("/v1/crosswalk?" + PAIR + "&code=01091");
    assertThat(response.body())
        .startsWith(
            "{\"from\":{\"referential\":\"communes\",\"release\":\"2026\",\"date\":\"2018-01-01\"},"
                + "\"to\":{\"referential\":\"communes\",\"release\":\"2026\",\"date\":\"2026-01-01\"},"
                + "\"code\":\"01091\",\"label\":\"Châtillon-en-Michaille\",\"status\":\"merged\","
                + "\"targets\":[{\"code\":\"01033\",\"label\":\"Valserhône\",\"match\":\"broader\","
                + "\"share\":1,\"basis\":\"whole\"}],"
                + "\"with\":[{\"code\":\"01033\",\"label\":\"Bellegarde-sur-Valserine\"},"
                + "{\"code\":\"01205\",\"label\":\"Lancrans\"}],\"withTotal\":2,"
                + "\"route\":[{\"step\":\"successions\",\"from\":\"communes@2026,2018-01-01\","
                + "\"to\":\"communes@2026,2026-01-01\",\"source\":\"communes@2026\"")
        .contains(
            "\"events\":[{\"date\":\"2019-01-01\",\"referential\":\"communes\",\"code\":\"01091\","
                + "\"codeAfter\":\"01033\",\"kind\":\"merged\"");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("public, max-age=60");
    String tag = response.headers().firstValue("ETag").orElseThrow();
    assertThat(
            client.get("/v1/crosswalk?" + PAIR + "&code=01091", "If-None-Match", tag).statusCode())
        .isEqualTo(304);
    assertThat(ok("/v1/crosswalk?" + PAIR + "&code=01091").body()).isEqualTo(response.body());
  }

  @Test
  void a_split_has_shares_and_their_basis() {
    assertThat(ok("/v1/crosswalk?" + PAIR + "&code=14712").body())
        .contains("\"status\":\"split\"")
        .contains("\"basis\":\"population\",\"year\":\"");
  }

  @Test
  void a_doubt_is_explained_in_the_language_of_the_reader() {
    String address = "/v1/crosswalk?from=codes-postaux@2026&to=communes@2026&code=01500";
    assertThat(ok(address, "Accept-Language", "fr").body())
        .contains("\"status\":\"ambiguous\"")
        .contains("\"reason\":\"several-tied\"")
        .contains("sans hiérarchie");
    assertThat(ok(address, "Accept-Language", "en").body()).contains("several codes are tied");
  }

  @Test
  void a_code_written_in_another_way_is_told() {
    assertThat(ok("/v1/crosswalk?from=naf@rev2&to=nace@rev2&code=6201z").body())
        .contains("\"input\":\"6201z\",\"code\":\"62.01Z\"");
  }

  @Test
  void what_is_not_in_force_is_unknown_and_says_why() {
    assertThat(ok("/v1/crosswalk?from=communes@2026&to=communes@2019&code=01091").body())
        .contains("\"status\":\"unknown\"")
        .contains("\"reason\":\"code-not-in-force\"");
    assertThat(ok("/v1/crosswalk?from=communes@2026&to=communes@2019&code=99999").body())
        .contains("\"reason\":\"unknown-code\"");
  }

  @Test
  void tables_come_as_csv_json_and_lines() {
    String csv = ok("/v1/crosswalk/table?" + PAIR + "&status=split&format=csv").body();
    assertThat(csv)
        .startsWith("code,label,status,target,targetLabel,match,share,basis\r\n")
        .contains("14712,Saline,split,14666,Sannerville,narrower,0.");
    HttpResponse<String> json = ok("/v1/crosswalk/table?" + PAIR + "&status=split");
    assertThat(json.body()).contains("\"items\":[").contains("\"code\":\"14712\"");
    String tag = json.headers().firstValue("ETag").orElseThrow();
    assertThat(
            client
                .get("/v1/crosswalk/table?" + PAIR + "&status=split", "If-None-Match", tag)
                .statusCode())
        .isEqualTo(304);
    assertThat(ok("/v1/crosswalk/table?" + PAIR + "&format=ndjson").body().lines().count())
        .isGreaterThan(35_000);
  }

  @Test
  void many_codes_are_answered_in_order_and_a_bad_one_fails_no_other() {
    HttpResponse<String> response =
        client.post(
            "/v1/crosswalk?" + PAIR, "application/json", "[\"01091\", null, \"14666\", \"xyz\"]");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .matches(
            "(?s)\\[\\{\"code\":\"01091\".*\"status\":\"merged\".*\\{\"input\":null,"
                + "\"status\":\"invalid\".*\"problem\":.*\"code\":\"14666\".*\"code\":\"xyz\".*"
                + "\"status\":\"unknown\".*]");
    assertThat(
            client
                .post("/v1/crosswalk?" + PAIR, "application/x-ndjson", "\"01091\"\n\"14712\"\n")
                .body()
                .lines())
        .hasSize(2);
  }

  @Test
  void a_file_comes_back_with_columns_added() {
    HttpResponse<String> response =
        client.post(
            "/v1/crosswalk?" + PAIR + "&column=insee&policy=list",
            "text/csv",
            "insee;n\n01091;1\n14712;2\n");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "insee;n;communes@2026;communes@2026:label;communes@2026:status\n"
                + "01091;1;01033;Valserhône;merged\n14712;2;14666|14712;Sannerville|Troarn;split\n");
  }

  @Test
  void figures_of_a_file_are_summed_by_epci() {
    HttpResponse<String> response =
        client.post(
            "/v1/crosswalk?from=communes@2018-01-01&to=epci@2026&column=c&policy=weights&measure=x",
            "text/csv",
            "c,x\n01091,1.5\n01033,2\n85113,7\n");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "epci@2026,epci@2026:label,epci@2026:status,c,x,rows\r\n"
                + "240100891,CC Terre Valserhône (CCTV),placed,,3.5,2\r\n,,none,85113,7,1\r\n");
  }

  @Test
  void changes_are_listed() {
    assertThat(
            ok("/v1/referentials/communes/changes?from=2018&to=2019"
                        .replace("2018", "2018-12-31")
                        .replace("to=2019", "to=2019-01-01")
                    + "&kind=merged")
                .body())
        .contains("\"code\":\"01091\"")
        .contains("\"counts\":{\"merged\":");
    assertThat(ok("/v1/referentials/epci/changes?from=2025&to=2026&format=csv").body())
        .startsWith("date,kind,code,label,referentialAfter,codeAfter,labelAfter,type,property,");
    assertThat(problem("/v1/referentials/communes/changes?from=2026&to=2019", 400))
        .contains("invalid-parameter");
    assertThat(problem("/v1/referentials/communes/changes?to=2019", 400)).contains("\"from\"");
  }

  @Test
  void what_is_wrong_with_a_question_is_said() {
    assertThat(problem("/v1/crosswalk?from=cpv@2008&to=iso-4217&code=x", 422)).contains("no-route");
    assertThat(problem("/v1/crosswalk?from=communes&to=comunes&code=x", 404))
        .contains("unknown-referential");
    assertThat(problem("/v1/crosswalk?from=communes@1066&to=communes&code=x", 404))
        .contains("unknown-edition");
    assertThat(problem("/v1/crosswalk?from=communes&to=communes", 400)).contains("\"code\"");
    assertThat(problem("/v1/crosswalk?to=communes&code=1", 400)).contains("\"from\"");
    assertThat(problem("/v1/crosswalk?from=communes&to=a@@b&code=1", 400))
        .contains("malformed-reference");
    assertThat(problem("/v1/crosswalk?" + PAIR + "&code=1&colour=red", 400))
        .contains("unknown-parameter");
    assertThat(problem("/v1/crosswalk/table?" + PAIR + "&status=lost", 400))
        .contains("invalid-parameter");
    assertThat(client.post("/v1/crosswalk?" + PAIR, "application/xml", "<a/>").statusCode())
        .isEqualTo(415);
    assertThat(
            client
                .post("/v1/crosswalk?" + PAIR + "&column=x", "text/csv", "a,b\n1,2\n")
                .statusCode())
        .isEqualTo(400);
  }
}
