package fr.pivot.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Translates over HTTP, with what ships with Pivot. */
@PivotTest
class CrosswalkHttpTest {

  private static final String PAIR = "from=communes@2018-01-01&to=communes@2026";

  private final ContractClient client;

  CrosswalkHttpTest(ContractClient client) {
    this.client = client;
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
  void a_code_that_goes_by_another_way_than_the_table_says_which() {
    String pair = "from=codes-postaux@2019&to=communes-deleguees@2026";
    String table =
        ok("/v1/crosswalk/table?" + pair + "&status=single,merged,split,ambiguous").body();
    String route = "\"route\":[";
    int general = table.indexOf(route);
    assertThat(table.indexOf(route, general + 1)).isGreaterThan(general);
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
                + "01091;1;01033;Valserhône;merged\n"
                + "14712;2;14666|14712;Sannerville|Troarn;split\n");
  }

  private static final String FORM = "multipart/form-data; boundary=x9";

  private static String form(String choices, String file) {
    return "--x9\r\nContent-Disposition: form-data; name=\"choices\"\r\n\r\n"
        + choices
        + "\r\n"
        + "--x9\r\n"
        + "Content-Disposition: form-data; name=\"file\"; filename=\"aides.csv\"\r\n\r\n"
        + file
        + "\r\n--x9--\r\n";
  }

  @Test
  void the_different_codes_of_a_file_are_answered_once_each() {
    HttpResponse<String> response =
        client.post(
            "/v1/crosswalk?" + PAIR + "&column=insee&format=ndjson",
            "text/csv",
            "insee;n\n01091;1\n14712;2\n;3\n01091;4\n99999;5\n");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    String[] lines = response.body().split("\n");
    assertThat(lines).hasSize(5);
    assertThat(lines[0])
        .startsWith(
            "{\"file\":{\"name\":\"-\",\"column\":\"insee\",\"rows\":5,\"empty\":1,\"values\":3,"
                + "\"from\":{\"referential\":\"communes\"");
    assertThat(lines[1])
        .startsWith(
            "{\"value\":{\"text\":\"01091\",\"rows\":2,\"line\":2,\"chosen\":false,\"translation\":{"
                + "\"code\":\"01091\",\"label\":\"Châtillon-en-Michaille\",\"status\":\"merged\"");
    assertThat(lines[2]).contains("\"text\":\"14712\"").contains("\"status\":\"split\"");
    assertThat(lines[3]).contains("\"text\":\"99999\"").contains("\"status\":\"unknown\"");
    assertThat(lines[4])
        .isEqualTo(
            "{\"summary\":{\"values\":{\"single\":0,\"split\":1,\"merged\":1,\"ambiguous\":0,\"none\":0,"
                + "\"unknown\":1,\"chosen\":0},\"rows\":{\"single\":0,\"split\":1,\"merged\":2,"
                + "\"ambiguous\":0,\"none\":0,\"unknown\":1,\"chosen\":0}}}");
  }

  @Test
  void what_a_person_decided_wins_and_is_told() {
    String choices = "code_source,code_cible\n14712,14666\n99999,\n1091,01033\n";
    HttpResponse<String> response =
        client.post(
            "/v1/crosswalk?" + PAIR + "&column=insee",
            FORM,
            form(choices, "insee;n\n14712;2\n99999;5\n1091;6\n01091;7\n"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "insee;n;communes@2026;communes@2026:label;communes@2026:status;communes@2026:match;"
                + "communes@2026:share\n"
                + "14712;2;14666;Sannerville;chosen;narrower;1\n"
                + "99999;5;;;chosen;;\n"
                + "1091;6;01033;Valserhône;chosen;related;1\n"
                + "01091;7;01033;Valserhône;merged;broader;1\n");
  }

  @Test
  void shares_of_several_codes_that_a_person_chose_add_up() {
    String choices = "code_source,code_cible\n14712,14712\n14712,14666\n14712,14119\n";
    String body =
        client
            .post(
                "/v1/crosswalk?" + PAIR + "&column=insee",
                FORM,
                form(choices.replace("14712,14119\n", ""), "insee\n14712\n"))
            .body();
    assertThat(body)
        .contains("14712,14712,Troarn,chosen,narrower,0.643525449102\n")
        .contains("14712,14666,Sannerville,chosen,narrower,0.356474550898\n");
    assertThat(
            client
                .post(
                    "/v1/crosswalk?" + PAIR + "&column=insee",
                    FORM,
                    form(choices, "insee\n14712\n"))
                .body())
        .contains("14712,14712,Troarn,chosen,narrower,\n")
        .contains("14712,14119,Cagny,chosen,related,\n");
  }

  @Test
  void figures_go_where_a_person_decided() {
    HttpResponse<String> response =
        client.post(
            "/v1/crosswalk?" + PAIR + "&column=insee&policy=weights&measure=n",
            FORM,
            form("source;cible\n14712;14666\n", "insee;n\n14712;100\n"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "communes@2026;communes@2026:label;communes@2026:status;insee;n;rows\r\n"
                + "14666;Sannerville;placed;;100;1\r\n");
  }

  @Test
  void choices_that_lead_nowhere_are_refused_with_their_line() {
    HttpResponse<String> response =
        client.post(
            "/v1/crosswalk?" + PAIR + "&column=insee",
            FORM,
            form("code_source,code_cible\n14712,01091\n", "insee\n14712\n"));
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("/problems/invalid-choices").contains("\"line\":2");
    assertThat(
            client.post("/v1/crosswalk?" + PAIR, FORM, form("a,b\n1,2\n", "insee\n14712\n")).body())
        .contains("/problems/invalid-choices")
        .contains("code_source");
    assertThat(
            client
                .post(
                    "/v1/crosswalk?" + PAIR,
                    FORM,
                    form("code_source,code_cible\nSaint-Denis, Réunion,97411\n", "insee\n14712\n"))
                .body())
        .contains("/problems/invalid-choices")
        .contains("\"line\":2");
  }

  @Test
  void a_file_is_read_as_people_have_it() {
    String body = "Aides de 2018\n\nCode commune;Montant\n01091;12\n14712;3\n01033;5\n";
    HttpResponse<String> response =
        client.post(
            "/v1/crosswalk?" + PAIR + "&column=Code%20commune&header=3&policy=list",
            "text/plain",
            body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).contains("01091;12;01033;Valserhône;merged\n");
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
  void a_commune_that_merely_goes_on_has_not_merged_with_itself() {
    // In 2026 the centre of Morannes sur Sarthe-Daumeray becomes a commune déléguée, MOD 72.
    assertThat(ok("/v1/referentials/communes/changes?from=2025&to=2026&format=csv").body())
        .contains("2026-01-01,moved,49220,Morannes sur Sarthe-Daumeray,communes-deleguees,49220,")
        .doesNotContain("2026-01-01,merged,49220,");
    // One that absorbs another goes on, and is told with it.
    assertThat(codes("from=2016-12-31&to=2017-01-01&kind=merged&within=departements:49"))
        .contains("49119", "49220");
  }

  @Test
  void changes_of_a_territory_are_those_of_the_codes_that_lay_there() {
    // Communes that merged in Calvados on 1 January 2019: v_mvtcommune_2026, MOD 32, COM to COM.
    assertThat(codes("from=2018-12-31&to=2019-01-01&kind=merged&within=departements:14"))
        .containsExactly(
            "14002", "14013", "14126", "14150", "14185", "14294", "14307", "14339", "14505",
            "14514", "14538", "14554", "14604", "14691", "14703", "14713");
    // Saline came apart: INSEE says on 31 December 2019, the editions show it in that of 2021.
    assertThat(
            ok("/v1/referentials/communes/changes?from=2018-01-01&to=2026&format=csv"
                    + "&kind=split,restored&within=departements:14")
                .body())
        .isEqualTo(
            "date,kind,code,label,referentialAfter,codeAfter,labelAfter,type,property,before,after,derived,dateAfter\r\n"
                + "2021-01-01,restored,14712,Saline,communes,14666,Sannerville,,,,,true,2019-01-01\r\n"
                + "2021-01-01,split,14712,Saline,communes,14712,Troarn,,,,,true,2019-01-01\r\n");
  }

  @Test
  void a_code_that_changes_its_departement_changes_in_both() {
    String freigne = "from=2017-12-31&to=2018-01-01&kind=merged&within=departements:";
    assertThat(codes(freigne + "49")).contains("49144");
    assertThat(codes(freigne + "44")).contains("49144").doesNotContain("49001");
    assertThat(codes(freigne + "14")).doesNotContain("49144");
    assertThat(codes(freigne + "44,regions:52")).contains("49144");
    assertThat(codes(freigne + "44,regions:28")).isEmpty();
  }

  @Test
  void a_territory_that_is_none_is_a_problem() {
    String changes = "/v1/referentials/communes/changes?from=2024&within=";
    assertThat(problem(changes + "departements:999", 404)).contains("unknown-code");
    assertThat(problem(changes + "departement:14", 404)).contains("unknown-referential");
    assertThat(problem(changes + "14", 400)).contains("\"within\"");
    assertThat(ok(changes + "departements:14&to=2026").headers().firstValue("Cache-Control"))
        .hasValue("public, max-age=60");
  }

  /** The codes before of the changes that a question finds. */
  private List<String> codes(String question) {
    return ok("/v1/referentials/communes/changes?format=csv&" + question)
        .body()
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1)[2])
        .toList();
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
