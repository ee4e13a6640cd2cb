package fr.pivot.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pivot.PivotTest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Extends data, suggests and previews with what ships with Pivot, as OpenRefine and newer clients
 * ask for it; today is 1 March 2026.
 */
@PivotTest
class ExtensionHttpTest extends ReconciliationCalls {

  // --- data extension

  @Test
  void the_epci_of_a_year_is_one_click_away() {
    JsonNode answer =
        extended(
            "/reconcile/communes",
            """
            {"ids":["01033","14712","absent"],"properties":[{"id":"epci@2026"},{"id":"population"},{"id":"departement"}]}
            """);
    JsonNode epci = answer.path("meta").path(0);
    assertThat(epci.path("name").asText()).isEqualTo("EPCI 2026");
    assertThat(epci.path("type").path("id").asText()).isEqualTo("epci");
    assertThat(epci.path("service").asText()).isEqualTo(server.getURI() + "/reconcile/epci@2026");
    JsonNode rows = answer.path("rows");
    assertThat(rows.path("01033").path("epci@2026").path(0).path("id").asText())
        .isEqualTo("240100891");
    assertThat(rows.path("14712").path("population").path(0).path("int").isIntegralNumber())
        .isTrue();
    assertThat(rows.path("14712").path("departement").path(0).path("name").asText())
        .isEqualTo("Calvados");
    assertThat(rows.path("absent").path("epci@2026").isArray()).isTrue();
    assertThat(rows.path("absent").path("epci@2026")).isEmpty();
  }

  @Test
  void a_code_of_the_past_is_followed() {
    JsonNode row =
        extended(
                "/reconcile/communes",
                """
                {"ids":["01091"],"properties":[{"id":"communes@2026"},{"id":"successors"},{"id":"status"},
                  {"id":"validity"},{"id":"to"}]}
                """)
            .path("rows")
            .path("01091");
    assertThat(row.path("communes@2026").path(0).path("id").asText()).isEqualTo("01033");
    assertThat(row.path("successors").path(0).path("name").asText()).isEqualTo("Valserhône");
    assertThat(row.path("status").path(0).path("str").asText()).isEqualTo("ceased");
    assertThat(row.path("validity").path(0).path("str").asText())
        .isEqualTo("1973-11-01/2019-01-01");
    assertThat(row.path("to").path(0).path("date").asText()).isEqualTo("2019-01-01T00:00:00Z");
  }

  @Test
  void all_targets_are_given_unless_only_a_certain_one_is_wanted() {
    JsonNode rows =
        extended(
                "/reconcile/communes@2018-01-01",
                """
                {"ids":["14712","01091"],"properties":[{"id":"communes@2026","settings":{"only":"all"}}]}
                """)
            .path("rows");
    assertThat(rows.path("14712").path("communes@2026").findValuesAsText("id"))
        .containsExactly("14666", "14712");
    JsonNode certain =
        extended(
                "/reconcile/communes@2018-01-01",
                """
                {"ids":["14712","01091"],"properties":[{"id":"communes@2026","settings":{"only":"certain"}}]}
                """)
            .path("rows");
    assertThat(certain.path("14712").path("communes@2026")).isEmpty();
    assertThat(certain.path("01091").path("communes@2026").findValuesAsText("id"))
        .containsExactly("01033");
  }

  @Test
  void a_date_says_when_values_are_read() {
    JsonNode answer =
        extended(
            "/reconcile/communes",
            """
            {"ids":["27676"],"properties":[{"id":"label","settings":{"date":"2010-01-01"}},
              {"id":"departement","settings":{"date":"2010-01-01"}}]}
            """);
    assertThat(answer.path("meta").path(1).path("service").asText())
        .endsWith("/reconcile/departements@2010-01-01");
    assertThat(answer.path("rows").path("27676").path("departement").path(0).path("id").asText())
        .isEqualTo("27");
    JsonNode problem =
        problem(
            form(
                "/reconcile/communes",
                "extend",
                "{\"ids\":[\"69123\"],\"properties\":[{\"id\":\"label\",\"settings\":{\"date\":\"hier\"}}]}"),
            422,
            "invalid-query");
    assertThat(problem.path("query").asText()).isEqualTo("date");
  }

  @Test
  void entities_of_all_referentials_are_written_with_theirs() {
    JsonNode answer =
        extended(
            "/reconcile",
            """
            {"ids":["communes:69123","departements:69"],"properties":[{"id":"region"},{"id":"code"}]}
            """);
    assertThat(answer.path("meta").path(0).has("service")).isFalse();
    assertThat(
            answer.path("rows").path("communes:69123").path("region").path(0).path("id").asText())
        .isEqualTo("regions:84");
    assertThat(
            answer.path("rows").path("departements:69").path("code").path(0).path("str").asText())
        .isEqualTo("69");
  }

  @Test
  void version_1_asks_for_the_same_in_its_way() {
    String body =
        ok(
            client.post(
                "/reconcile/communes/extend",
                "application/json",
                "{\"ids\":[\"93066\"],\"properties\":[{\"id\":\"label\"},{\"id\":\"epci@2026\"}]}"));
    JsonNode row = held("1.0-draft", "extension", body).path("rows").path(0);
    assertThat(row.path("id").asText()).isEqualTo("93066");
    assertThat(row.path("properties").path(0).path("values").path(0).path("str").asText())
        .isEqualTo("Saint-Denis");
  }

  @Test
  void a_property_that_is_not_there_is_told() {
    JsonNode problem =
        problem(
            form(
                "/reconcile/communes",
                "extend",
                "{\"ids\":[\"69123\"],\"properties\":[{\"id\":\"populaton\"}]}"),
            422,
            "unknown-property");
    assertThat(problem.path("suggestions").path(0).asText()).isEqualTo("population");
    problem(
        form(
            "/reconcile/communes",
            "extend",
            "{\"ids\":[\"69123\"],\"properties\":[{\"id\":\"epci@1850\"}]}"),
        422,
        "unknown-property");
    for (String wrong : List.of("{}", "[]", "{\"ids\":\"x\",\"properties\":[]}")) {
      problem(form("/reconcile/communes", "extend", wrong), 400, "invalid-parameter");
    }
    problem(
        form("/reconcile/communes", "extend", "{\"ids\":[{}],\"properties\":[]}"),
        422,
        "invalid-query");
    problem(
        form(
            "/reconcile/communes",
            "extend",
            "{\"ids\":[" + "\"a\",".repeat(500) + "\"b\"],\"properties\":[]}"),
        413,
        "too-large");
  }

  @Test
  void properties_are_proposed_by_names_that_people_read() {
    JsonNode answer =
        held(
            "0.2", "proposals", ok(client.get("/reconcile/communes/extend/propose?type=communes")));
    assertThat(answer.path("properties").findValuesAsText("id"))
        .contains("departement", "population", "epci@2026", "communes@2023", "status")
        .doesNotContain("naf@2025");
    assertThat(answer.path("properties").findValuesAsText("name"))
        .contains("Département", "EPCI 2026", "Successeurs");
    JsonNode english =
        held(
            "1.0-draft",
            "proposals",
            ok(
                client.get(
                    "/reconcile/extend/propose?type=naf@rev2&limit=4", "Accept-Language", "en")));
    assertThat(english.path("properties").findValuesAsText("name"))
        .containsExactly("Code", "Label", "Level", "Status");
    problem(client.get("/reconcile/extend/propose?type=nothing"), 422, "unknown-type");
  }

  @Test
  void all_that_is_proposed_can_be_had() {
    JsonNode proposed =
        held("0.2", "proposals", ok(client.get("/reconcile/communes/extend/propose")));
    StringBuilder query = new StringBuilder("{\"ids\":[\"69123\"],\"properties\":[");
    proposed
        .path("properties")
        .forEach(p -> query.append("{\"id\":\"").append(p.path("id").asText()).append("\"},"));
    query.setLength(query.length() - 1);
    JsonNode row = extended("/reconcile/communes", query + "]}").path("rows").path("69123");
    assertThat(row).hasSameSizeAs(proposed.path("properties"));
    assertThat(row.path("communes@2019").path(0).path("id").asText()).isEqualTo("69123");
  }

  @Test
  void a_translation_to_a_day_between_two_lists_says_until_when_it_is_known() {
    // DGCL's list of 1 January 2020, which does not ship, has Pomas in Carcassonne Agglo already.
    String query =
        "{\"ids\":[\"11293\",\"11004\"],\"properties\":[{\"id\":\"epci@2020-06-01\"%s}]}";
    JsonNode rows = extended("/reconcile/communes", query.formatted("")).path("rows");
    assertThat(rows.path("11293").path("epci@2020-06-01").path(0).path("name").asText())
        .isEqualTo("CC du Limouxin (su jusqu’au 2019-01-01)");
    assertThat(rows.path("11004").path("epci@2020-06-01").path(0).path("name").asText())
        .isEqualTo("CC du Limouxin");
    JsonNode certain =
        extended("/reconcile/communes", query.formatted(",\"settings\":{\"only\":\"certain\"}"))
            .path("rows");
    assertThat(certain.path("11293").path("epci@2020-06-01")).isEmpty();
    assertThat(certain.path("11004").path("epci@2020-06-01")).hasSize(1);
  }

  // --- suggestions and previews

  @Test
  void entities_are_suggested_as_one_types() {
    JsonNode first =
        held(
            "0.2",
            "suggestions",
            ok(
                client.get(
                    "/reconcile/communes/suggest/entity?prefix=saint-den&spell=always&exact=false&prefixed=true")));
    assertThat(ids(first.path("result"))).contains("93066");
    JsonNode page =
        held(
            "0.2",
            "suggestions",
            ok(client.get("/reconcile/communes/suggest/entity?prefix=saint&limit=5")));
    assertThat(ids(page.path("result"))).hasSize(5);
    assertThat(page.path("cursor").asInt()).isEqualTo(5);
    JsonNode next =
        held(
            "1.0-draft",
            "suggestions",
            ok(client.get("/reconcile/communes/suggest/entity?prefix=saint&limit=5&offset=5")));
    assertThat(ids(next.path("result")))
        .hasSize(5)
        .doesNotContainAnyElementsOf(ids(page.path("result")));
    assertThat(next)
        .isEqualTo(
            held(
                "0.2",
                "suggestions",
                ok(
                    client.get(
                        "/reconcile/communes/suggest/entity?prefix=saint&limit=5&cursor=5"))));
  }

  @Test
  void an_identifier_is_suggested_whatever_became_of_it() {
    for (String address :
        List.of(
            "/reconcile/communes/suggest/entity?prefix=01091",
            "/reconcile/suggest/entity?prefix=communes:01091")) {
      JsonNode answer = held("0.2", "suggestions", ok(client.get(address)));
      assertThat(answer.path("result").path(0).path("id").asText()).endsWith("01091");
    }
  }

  @Test
  void properties_and_types_are_suggested() {
    JsonNode properties =
        held(
            "0.2",
            "suggestions",
            ok(client.get("/reconcile/communes/suggest/property?prefix=dép")));
    assertThat(properties.path("result").path(0).path("id").asText()).isEqualTo("departement");
    JsonNode types =
        held("1.0-draft", "suggestions", ok(client.get("/reconcile/suggest/type?prefix=comm")));
    assertThat(types.path("result").path(0).path("id").asText()).isEqualTo("communes");
    problem(client.get("/reconcile/communes/suggest/entity?cursor=-1"), 400, "invalid-parameter");
  }

  @Test
  void flyouts_are_a_few_words() {
    for (String address :
        List.of(
            "/reconcile/communes/flyout/entity?id=93066",
            "/reconcile/communes/flyout/property?id=epci",
            "/reconcile/flyout/type?id=naf/classe")) {
      held("0.2", "flyout", ok(client.get(address)));
    }
    problem(client.get("/reconcile/communes/flyout/entity?id=00000"), 404, "unknown-code");
  }

  @Test
  void a_preview_needs_nothing_else() {
    HttpResponse<String> response = client.get("/reconcile/communes/preview?id=01091");
    String page = ok(response);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(response.headers().firstValue("Content-Security-Policy"))
        .hasValue("default-src 'none'; style-src 'unsafe-inline'");
    assertThat(page)
        .contains("<html lang=\"fr\">")
        .contains("Châtillon-en-Michaille")
        .contains("N'est plus en vigueur depuis le 1er janvier 2019")
        .contains("Valserhône")
        .contains("href=\"" + server.getURI() + "/id/communes/01091\"")
        .doesNotContain("<script", "<img", "<link", "@import", "url(");
    assertThat(ok(client.get("/reconcile/preview?id=communes:01091", "Accept-Language", "en")))
        .contains("<html lang=\"en\">")
        .contains("No longer in force since 1 January 2019");
    problem(client.get("/reconcile/communes/preview?id=00000"), 404, "unknown-code");
    problem(client.get("/reconcile/communes/preview"), 400, "invalid-parameter");
  }

  @Test
  void a_preview_leads_to_the_edition_that_it_shows() {
    assertThat(ok(client.get("/reconcile/naf@rev2/preview?id=6201z")))
        .contains("Programmation informatique")
        .contains("href=\"" + server.getURI() + "/id/naf@rev2/62.01Z\"");
  }

  @Test
  void a_preview_of_an_added_column_tells_all_that_the_code_is() {
    assertThat(ok(client.get("/reconcile/communes/preview?id=243500139")))
        .contains("Rennes Métropole")
        .contains("href=\"" + server.getURI() + "/id/epci/243500139\"");
    assertThat(ok(client.get("/reconcile/communes/preview?id=93")))
        .contains("Seine-Saint-Denis", "Provence-Alpes-Côte d'Azur");
  }

  @Test
  void a_region_is_not_in_one_of_its_departements() {
    JsonNode candidate =
        asked("/reconcile/regions", "{\"query\":\"Bretagne\"}").path("result").path(0);
    assertThat(candidate.path("description").asText()).isEqualTo("Région");
  }

  @Test
  void a_postal_code_overseas_is_near_none_of_another_departement() {
    assertThat(
            found(
                "/reconcile/communes",
                "{\"query\":\"Saint-Pierre\",\"properties\":[{\"pid\":\"codesPostaux\",\"v\":\"97410\"}]}"))
        .startsWith("97416!");
  }

  @Test
  void what_a_client_says_of_its_host_is_only_text() {
    String page =
        ok(
            client.get(
                "/reconcile/communes/preview?id=93066",
                "X-Forwarded-Host",
                "a.fr\"><script>alert(1)</script>"));
    assertThat(page).doesNotContain("<script");
  }

  @Test
  void a_code_written_with_its_referential_has_an_address() {
    for (String curie : List.of("communes:93066", "communes%3A93066")) {
      HttpResponse<String> response = client.get("/id/" + curie);
      assertThat(response.statusCode()).isEqualTo(303);
      assertThat(response.headers().firstValue("Location"))
          .hasValue("/v1/referentials/communes/codes/93066");
    }
    assertThat(client.get("/id/communes@2020-01-01:93066").headers().firstValue("Location"))
        .hasValue("/v1/referentials/communes@2020-01-01/codes/93066");
    problem(client.get("/id/communes"), 400, "malformed-code");
    problem(client.get("/id/communes:99999"), 404, "unknown-code");
    problem(client.get("/id/nothing:1"), 404, "unknown-referential");
  }
}
