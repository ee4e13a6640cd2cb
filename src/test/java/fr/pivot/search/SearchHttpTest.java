package fr.pivot.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names are searched over HTTP, in what ships with Pivot; today is 1 March 2026. */
@PivotTest
class SearchHttpTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIST = "/v1/referentials/communes/codes?fields=code&";

  private final ContractClient client;

  SearchHttpTest(ContractClient client) {
    this.client = client;
  }

  private JsonNode ok(String address) throws JsonProcessingException {
    HttpResponse<String> response = client.get(address);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static List<String> texts(JsonNode items, String... members) {
    List<String> all = new ArrayList<>();
    items.forEach(
        item -> {
          List<String> values = new ArrayList<>();
          for (String member : members) {
            values.add(item.at(member).asText());
          }
          all.add(String.join(" ", values));
        });
    return all;
  }

  @Test
  void a_list_that_is_asked_by_name_is_ranked_and_says_why() throws Exception {
    JsonNode page = ok(LIST + "q=chalons+sur+marne&limit=1");
    JsonNode first = page.at("/items/0");
    assertThat(first.at("/code").asText()).isEqualTo("51108");
    assertThat(first.at("/score").asDouble()).isEqualTo(96.75);
    assertThat(first.at("/match/kind").asText()).isEqualTo("name");
    assertThat(first.at("/match/name").asText()).isEqualTo("Châlons-sur-Marne");
    assertThat(first.at("/match/former/until").asText()).isEqualTo("1998-01-04");
    assertThat(texts(ok(LIST + "q=saint-d&limit=2").at("/items"), "/code", "/match/kind"))
        .containsExactly("97411 prefix", "93066 prefix");
    assertThat(
            texts(ok(LIST + "q=st+etienne&within=departements:76&limit=1").at("/items"), "/code"))
        .containsExactly("76575");
    assertThat(
            texts(
                ok(LIST + "q=chatillon+en+michaille&status=ceased&limit=1").at("/items"), "/code"))
        .containsExactly("01091");
    assertThat(
            texts(
                ok("/v1/referentials/naf@rev2/codes?q=programmation+informatique&level=classe&limit=1")
                    .at("/items"),
                "/code"))
        .containsExactly("62.01");
  }

  @Test
  void a_ranked_list_has_pages() throws Exception {
    JsonNode first = ok(LIST + "q=saint&limit=3");
    JsonNode second = ok(LIST + "q=saint&limit=3&cursor=" + first.at("/next").asText());
    JsonNode both = ok(LIST + "q=saint&limit=6");
    List<String> joined = texts(first.at("/items"), "/code");
    joined.addAll(texts(second.at("/items"), "/code"));
    assertThat(joined).isEqualTo(texts(both.at("/items"), "/code")).doesNotHaveDuplicates();
    HttpResponse<String> again = client.get(LIST + "q=saint&limit=3");
    assertThat(again.headers().firstValue("Link").orElse("")).endsWith("rel=\"next\"");
    assertThat(again.headers().firstValue("X-Total-Count")).hasValue("4");
  }

  @Test
  void a_ranked_list_comes_as_a_table() {
    HttpResponse<String> table =
        client.get("/v1/referentials/communes/codes?q=lyon&limit=1&format=csv&fields=code,label");
    assertThat(table.body())
        .isEqualTo("code,label,score,match,matched\r\n69123,Lyon,100,name,Lyon\r\n");
  }

  @Test
  void all_referentials_are_searched_at_once() throws Exception {
    JsonNode items = ok("/v1/search?q=paris&limit=4").at("/items");
    assertThat(texts(items, "/referential", "/code"))
        .startsWith("communes 75056")
        .contains("departements 75", "arrondissements 751");
    assertThat(items.at("/0/description").asText()).isEqualTo("Paris (75)");
    assertThat(items.at("/0/uri").asText()).isEqualTo("/id/communes/75056");
    assertThat(
            texts(
                ok("/v1/search?q=Saint-Denis+(93)&referential=communes,arrondissements&limit=2")
                    .at("/items"),
                "/referential",
                "/code"))
        .containsExactly("communes 93066", "arrondissements 933");
    assertThat(
            texts(
                ok("/v1/search?q=saint-denis&within=departements:974&limit=1").at("/items"),
                "/code"))
        .containsExactly("97411");
    assertThat(
            texts(
                ok("/v1/search?q=saline&date=2018-06-01&referential=communes&limit=1").at("/items"),
                "/code"))
        .containsExactly("14712");
    assertThat(texts(ok("/v1/search?q=93200&limit=2").at("/items"), "/referential", "/match/kind"))
        .containsExactly("codes-postaux code", "communes linked");
  }

  @Test
  void what_cannot_be_searched_is_said() {
    assertThat(client.get("/v1/search").statusCode()).isEqualTo(400);
    assertThat(client.get("/v1/search?q=%20").statusCode()).isEqualTo(400);
    assertThat(client.get("/v1/search?q=" + "a".repeat(201)).statusCode()).isEqualTo(400);
    assertThat(client.get("/v1/search?q=a&referential=comunes").body())
        .contains("\"suggestions\":[\"communes\"]");
    assertThat(client.get("/v1/search?q=a&within=foo:1").statusCode()).isEqualTo(404);
    assertThat(client.get("/v1/search?q=a&limit=101").statusCode()).isEqualTo(400);
    assertThat(client.get(LIST + "q=a&cursor=zzz").statusCode()).isEqualTo(400);
  }

  @Test
  void answers_are_kept_and_checked_by_their_tag() {
    HttpResponse<String> first = client.get("/v1/search?q=nantes");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(client.get("/v1/search?q=nantes", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(first.headers().firstValue("Cache-Control")).hasValue("public, max-age=60");
  }

  private static final String NAMES =
      "nom;dép;n\nSt Denis;93;1\r\nSaint-Denis;974;2\nSaint-Denis;;3\n\nzzzz;75;5\n;75;6\n";

  @Test
  void a_file_of_names_comes_back_with_codes() {
    HttpResponse<String> answer =
        client.post(
            "/v1/reconciliations?column=nom&to=communes&context=d%C3%A9p:departement",
            "text/csv", NAMES);
    assertThat(answer.body())
        .isEqualTo(
            "nom;dép;n;communes;communes:label;communes:score;communes:match;communes:next\n"
                + "St Denis;93;1;93066;Saint-Denis;100;true;97411 Saint-Denis (70)\r\n"
                + "Saint-Denis;974;2;97411;Saint-Denis;100;true;93066 Saint-Denis (70)\n"
                + "Saint-Denis;;3;97411;Saint-Denis;100;false;93066 Saint-Denis (100)\n\n"
                + "zzzz;75;5;;;;false;\n"
                + ";75;6;;;;;\n");
    assertThat(
            client
                .post(
                    "/v1/reconciliations?column=nom&to=communes&context=d%C3%A9p:departement&certain=true",
                    "text/csv", NAMES)
                .body())
        .contains("\nSaint-Denis;;3;;;;false;\n");
  }

  @Test
  void the_different_names_of_a_file_are_answered_once_each_with_candidates() {
    String body =
        client
            .post(
                "/v1/reconciliations?column=nom&to=communes&context=d%C3%A9p:departement&format=ndjson",
                "text/csv", NAMES + "St Denis;93;7\n")
            .body();
    String[] lines = body.split("\n");
    assertThat(lines).hasSize(6);
    assertThat(lines[0])
        .startsWith(
            "{\"file\":{\"name\":\"-\",\"column\":\"nom\",\"rows\":6,\"empty\":1,\"values\":4");
    assertThat(lines[1])
        .startsWith(
            "{\"value\":{\"text\":\"St Denis\",\"rows\":2,\"line\":2,\"context\":{\"dép\":\"93\"},"
                + "\"status\":\"matched\",\"candidates\":[{\"code\":\"93066\",\"label\":\"Saint-Denis\","
                + "\"score\":100,\"match\":true,\"description\":\"Commune · Seine-Saint-Denis (93)\"}");
    assertThat(lines[3]).contains("\"status\":\"to-review\"").contains("\"code\":\"93066\"");
    assertThat(lines[4]).contains("\"status\":\"not-found\",\"candidates\":[]");
    assertThat(lines[5])
        .isEqualTo(
            "{\"summary\":{\"values\":{\"matched\":2,\"to-review\":1,\"not-found\":1,\"chosen\":0},"
                + "\"rows\":{\"matched\":3,\"to-review\":1,\"not-found\":1,\"chosen\":0}}}");
  }

  @Test
  void a_number_that_was_a_code_once_is_no_certain_name() {
    String body =
        client
            .post(
                "/v1/reconciliations?column=c&to=communes&format=ndjson",
                "text/csv",
                "c\n75001\n14712\n")
            .body();
    assertThat(body.lines().skip(1).findFirst().orElseThrow())
        .contains("\"status\":\"to-review\"")
        .contains("\"code\":\"94002\"")
        .contains("ancien code : 75001, jusqu'au 31 décembre 1967");
    assertThat(body.lines().skip(2).findFirst().orElseThrow()).contains("\"status\":\"matched\"");
  }

  @Test
  void what_a_person_decided_of_a_name_wins_where_its_context_is_the_same() {
    String form =
        "--x9\r\nContent-Disposition: form-data; name=\"choices\"\r\n\r\n"
            + "code_source;dép;code_cible\nSaint-Denis;;97411\nzzzz;75;\n"
            + "\r\n--x9\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
            + NAMES
            + "\r\n--x9--\r\n";
    HttpResponse<String> answer =
        client.post(
            "/v1/reconciliations?column=nom&to=communes&context=d%C3%A9p:departement",
            "multipart/form-data; boundary=x9", form);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .contains("Saint-Denis;974;2;97411;Saint-Denis;100;true;93066 Saint-Denis (70)\n")
        .contains("Saint-Denis;;3;97411;Saint-Denis;;true;\n")
        .contains("zzzz;75;5;;;;false;\n");
    for (String wrong : List.of("01091", "1004")) {
      assertThat(
              client
                  .post(
                      "/v1/reconciliations?column=nom&to=communes&context=d%C3%A9p:departement",
                      "multipart/form-data; boundary=x9", form.replace("97411", wrong))
                  .body())
          .contains("/problems/invalid-choices")
          .contains("\"line\":2");
    }
  }

  @Test
  void a_file_of_names_comes_back_as_a_workbook(@TempDir Path folder) throws Exception {
    byte[] workbook =
        client
            .postBytes(
                "/v1/reconciliations?column=nom&to=communes&format=xlsx",
                "nom\nLyon\n".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "Content-Type",
                "text/csv")
            .body();
    Path file = Files.write(folder.resolve("names.xlsx"), workbook);
    HttpResponse<byte[]> again =
        client.postBytes(
            "/v1/reconciliations?column=communes:label&to=communes",
            Files.readAllBytes(file),
            "Content-Type",
            "application/octet-stream");
    assertThat(new String(again.body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("Lyon,69123,Lyon,100,true");
  }

  @Test
  void a_file_of_names_that_cannot_be_reconciled_is_refused() {
    String path = "/v1/reconciliations?column=nom&to=communes";
    assertThat(client.post("/v1/reconciliations?to=communes", "text/csv", NAMES).statusCode())
        .isEqualTo(400);
    assertThat(client.post("/v1/reconciliations?column=x&to=communes", "text/csv", NAMES).body())
        .contains("\"columns\":[\"nom\",\"dép\",\"n\"]");
    assertThat(client.post(path + "&context=n", "text/csv", NAMES).body())
        .contains("/problems/unknown-property");
    assertThat(
            client.post("/v1/reconciliations?column=nom&to=villes", "text/csv", NAMES).statusCode())
        .isEqualTo(404);
    assertThat(client.post(path, "text/csv", "").statusCode()).isIn(400, 422);
  }
}
