package fr.pivot.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Asks for schemas of what ships, over HTTP, and uses them as others would. */
@PivotTest
class SchemaHttpTest {

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ContractClient client;

  SchemaHttpTest(ContractClient client) {
    this.client = client;
  }

  private HttpResponse<String> ok(String address, String... headers) {
    HttpResponse<String> response = client.get(address, headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response;
  }

  private static boolean accepts(String schema, String code) {
    JsonSchema validator = FACTORY.getSchema(schema);
    return validator.validate(new TextNode(code)).isEmpty();
  }

  @Test
  void the_activities_are_few_enough_to_be_listed() {
    HttpResponse<String> response = ok("/v1/referentials/naf@rev2/json-schema");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/schema+json");
    assertThat(response.headers().firstValue("Cache-Control"))
        .hasValue("public, max-age=31536000, immutable");
    assertThat(response.body())
        .startsWith(
            "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
                + "\"$id\":\"/v1/referentials/naf@rev2/json-schema\","
                + "\"title\":\"Nomenclature d'activités française\",")
        .endsWith("\"examples\":[\"62.01Z\"],\"pivot:referential\":\"naf@rev2\"}");
    assertThat(accepts(response.body(), "62.01Z")).isTrue();
    assertThat(accepts(response.body(), "62.05Z")).as("of the right form, yet no code").isFalse();
    assertThat(accepts(response.body(), "6201Z")).isFalse();
  }

  @Test
  void the_communes_are_too_many_and_have_a_pattern() {
    HttpResponse<String> response = ok("/v1/referentials/communes/json-schema");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("public, max-age=60");
    assertThat(response.body()).doesNotContain("\"enum\"").contains("\"examples\":[\"01004\"]");
    assertThat(accepts(response.body(), "2A004")).isTrue();
    assertThat(accepts(response.body(), "99999")).as("of the right form").isTrue();
    assertThat(accepts(response.body(), "1004")).isFalse();
    assertThat(accepts(response.body(), " 01004")).isFalse();
  }

  @Test
  void a_schema_lists_what_is_in_force_at_its_point() {
    String before = ok("/v1/referentials/regions@2021/json-schema").body();
    String after = ok("/v1/referentials/regions@2022/json-schema").body();
    assertThat(accepts(before, "977")).as("Saint-Barthélemy").isFalse();
    assertThat(accepts(after, "977")).isTrue();
    assertThat(after)
        .contains("Édition 2022, le 2022-01-01.")
        .contains("\"$id\":\"/v1/referentials/regions@2022/json-schema\"");
    assertThat(ok("/v1/referentials/departements@2024,2016-06-01/json-schema").body())
        .contains("Édition 2024, le 2016-06-01.")
        .contains("\"pivot:referential\":\"departements@2024,2016-06-01\"");
  }

  @Test
  void numbers_of_which_only_a_part_is_known_are_not_listed() {
    String siren = ok("/v1/referentials/siren@2026/json-schema").body();
    assertThat(accepts(siren, "120027016")).as("INSEE, which no edition holds").isTrue();
    assertThat(siren).doesNotContain("\"enum\"");
    String siret = ok("/v1/referentials/siret/json-schema").body();
    assertThat(siret).doesNotContain("Édition");
    assertThat(accepts(siret, "21310117300010")).isTrue();
    assertThat(accepts(siret, "213101173")).isFalse();
  }

  @Test
  void every_referential_has_schemas_that_accept_its_example() throws IOException {
    JsonNode referentials = JSON.readTree(ok("/v1/referentials").body()).path("items");
    assertThat(referentials.size()).isEqualTo(45);
    for (JsonNode referential : referentials) {
      String uri = referential.path("uri").asText();
      assertThat(accepts(ok(uri + "/json-schema").body(), referential.path("example").asText()))
          .as(uri)
          .isTrue();
      JsonNode field = JSON.readTree(ok(uri + "/table-schema").body()).at("/fields/0");
      assertThat(field.path("name")).isEqualTo(referential.at("/headers/0"));
      assertThat(field.path("pivot:referential")).isEqualTo(referential.path("id"));
    }
  }

  @Test
  void a_column_of_regions_is_described_for_the_schema_of_a_file() {
    assertThat(ok("/v1/referentials/regions@2019/table-schema").body())
        .startsWith(
            "{\"fields\":[{\"name\":\"reg\",\"title\":\"Régions\",\"description\":\"Les régions"
                + " depuis le décret du 2 juin 1960")
        .endsWith(
            "\"type\":\"string\",\"example\":\"84\",\"constraints\":{"
                + "\"pattern\":\"^(?:\\\\d{2}|9[78]\\\\d)$\",\"enum\":[\"01\",\"02\",\"03\","
                + "\"04\",\"06\",\"11\",\"24\",\"27\",\"28\",\"32\",\"44\",\"52\",\"53\",\"75\","
                + "\"76\",\"84\",\"93\",\"94\"]},\"pivot:referential\":\"regions@2019\"}],"
                + "\"missingValues\":[\"\"]}");
  }

  @Test
  void a_schema_is_found_from_its_referential_and_revalidated() {
    assertThat(ok("/v1/referentials/naf@rev2").headers().firstValue("Link").orElse(""))
        .startsWith(
            "</v1/referentials/naf@rev2/json-schema>; rel=\"describedby\";"
                + " type=\"application/schema+json\", <");
    String tag =
        ok("/v1/referentials/naf@rev2/table-schema").headers().firstValue("ETag").orElseThrow();
    assertThat(
            client.get("/v1/referentials/naf@rev2/table-schema", "If-None-Match", tag).statusCode())
        .isEqualTo(304);
  }

  @Test
  void what_does_not_exist_is_a_problem() {
    assertThat(client.get("/v1/referentials/comunes/json-schema").body())
        .contains("/problems/unknown-referential")
        .contains("\"suggestions\":[\"communes\"]");
    assertThat(client.get("/v1/referentials/naf@rev9/table-schema").body())
        .contains("/problems/unknown-edition");
    assertThat(client.get("/v1/referentials/cantons@2026/json-schema").body())
        .contains("/problems/no-edition");
    assertThat(client.get("/v1/referentials/naf/json-schema?date=2020-01-01").body())
        .contains("/problems/unknown-parameter");
    assertThat(client.get("/v1/referentials/naf@@/json-schema").body())
        .contains("/problems/malformed-reference");
  }
}
