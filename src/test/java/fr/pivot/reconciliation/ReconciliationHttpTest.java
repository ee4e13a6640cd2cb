package fr.pivot.reconciliation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import fr.pivot.http.ContractClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Reconciles with what ships with Pivot, as OpenRefine and newer clients do; today is 1 March 2026.
 * Every answer is held to the schemas of its version.
 */
@MicronautTest(transactional = false)
@Property(name = "pivot.test.registry", value = "shipped")
@Property(name = "pivot.reconciliation.batches", value = "1")
@Property(name = "pivot.reconciliation.wait", value = "50ms")
@Property(name = "datasources.default.enabled", value = "false")
@Property(name = "flyway.enabled", value = "false")
@Property(name = "micronaut.server.port", value = "-1")
class ReconciliationHttpTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(
          VersionFlag.V202012,
          builder ->
              builder.schemaMappers(
                  mappers ->
                      mappers.mapPrefix(
                          "https://pivot.test/reconciliation/", "classpath:reconciliation/")));

  private final EmbeddedServer server;
  private final Gate gate;
  private ContractClient client;

  ReconciliationHttpTest(EmbeddedServer server, Gate gate) {
    this.server = server;
    this.gate = gate;
  }

  @BeforeEach
  void connect() {
    client = new ContractClient(server.getURI());
  }

  /** Reads an answer and holds it to a definition of a version of the protocol. */
  private static JsonNode held(String version, String definition, String body) {
    try {
      JsonSchema schema =
          SCHEMAS.getSchema(
              SchemaLocation.of(
                  "https://pivot.test/reconciliation/" + version + ".json#/$defs/" + definition));
      JsonNode json = JSON.readTree(body);
      assertThat(schema.validate(json)).as(body).isEmpty();
      return json;
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }

  private static String ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private HttpResponse<String> form(String address, String field, String json, String... headers) {
    return client.post(address, FORM, field + '=' + encoded(json), headers);
  }

  /** The answer to one query of version 0.2. */
  private JsonNode asked(String address, String query) {
    String body = ok(form(address, "queries", "{\"q0\":" + query + '}'));
    return held("0.2", "results", body).path("q0");
  }

  /** The candidates of a query as ids, with an exclamation mark behind a match. */
  private List<String> found(String address, String query) {
    return ids(asked(address, query).path("result"));
  }

  private static List<String> ids(JsonNode candidates) {
    List<String> ids = new ArrayList<>();
    candidates.forEach(
        c -> ids.add(c.path("id").asText() + (c.path("match").asBoolean() ? "!" : "")));
    return ids;
  }

  private JsonNode extended(String address, String query) {
    return held("0.2", "extension", ok(form(address, "extend", query)));
  }

  private JsonNode problem(HttpResponse<String> response, int status, String slug) {
    try {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
      JsonNode json = JSON.readTree(response.body());
      assertThat(json.path("type").asText()).isEqualTo("/problems/" + slug);
      return json;
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
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
  void who_comes_while_the_gate_is_full_is_told_to_come_again() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Thread busy =
        Thread.ofVirtual()
            .start(
                () ->
                    gate.pass(
                        () -> {
                          inside.countDown();
                          try {
                            done.await();
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                          return true;
                        }));
    inside.await();
    try {
      HttpResponse<String> response =
          form("/reconcile/communes", "queries", "{\"q0\":{\"query\":\"69123\"}}");
      problem(response, 429, "too-many-requests");
      assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    } finally {
      done.countDown();
      busy.join();
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
        .contains("N&#39;est plus en vigueur depuis le 1er janvier 2019")
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
        .contains("Seine-Saint-Denis", "Provence-Alpes-Côte d&#39;Azur");
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
