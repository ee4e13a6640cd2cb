package fr.pivot.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pivot.PivotTest;
import fr.pivot.admission.Admission;
import fr.pivot.admission.Work;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Reconciles with what ships with Pivot, as OpenRefine and newer clients do; today is 1 March 2026.
 * Every answer is held to the schemas of its version.
 */
@PivotTest(properties = {"pivot.limits.batches=1", "pivot.limits.wait=50ms"})
class ReconciliationHttpTest extends ReconciliationCalls {

  private final Admission admission;

  ReconciliationHttpTest(Admission admission) {
    this.admission = admission;
  }

  // --- manifest

  @Test
  void a_manifest_says_what_openrefine_needs() {
    JsonNode manifest = held("0.2", "manifest", ok(client.get("/reconcile/communes")));
    String here = server.getURI() + "/reconcile/communes";
    assertThat(manifest.path("view").path("url").asText())
        .isEqualTo(server.getURI() + "/id/communes/{{id}}");
    assertThat(manifest.path("preview").path("url").asText())
        .isEqualTo(here + "/preview?id={{id}}");
    assertThat(manifest.path("suggest").path("entity").path("service_url").asText())
        .isEqualTo(here);
    assertThat(manifest.path("batchSize").asInt()).isEqualTo(50);
    assertThat(manifest.path("defaultTypes").path(0).path("id").asText()).isEqualTo("communes");
  }

  @Test
  void the_draft_has_a_manifest_of_its_own() {
    JsonNode manifest =
        held("1.0-draft", "manifest", ok(client.get("/reconcile/communes?version=1.0-draft")));
    assertThat(manifest.path("suggest").path("entity").isBoolean()).isTrue();
    assertThat(manifest.path("standardizedScore").asBoolean()).isTrue();
  }

  @Test
  void all_referentials_are_types_of_one_service() {
    JsonNode manifest = held("0.2", "manifest", ok(client.get("/reconcile")));
    List<String> types = new ArrayList<>();
    manifest.path("defaultTypes").forEach(t -> types.add(t.path("id").asText()));
    assertThat(types)
        .contains("communes", "departements", "epci", "naf")
        .doesNotContain("naf/classe");
    assertThat(manifest.path("identifierSpace").asText()).isEqualTo(server.getURI() + "/id/");
  }

  @Test
  void levels_are_types_where_there_are_several() {
    JsonNode manifest =
        held("0.2", "manifest", ok(client.get("/reconcile/naf@rev2", "Accept-Language", "en")));
    JsonNode last = manifest.path("defaultTypes").path(5);
    assertThat(last.path("id").asText()).isEqualTo("naf/sous-classe");
    assertThat(last.path("broader").path(0).path("id").asText()).isEqualTo("naf");
    assertThat(manifest.path("view").path("url").asText()).endsWith("/id/naf@rev2/{{id}}");
  }

  @Test
  void addresses_are_those_that_the_client_sees_behind_a_proxy() {
    JsonNode manifest =
        held(
            "0.2",
            "manifest",
            ok(
                client.get(
                    "/reconcile/communes",
                    "X-Forwarded-Proto",
                    "https",
                    "X-Forwarded-Host",
                    "pivot.example.fr")));
    assertThat(manifest.path("view").path("url").asText())
        .isEqualTo("https://pivot.example.fr/id/communes/{{id}}");
  }

  @Test
  void what_a_service_names_exists() {
    problem(client.get("/reconcile/comunes"), 404, "unknown-referential");
    problem(client.get("/reconcile/communes@1850"), 404, "unknown-edition");
    problem(client.get("/reconcile/communes?querries=1"), 400, "unknown-parameter");
  }

  // --- queries

  @Test
  void a_name_and_its_departement_are_one_commune() {
    assertThat(
            found(
                "/reconcile/communes",
                "{\"query\":\"St Denis\",\"properties\":[{\"pid\":\"departement\",\"v\":\"93\"}]}"))
        .first()
        .isEqualTo("93066!");
    assertThat(
            found(
                "/reconcile/communes",
                "{\"query\":\"Saint-Denis\",\"properties\":[{\"pid\":\"departement\",\"v\":{\"id\":\"974\",\"name\":\"La Réunion\"}}]}"))
        .first()
        .isEqualTo("97411!");
  }

  @Test
  void a_name_that_several_have_is_no_match() {
    assertThat(found("/reconcile/communes", "{\"query\":\"Saint-Denis\"}"))
        .contains("93066", "97411")
        .noneMatch(id -> id.endsWith("!"));
  }

  @Test
  void numbers_and_lists_are_values_too() {
    assertThat(
            found(
                "/reconcile/communes",
                "{\"query\":\"Saint-Denis\",\"properties\":[{\"pid\":\"departement\",\"v\":[93.0,\"95\"]}]}"))
        .first()
        .isEqualTo("93066!");
  }

  @Test
  void a_candidate_says_where_it_is_and_why_it_was_found() {
    JsonNode candidate =
        asked(
                "/reconcile/communes",
                "{\"query\":\"Saint-Denis\",\"properties\":[{\"pid\":\"departement\",\"v\":\"93\"}]}")
            .path("result")
            .path(0);
    assertThat(candidate.path("description").asText())
        .isEqualTo("Commune · Seine-Saint-Denis (93)");
    List<String> features = new ArrayList<>();
    candidate.path("features").forEach(f -> features.add(f.path("id").asText()));
    assertThat(features).contains("name", "departement");
  }

  @Test
  void an_identifier_is_its_concept() {
    assertThat(found("/reconcile/communes", "{\"query\":\"93066\"}")).first().isEqualTo("93066!");
    assertThat(found("/reconcile", "{\"query\":\"communes:93066\"}"))
        .containsExactly("communes:93066!");
    assertThat(found("/reconcile", "{\"query\":\"communes@2019:01091\"}")).isEmpty();
  }

  @Test
  void an_identifier_of_the_past_is_its_concept_and_then_what_it_became() {
    JsonNode result = asked("/reconcile/communes", "{\"query\":\"01091\"}").path("result");
    assertThat(ids(result)).first().isEqualTo("01091!");
    assertThat(result.path(0).path("score").asInt()).isEqualTo(100);
    assertThat(result.path(0).path("description").asText())
        .isEqualTo("Commune · Ain (01) · N'est plus en vigueur depuis le 1er janvier 2019");
  }

  @Test
  void a_name_of_the_past_leads_to_what_it_became() {
    JsonNode candidate =
        asked("/reconcile/communes", "{\"query\":\"Châtillon-en-Michaille\"}")
            .path("result")
            .path(0);
    assertThat(candidate.path("id").asText()).isEqualTo("01033");
    assertThat(candidate.path("description").asText())
        .contains("ancien nom : Châtillon-en-Michaille (01091), jusqu'au 31 décembre 2018");
  }

  @Test
  void a_date_among_the_properties_is_the_day_of_the_query() {
    for (String date : List.of("2018-06-01", "2018-06-01T00:00:00Z", "2018")) {
      assertThat(
              found(
                  "/reconcile/communes",
                  "{\"query\":\"Châtillon-en-Michaille\",\"properties\":[{\"pid\":\"date\",\"v\":\""
                      + date
                      + "\"}]}"))
          .as(date)
          .first()
          .isEqualTo("01091!");
    }
    JsonNode wrong =
        asked(
            "/reconcile/communes",
            "{\"query\":\"Lyon\",\"properties\":[{\"pid\":\"date\",\"v\":\"hier\"}]}");
    assertThat(wrong.path("problem").path("type").asText()).isEqualTo("/problems/invalid-query");
  }

  @Test
  void a_service_may_be_dated() {
    assertThat(found("/reconcile/communes@2018-06-01", "{\"query\":\"Châtillon-en-Michaille\"}"))
        .first()
        .isEqualTo("01091!");
  }

  @Test
  void types_restrict_what_is_found() {
    assertThat(
            found(
                "/reconcile/naf@rev2",
                "{\"query\":\"Programmation informatique\",\"type\":\"naf/sous-classe\",\"type_strict\":\"should\"}"))
        .first()
        .isEqualTo("62.01Z!");
    assertThat(
            found(
                "/reconcile",
                "{\"query\":\"Seine-Saint-Denis\",\"type\":[\"departements\",\"regions\"],\"type_strict\":\"any\"}"))
        .first()
        .isEqualTo("departements:93!");
    assertThat(
            found(
                "/reconcile",
                "{\"query\":\"Seine-Saint-Denis\",\"type\":[\"departements\",\"regions\"],\"type_strict\":\"all\"}"))
        .isEmpty();
    assertThat(found("/reconcile", "{\"query\":\"01091\",\"type\":\"communes@2018-06-01\"}"))
        .first()
        .isEqualTo("communes@2018-06-01:01091!");
  }

  @Test
  void of_equal_candidates_of_several_types_none_is_certain_and_the_commune_comes_first() {
    assertThat(found("/reconcile", "{\"query\":\"Troarn\"}"))
        .startsWith("communes:14712")
        .contains("codes-postaux:14670")
        .noneMatch(id -> id.endsWith("!"));
  }

  @Test
  void as_many_candidates_come_as_are_wanted() {
    assertThat(found("/reconcile/communes", "{\"query\":\"Saint-Martin\",\"limit\":3}")).hasSize(3);
    assertThat(found("/reconcile/communes", "{\"query\":\"Saint-Martin\",\"limit\":1e30}"))
        .hasSizeBetween(11, 100);
  }

  @Test
  void a_wrong_query_does_not_fail_its_batch() {
    String body =
        ok(
            form(
                "/reconcile/communes",
                "queries",
                """
                {"a":{"query":"Lyon","type":"comunes"},
                 "b":{"query":"69123"},
                 "c":"Lyon",
                 "d":{"query":["Lyon"]},
                 "e":{"query":"Lyon","limit":"dix"},
                 "f":{"query":"Lyon","properties":[{"v":"69"}]},
                 "g":{},
                 "h":{"query":"Lyon","type_strict":"perhaps"},
                 "i":{"query":null,"properties":[{"pid":"departement","v":null}]},
                 "j":{"query":"Lyon","properties":[{"pid":"departemnt","v":"69"}]}}
                """,
                "Accept-Language",
                "en"));
    JsonNode results = held("0.2", "results", body);
    assertThat(results.path("a").path("problem").path("suggestions").path(0).asText())
        .isEqualTo("communes");
    assertThat(ids(results.path("b").path("result"))).first().isEqualTo("69123!");
    for (String wrong : List.of("c", "d", "e", "f", "g", "h", "i")) {
      assertThat(results.path(wrong).path("problem").path("query").asText()).isEqualTo(wrong);
      assertThat(results.path(wrong).path("result")).isEmpty();
    }
    assertThat(results.path("j").path("problem").path("type").asText())
        .isEqualTo("/problems/unknown-property");
    assertThat(ids(results.path("j").path("result"))).contains("69123");
  }

  @Test
  void queries_may_stand_in_the_address() {
    String body =
        ok(client.get("/reconcile/communes?queries=" + encoded("{\"q0\":{\"query\":\"69123\"}}")));
    assertThat(ids(held("0.2", "results", body).path("q0").path("result")))
        .first()
        .isEqualTo("69123!");
  }

  // --- limits

  @Test
  void a_batch_has_fifty_queries_at_most() {
    StringBuilder queries = new StringBuilder("{");
    for (int i = 0; i < 50; i++) {
      queries.append(i == 0 ? "" : ",").append("\"q").append(i).append("\":{\"query\":\"69123\"}");
    }
    JsonNode results =
        held("0.2", "results", ok(form("/reconcile/communes", "queries", queries + "}")));
    assertThat(results).hasSize(50);
    JsonNode problem =
        problem(
            form("/reconcile/communes", "queries", queries + ",\"q50\":{\"query\":\"69123\"}}"),
            413,
            "too-large");
    assertThat(problem.path("limit").asInt()).isEqualTo(50);
  }

  @Test
  void who_comes_while_all_places_are_taken_is_told_to_come_again() throws InterruptedException {
    Work busy = admission.begin(Work.Kind.BATCH);
    busy.enter();
    try {
      HttpResponse<String> response =
          form("/reconcile/communes", "queries", "{\"q0\":{\"query\":\"69123\"}}");
      problem(response, 503, "busy");
      assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    } finally {
      busy.leave();
    }
    assertThat(found("/reconcile/communes", "{\"query\":\"69123\"}")).first().isEqualTo("69123!");
  }

  // --- scripts

  @Test
  void a_script_is_answered_by_a_call() {
    HttpResponse<String> response =
        client.get("/reconcile/communes?callback=jQuery1_2.done&_=1700000000000");
    String body = ok(response);
    assertThat(body).startsWith("/**/jQuery1_2.done({").endsWith("});");
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/javascript;charset=utf-8");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    held("0.2", "manifest", body.substring("/**/jQuery1_2.done(".length(), body.length() - 2));
  }

  @Test
  void nothing_but_the_name_of_a_function_is_called() {
    for (String callback :
        List.of("alert(1)", "a;b", "<script>", "a..b", "1a", "", "a\u2028b", "x".repeat(101))) {
      problem(
          client.get("/reconcile/communes?callback=" + encoded(callback)),
          400,
          "invalid-parameter");
    }
  }

  // --- hostile requests

  @Test
  void broken_json_is_told_with_its_place() {
    JsonNode problem =
        problem(
            form("/reconcile/communes", "queries", "{\"q0\":{\"query\":\"Lyon\"\n,}}"),
            400,
            "malformed-request");
    assertThat(problem.path("parameter").asText()).isEqualTo("queries");
    assertThat(problem.path("line").asInt()).isEqualTo(2);
    assertThat(problem.path("column").asInt()).isPositive();
  }

  @Test
  void hostile_batches_are_refused_and_nothing_breaks() {
    for (String queries :
        List.of(
            "",
            "null",
            "[]",
            "7",
            "{\"q0\":{\"query\":\"a\"}} {}",
            "{\"q0\":{\"query\":\"a\"},\"q0\":{\"query\":\"b\"}}",
            "[".repeat(10_000),
            "{\"a\":".repeat(5_000),
            "{\"q0\":{\"query\":\"" + "a".repeat(200_000) + "\"}}",
            "{\"q0\":{\"query\":\"a\",\"limit\":" + "9".repeat(500) + "}}",
            "\u0000")) {
      HttpResponse<String> response = form("/reconcile/communes", "queries", queries);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    }
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 10_000; i++) {
      many.append(i == 0 ? "" : ",").append("\"q").append(i).append("\":{\"query\":\"x\"}");
    }
    problem(form("/reconcile/communes", "queries", many + "}"), 413, "too-large");
    problem(
        form("/reconcile/communes", "queries", "\"" + "é".repeat(1 << 20) + "\""),
        413,
        "too-large");
    problem(client.post("/reconcile/communes", FORM, "queries=%zz"), 400, "malformed-request");
    problem(client.post("/reconcile/communes", FORM, "queries=%ff"), 400, "malformed-request");
    problem(client.post("/reconcile/communes", FORM, ""), 400, "invalid-parameter");
    problem(client.post("/reconcile/communes", FORM, "querries={}"), 400, "unknown-parameter");
    problem(
        client.post("/reconcile/communes", FORM, "queries={}&extend={}"), 400, "invalid-parameter");
    problem(
        client.post("/reconcile/communes", "application/json", "{}"),
        415,
        "unsupported-media-type");
  }

  @Test
  void hostile_texts_are_only_texts() {
    for (String text :
        List.of(
            "\\u0000",
            "\\ud800",
            "<script>alert(1)</script>",
            "'; drop table concept; --",
            "a".repeat(50_000),
            "\\u202e\\u200b",
            "%00%0a",
            "((((((((",
            "{{id}}")) {
      assertThat(asked("/reconcile/communes", "{\"query\":\"" + text + "\"}").has("result"))
          .isTrue();
      assertThat(
              asked(
                      "/reconcile/communes",
                      "{\"query\":\"Lyon\",\"properties\":[{\"pid\":\"departement\",\"v\":\""
                          + text
                          + "\"},{\"pid\":\""
                          + text
                          + "\",\"v\":\"1\"}]}")
                  .has("result"))
          .isTrue();
    }
  }

  // --- version 1.0

  @Test
  void conditions_are_answered_in_order() {
    String body =
        ok(
            client.post(
                "/reconcile/communes/match",
                "application/json",
                """
                {"queries":[
                  {"type":"communes","limit":2,"conditions":[
                    {"matchType":"name","propertyValue":"Saint-Denis"},
                    {"matchType":"property","propertyId":"departement","propertyValue":"93","required":true}]},
                  {"conditions":[{"matchType":"id","propertyValue":"97411"}]},
                  {"conditions":[{"matchType":"name","v":"Lyon"},{"matchType":"property","pid":"departement","v":"69"}]},
                  {"conditions":[]},
                  {"conditions":[{"matchType":"shape","propertyValue":"Lyon"}]},
                  {"conditions":[{"matchType":"name","propertyValue":"Lyon","matchQuantifier":"none"}]}]}
                """,
                "Accept-Language",
                "en"));
    JsonNode results = held("1.0-draft", "results", body).path("results");
    assertThat(ids(results.path(0).path("candidates"))).containsExactly("93066!");
    assertThat(
            results
                .path(0)
                .path("candidates")
                .path(0)
                .path("features")
                .path(0)
                .path("name")
                .asText())
        .isEqualTo("Likeness of the name");
    assertThat(ids(results.path(1).path("candidates"))).containsExactly("97411!");
    assertThat(ids(results.path(2).path("candidates"))).first().isEqualTo("69123!");
    for (int wrong = 3; wrong < 6; wrong++) {
      assertThat(results.path(wrong).path("candidates")).isEmpty();
      assertThat(results.path(wrong).path("problem").path("query").asInt()).isEqualTo(wrong);
    }
  }

  @Test
  void hostile_bodies_are_refused_too() {
    for (String body :
        List.of("", "null", "{}", "{\"queries\":{}}", "{\"queries\":", "[".repeat(9_999))) {
      HttpResponse<String> response =
          client.post("/reconcile/communes/match", "application/json", body);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    }
    problem(
        client.post(
            "/reconcile/communes/match",
            "application/json",
            "{\"queries\":[" + "{},".repeat(50) + "{}]}"),
        413,
        "too-large");
    problem(
        client.post("/reconcile/communes/match", FORM, "queries={}"),
        415,
        "unsupported-media-type");
  }
}
