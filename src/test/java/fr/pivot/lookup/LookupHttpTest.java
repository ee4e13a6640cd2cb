package fr.pivot.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.http.ContractClient;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks for codes, over HTTP, on 1 March 2026. */
@PivotTest(Holding.SAMPLE)
class LookupHttpTest {

  private static final String CODES = "/v1/referentials/communes/codes/";

  private final ContractClient client;

  LookupHttpTest(ContractClient client) {
    this.client = client;
  }

  private HttpResponse<String> ok(String address, String... headers) {
    HttpResponse<String> response = client.get(address, headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response;
  }

  private String problem(String address, int status, String... headers) {
    HttpResponse<String> response = client.get(address, headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return response.body();
  }

  @Test
  void a_code_in_force_says_everything_at_once() {
    HttpResponse<String> response = ok(CODES + "01004");
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":\"01004\",\"label\":\"Ambérieu-en-Bugey\",\"labels\":{},"
                + "\"referential\":\"communes\",\"release\":\"2026\",\"date\":\"2026-03-01\","
                + "\"level\":\"commune\",\"status\":\"in-force\","
                + "\"validity\":{\"from\":\"1955-03-31\",\"to\":null},"
                + "\"attributes\":{\"siren\":\"210100046\",\"population\":15554,"
                + "\"codesPostaux\":[\"01500\"]},"
                + "\"broader\":[{\"referential\":\"departements\",\"code\":\"01\","
                + "\"label\":\"Ain\",\"level\":\"departement\"},"
                + "{\"referential\":\"epci\",\"code\":\"240100883\","
                + "\"label\":\"CC de la Plaine de l'Ain\",\"level\":\"epci\"}],"
                + "\"uri\":\"/id/communes/01004\",\"source\":\"INSEE\"}");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("public, max-age=60");
    assertThat(response.headers().firstValue("Vary"))
        .hasValue("Accept, Accept-Language, Accept-Encoding");
    assertThat(response.headers().firstValue("Last-Modified"))
        .hasValue("Thu, 26 Feb 2026 09:00:00 GMT");
    assertThat(response.headers().firstValue("Content-Location")).isEmpty();
  }

  @Test
  void an_answer_pinned_to_an_edition_never_changes() {
    HttpResponse<String> response = ok("/v1/referentials/communes@2026/codes/01004");
    assertThat(response.headers().firstValue("Cache-Control"))
        .hasValue("public, max-age=31536000, immutable");
    String tag = response.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        client.get("/v1/referentials/communes@2026/codes/01004", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).hasValue(tag);
    assertThat(ok(CODES + "01004?release=2026").headers().firstValue("Cache-Control"))
        .hasValue("public, max-age=31536000, immutable");
  }

  @Test
  void a_bare_code_that_ceased_says_what_it_became() {
    assertThat(ok(CODES + "20004").body())
        .contains("\"status\":\"ceased\"")
        .contains("\"validity\":{\"from\":\"1943-01-01\",\"to\":\"1976-01-01\"}")
        .contains(
            "\"successors\":[{\"referential\":\"communes\",\"code\":\"2A004\","
                + "\"label\":\"Ajaccio\",\"date\":\"1976-01-01\",\"kind\":\"recoded\","
                + "\"type\":\"41\",\"derived\":false}]");
  }

  @Test
  void a_bare_code_that_only_an_older_edition_knows_has_its_answer() {
    assertThat(ok(CODES + "98511").body())
        .contains("\"release\":\"2023\"")
        .contains("\"status\":\"ceased\"");
    assertThat(problem("/v1/referentials/communes@2026/codes/98511", 404))
        .contains("/problems/code-not-in-force")
        .contains("\"knownIn\":\"2023\"");
  }

  @Test
  void a_date_at_which_the_code_does_not_hold_is_a_problem_that_helps() {
    assertThat(problem(CODES + "14666?date=2018-06-01", 404, "Accept-Language", "en"))
        .contains("\"type\":\"/problems/code-not-in-force\"")
        .contains("\"title\":\"Code not in force\"")
        .contains("{\"from\":\"1943-01-01\",\"to\":\"2017-01-01\"}")
        .contains("{\"from\":\"2019-12-31\",\"to\":null}")
        .contains("\"successors\":[{\"referential\":\"communes\",\"code\":\"14712\"")
        .contains("\"predecessors\":[{\"referential\":\"communes\",\"code\":\"14712\"");
    assertThat(ok("/v1/referentials/communes@2018-06-01/codes/14712").body())
        .contains("\"label\":\"Saline\"")
        .contains("\"date\":\"2018-06-01\"");
  }

  @Test
  void a_lost_zero_is_suggested_back() {
    assertThat(problem(CODES + "1004", 404))
        .contains("\"type\":\"/problems/unknown-code\"")
        .contains("\"title\":\"Code inconnu\"")
        .contains(
            "\"suggestions\":[{\"code\":\"01004\",\"label\":\"Ambérieu-en-Bugey\","
                + "\"status\":\"in-force\"}]");
  }

  @Test
  void what_the_checker_repairs_is_suggested() {
    assertThat(problem("/v1/referentials/departements/codes/014", 404))
        .contains("\"suggestions\":[{\"code\":\"14\"");
    assertThat(problem("/v1/referentials/departements/codes/02A", 404))
        .contains("\"suggestions\":[{\"code\":\"2A\"");
    assertThat(problem("/v1/referentials/departements/codes/02C", 404))
        .doesNotContain("suggestions");
  }

  @Test
  void an_obvious_variant_is_answered_with_its_canonical_address() {
    for (String variant : new String[] {"6201Z", "62.01z", "6201z"}) {
      HttpResponse<String> response = ok("/v1/referentials/naf@rev2/codes/" + variant);
      assertThat(response.body()).startsWith("{\"code\":\"62.01Z\"");
      assertThat(response.headers().firstValue("Content-Location"))
          .hasValue("/v1/referentials/naf@rev2/codes/62.01Z");
    }
    assertThat(ok(CODES + "2a004").headers().firstValue("Content-Location"))
        .hasValue("/v1/referentials/communes/codes/2A004");
  }

  @Test
  void a_reference_says_both_clocks() {
    assertThat(ok("/v1/referentials/communes@2023,2018-12-31/codes/14712").body())
        .contains("\"release\":\"2023\",\"date\":\"2018-12-31\"")
        .contains("\"label\":\"Saline\"");
    assertThat(ok("/v1/referentials/communes%402023/codes/01004").body())
        .contains("\"release\":\"2023\",\"date\":\"2023-01-01\"");
    assertThat(problem("/v1/referentials/communes@2023,soon/codes/01004", 400))
        .contains("/problems/malformed-reference");
    assertThat(problem("/v1/referentials/communes@1802/codes/01004", 404))
        .contains("\"editions\":[\"2023\",\"2026\"]");
  }

  @Test
  void dots_slashes_pluses_spaces_and_accents_survive_the_path() {
    String odd = "/v1/referentials/odd/codes/";
    assertThat(ok(odd + "A%2FB").body()).startsWith("{\"code\":\"A/B\"");
    assertThat(ok(odd + "A%2fB/history").body()).contains("\"code\":\"A/B\"");
    assertThat(ok(odd + "A+B").body()).startsWith("{\"code\":\"A+B\"");
    assertThat(ok(odd + "A%2BB").body()).startsWith("{\"code\":\"A+B\"");
    assertThat(ok(odd + "a%20b").body()).startsWith("{\"code\":\"a b\"");
    assertThat(ok(odd + "x.history").body()).startsWith("{\"code\":\"x.history\"");
    assertThat(ok(odd + "%C3%A9%25").body())
        .startsWith("{\"code\":\"é%\"")
        .contains("\"uri\":\"/id/odd/%C3%A9%25\"");
  }

  @Test
  void fields_choose_members_and_parts_of_them() {
    assertThat(ok(CODES + "01004?fields=code,label").body())
        .isEqualTo("{\"code\":\"01004\",\"label\":\"Ambérieu-en-Bugey\"}");
    assertThat(ok(CODES + "01004?fields=population,departement").body())
        .isEqualTo(
            "{\"attributes\":{\"population\":15554},\"broader\":[{\"referential\":"
                + "\"departements\",\"code\":\"01\",\"label\":\"Ain\",\"level\":\"departement\"}]}");
    assertThat(problem(CODES + "01004?fields=code,colour", 400))
        .contains("/problems/unknown-field")
        .contains("\"field\":\"colour\"");
  }

  @Test
  void a_table_has_a_line_for_the_code_and_speaks_to_french_spreadsheets() {
    assertThat(ok(CODES + "01004", "Accept", "text/csv").body())
        .isEqualTo(
            "code,label,level,status,from,to,siren,population,departement,epci,codesPostaux\r\n"
                + "01004,Ambérieu-en-Bugey,commune,in-force,1955-03-31,,210100046,15554,01,"
                + "240100883,01500\r\n");
    assertThat(ok(CODES + "01004?format=csv&separator=;&bom=true&fields=code,label").body())
        .isEqualTo("\uFEFFcode;label\r\n01004;Ambérieu-en-Bugey\r\n");
  }

  @Test
  void accept_decides_and_format_overrides() {
    assertThat(
            ok(CODES + "01004", "Accept", "text/html,*/*;q=0.8")
                .headers()
                .firstValue("Content-Type"))
        .hasValue("application/json");
    assertThat(
            ok(CODES + "01004?format=ndjson", "Accept", "text/csv")
                .headers()
                .firstValue("Content-Type"))
        .hasValue("application/x-ndjson");
    assertThat(problem(CODES + "01004", 406, "Accept", "image/png"))
        .contains("\"available\":[\"application/json\",\"text/csv\",\"application/x-ndjson\"]");
    assertThat(problem("/v1/referentials", 406, "Accept", "text/csv"))
        .contains("/problems/not-acceptable");
    assertThat(problem(CODES + "01004?format=xml", 400)).contains("/problems/invalid-parameter");
  }

  @Test
  void history_tells_states_and_events_in_order() {
    assertThat(ok(CODES + "14666/history").body())
        .contains(
            "\"events\":[{\"date\":\"2017-01-01\",\"kind\":\"merged\",\"type\":\"32\","
                + "\"derived\":false,\"before\":[{\"referential\":\"communes\",\"code\":\"14666\","
                + "\"label\":\"Sannerville\"},{\"referential\":\"communes\",\"code\":\"14712\","
                + "\"label\":\"Troarn\"}],\"after\":[{\"referential\":\"communes\","
                + "\"code\":\"14712\",\"label\":\"Saline\"}]}")
        .contains("\"kind\":\"restored\"");
  }

  @Test
  void predecessors_and_successors_are_direct_events() {
    assertThat(ok(CODES + "2A004/predecessors").body())
        .contains("\"total\":1")
        .contains("\"code\":\"20004\"");
    assertThat(ok(CODES + "2A004/successors").body()).contains("\"total\":0,\"items\":[]");
  }

  @Test
  void ancestors_and_descendants_cross_referentials() {
    assertThat(ok(CODES + "01004/ancestors").body())
        .contains("\"total\":2")
        .contains("\"referential\":\"epci\"");
    assertThat(ok("/v1/referentials/naf/codes/62.01Z/ancestors").body())
        .contains("\"total\":4")
        .endsWith("\"level\":\"section\"}]}");
    assertThat(
            ok("/v1/referentials/departements/codes/14/descendants?referential=communes&date=2018-01-01")
                .body())
        .contains("14712");
    assertThat(ok("/v1/referentials/departements/codes/14/descendants?format=csv").body())
        .startsWith("referential,code,label,level\r\ncommunes,14666,Sannerville,commune\r\n");
  }

  @Test
  void lists_page_with_totals_and_links() {
    HttpResponse<String> first = ok("/v1/referentials/communes/codes?limit=2&fields=code");
    assertThat(first.body())
        .contains("\"total\":4")
        .contains("\"items\":[{\"code\":\"01004\"},{\"code\":\"14666\"}]");
    assertThat(first.headers().firstValue("X-Total-Count")).hasValue("4");
    String link = first.headers().firstValue("Link").orElseThrow();
    assertThat(link).startsWith("</v1/referentials/communes/codes?limit=2&fields=code&cursor=");
    HttpResponse<String> second = ok(link.substring(1, link.indexOf('>')));
    assertThat(second.body())
        .contains("\"items\":[{\"code\":\"14712\"},{\"code\":\"2A004\"}],\"next\":null");
    assertThat(second.headers().firstValue("Link")).isEmpty();
  }

  @Test
  void lists_filter() {
    String list = "/v1/referentials/communes/codes?fields=code&";
    assertThat(ok(list + "q=amberieu%20en").body()).contains("\"total\":1").contains("01004");
    assertThat(ok(list + "q=2a0").body()).contains("\"total\":1").contains("2A004");
    assertThat(ok(list + "within=departements:14").body()).contains("\"total\":2");
    assertThat(ok(list + "within=codes-postaux:01500").body()).contains("\"total\":1");
    assertThat(ok(list + "status=ceased").body()).contains("[{\"code\":\"20004\"}]");
    assertThat(ok(list + "date=1970-01-01").body()).contains("20004").doesNotContain("2A004");
    assertThat(
            ok("/v1/referentials/naf/codes?level=division,section&format=csv&fields=code").body())
        .isEqualTo("code\r\n62\r\nJ\r\n");
    assertThat(problem("/v1/referentials/naf/codes?level=floor", 400)).contains("subclass");
    assertThat(ok("/v1/referentials/naf/codes?level=class,class&fields=code").body())
        .contains("\"total\":1");
  }

  @Test
  void what_exists_is_told() {
    assertThat(ok("/v1/referentials").body()).contains("\"total\":7").contains("\"id\":\"naf\"");
    HttpResponse<String> one = ok("/v1/referentials/communes");
    assertThat(one.body()).contains("\"editions\":[\"2023\",\"2026\"]");
    assertThat(ok("/v1/referentials/communes/releases").body()).contains("\"total\":2");
    HttpResponse<String> release = ok("/v1/referentials/communes/releases/2026");
    assertThat(release.body())
        .contains("\"referenceDate\":\"2026-01-01\"")
        .contains("\"observed\":{\"epci\":[\"2023-01-01\",\"2026-01-01\"]}");
    assertThat(release.headers().firstValue("Link").orElseThrow())
        .contains("rel=\"predecessor-version\"");
    assertThat(
            client
                .get(
                    "/v1/referentials/communes",
                    "If-None-Match",
                    one.headers().firstValue("ETag").orElseThrow())
                .statusCode())
        .isEqualTo(304);
    assertThat(problem("/v1/referentials/comunes", 404)).contains("\"suggestions\":[\"communes\"]");
    assertThat(problem("/v1/referentials/communes/releases/1802", 404)).contains("unknown-edition");
    assertThat(problem("/v1/referentials/empty/codes/1", 404)).contains("no-edition");
  }

  @Test
  void the_permanent_address_leads_to_the_code() {
    HttpResponse<String> response = client.get("/id/communes/2a004");
    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location"))
        .hasValue("/v1/referentials/communes/codes/2A004");
    assertThat(problem("/id/communes/99999", 404)).contains("unknown-code");
  }

  @Test
  void unknown_and_repeated_parameters_are_refused() {
    assertThat(problem(CODES + "01004?dat=2015-06-01", 400))
        .contains("/problems/unknown-parameter")
        .contains("\"parameter\":\"dat\"")
        .contains(
            "\"known\":[\"date\",\"release\",\"fields\",\"format\",\"separator\",\"bom\",\"header\"]");
    assertThat(problem(CODES + "01004?date=2015-06-01&date=2016-06-01", 400))
        .contains("/problems/duplicate-parameter");
    assertThat(problem("/v1/referentials?x=1", 400)).contains("/problems/unknown-parameter");
    assertThat(problem(CODES + "01004?date=2015-02-30", 400))
        .contains("/problems/invalid-parameter");
  }

  @Test
  void health_contract_head_and_preflight() {
    assertThat(ok("/health").body()).contains("\"status\":\"up\"");
    assertThat(ok("/openapi.yaml").body()).startsWith("openapi: 3");
    HttpResponse<String> head = client.send("HEAD", CODES + "01004", null);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("ETag")).isPresent();
    HttpResponse<String> preflight =
        client.send("OPTIONS", CODES + "01004", null, "Origin", "https://example.org");
    assertThat(preflight.statusCode()).isEqualTo(204);
    HttpResponse<String> delete = client.send("DELETE", CODES + "01004", null);
    assertThat(delete.statusCode()).isEqualTo(405);
    assertThat(delete.headers().firstValue("Allow").orElseThrow()).contains("GET");
    assertThat(problem("/nowhere", 404)).contains("/problems/not-found");
  }

  @Test
  void a_batch_answers_in_order_and_one_bad_item_never_fails_it() {
    String lookup = "/v1/referentials/communes/lookup?fields=code,label";
    HttpResponse<String> json =
        client.post(
            lookup,
            "application/json",
            "[\"01004\", \"1004\", {\"code\":\"14666\",\"date\":\"2018-06-01\"}, 3.5, null,"
                + " {\"code\":\"14712\",\"date\":\"2018-06-01\"},"
                + " {\"code\":\"01004\",\"date\":\"soon\"}]");
    assertThat(json.statusCode()).as(json.body()).isEqualTo(200);
    assertThat(json.body())
        .startsWith(
            "[{\"input\":\"01004\",\"code\":\"01004\",\"label\":\"Ambérieu-en-Bugey\"},"
                + "{\"input\":\"1004\",\"status\":\"unknown\",\"problem\":{")
        .contains("{\"input\":\"14666\",\"status\":\"not-in-force\"")
        .contains("{\"input\":null,\"status\":\"invalid\"")
        .contains("{\"input\":\"14712\",\"code\":\"14712\",\"label\":\"Saline\"}")
        .contains("{\"input\":\"01004\",\"status\":\"invalid\"");
    HttpResponse<String> lines =
        client.post(lookup, "application/x-ndjson", "\"01004\"\nrubbish\n{\"code\":\"2a004\"}");
    assertThat(lines.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    assertThat(lines.body().lines())
        .hasSize(3)
        .last()
        .isEqualTo("{\"input\":\"2a004\",\"code\":\"2A004\",\"label\":\"Ajaccio\"}");
    HttpResponse<String> csv =
        client.post(lookup + "&column=insee", "text/csv", "nom;insee\nA;01004\nB;1004\n\"C;x\";\n");
    assertThat(csv.body())
        .isEqualTo(
            "input,code,label,problem\r\n01004,01004,Ambérieu-en-Bugey,\r\n"
                + "1004,,,unknown-code\r\n,,,malformed-code\r\n");
    HttpResponse<String> broken = client.post(lookup, "application/json", "[\"01004\", \"2A004\"");
    assertThat(broken.statusCode()).isEqualTo(200);
    assertThat(broken.body()).contains("\"status\":\"invalid\"").endsWith("]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252", "x-MacRoman", "UTF-16", "UTF-16LE"})
  void a_table_is_read_as_any_file_is(String charset) {
    String table =
        "Export du 3 mars\r\n\r\nIntitulé;Département;Code géographique\r\n"
            + "Ambérieu, gare;Ain;01004\r\nÀ côté, forêt;Corse;2a004\r\nAjaccio;Corse;\"2A004\"\r\n";
    HttpResponse<byte[]> answer =
        client.postBytes(
            "/v1/referentials/communes/lookup?fields=code,label&column=Code%20g%C3%A9ographique",
            table.getBytes(Charset.forName(charset)), "Content-Type", "text/csv");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "input,code,label,problem\r\n01004,01004,Ambérieu-en-Bugey,\r\n"
                + "2a004,2A004,Ajaccio,\r\n2A004,2A004,Ajaccio,\r\n");
  }

  @Test
  void the_first_line_of_a_table_is_its_header_where_none_shows() {
    HttpResponse<String> answer =
        client.post(
            "/v1/referentials/communes/lookup?fields=code,label",
            "text/csv",
            "code\nabcd\nefgh\nijkl\n");
    assertThat(answer.body())
        .isEqualTo(
            "input,code,label,problem\r\nabcd,,,unknown-code\r\nefgh,,,unknown-code\r\n"
                + "ijkl,,,unknown-code\r\n");
  }

  @Test
  void a_quote_that_is_not_closed_is_a_letter() {
    HttpResponse<String> answer =
        client.post(
            "/v1/referentials/communes/lookup?fields=code,label",
            "text/csv",
            "code,nom\n01004,\"Ambérieu\n2A004,Ajaccio\n");
    assertThat(answer.body().lines())
        .containsExactly(
            "input,code,label,problem", "01004,01004,Ambérieu-en-Bugey,", "2A004,2A004,Ajaccio,");
  }

  @Test
  void many_codes_are_answered_as_each_alone() {
    // More than are looked for together, some twice, some on days of their own.
    StringBuilder items = new StringBuilder("[\"01004\"");
    for (int i = 0; i < 150; i++) {
      items.append(
          switch (i % 5) {
            case 0 -> ", \"2a004\"";
            case 1 -> ", \"01004\"";
            case 2 -> ", {\"code\":\"14712\",\"date\":\"2018-06-01\"}";
            case 3 -> ", \"14712\"";
            default -> ", \"1004\"";
          });
    }
    String body =
        client
            .post(
                "/v1/referentials/communes/lookup?fields=code,label",
                "application/x-ndjson",
                items.substring(1).replace(", ", "\n"))
            .body();
    List<String> lines = body.lines().toList();
    assertThat(lines).hasSize(151);
    assertThat(lines.get(150))
        .startsWith("{\"input\":\"1004\",\"status\":\"unknown\",\"problem\":{");
    for (int i = 0; i < 150; i++) {
      assertThat(lines.get(i + 1))
          .startsWith(
              switch (i % 5) {
                case 0 -> "{\"input\":\"2a004\",\"code\":\"2A004\",\"label\":\"Ajaccio\"}";
                case 1 -> "{\"input\":\"01004\",\"code\":\"01004\",";
                case 2 -> "{\"input\":\"14712\",\"code\":\"14712\",\"label\":\"Saline\"}";
                case 3 -> "{\"input\":\"14712\",\"code\":\"14712\",";
                default -> "{\"input\":\"1004\",\"status\":\"unknown\",";
              });
    }
  }

  @Test
  void a_body_that_cannot_be_a_batch_is_refused_whole() {
    String lookup = "/v1/referentials/communes/lookup";
    assertThat(client.post(lookup, "text/plain", "01004").statusCode()).isEqualTo(415);
    assertThat(client.post(lookup, "application/json", "{\"code\":\"01004\"}").statusCode())
        .isEqualTo(400);
    assertThat(client.post(lookup, "application/json", "").statusCode()).isEqualTo(400);
    assertThat(client.post(lookup, "text/csv", "a,b\n1,2\n").body()).contains("unknown-column");
    assertThat(client.post(lookup, "text/csv", "").body()).contains("refused-file");
  }
}
