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
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/**
 * Calls to the reconciliation service as OpenRefine and newer clients make them, whose answers are
 * held to the contract and to the schemas of their version.
 */
abstract class ReconciliationCalls {

  static final ObjectMapper JSON = new ObjectMapper();
  static final String FORM = "application/x-www-form-urlencoded";
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(
          VersionFlag.V202012,
          builder ->
              builder.schemaMappers(
                  mappers ->
                      mappers.mapPrefix(
                          "https://pivot.test/reconciliation/", "classpath:reconciliation/")));

  EmbeddedServer server;
  ContractClient client;

  @BeforeEach
  void connect(EmbeddedServer server, ContractClient client) {
    this.server = server;
    this.client = client;
  }

  /** Reads an answer and holds it to a definition of a version of the protocol. */
  static JsonNode held(String version, String definition, String body) {
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

  static String ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  HttpResponse<String> form(String address, String field, String json, String... headers) {
    return client.post(address, FORM, field + '=' + encoded(json), headers);
  }

  /** The answer to one query of version 0.2. */
  JsonNode asked(String address, String query) {
    String body = ok(form(address, "queries", "{\"q0\":" + query + '}'));
    return held("0.2", "results", body).path("q0");
  }

  /** The candidates of a query as ids, with an exclamation mark behind a match. */
  List<String> found(String address, String query) {
    return ids(asked(address, query).path("result"));
  }

  static List<String> ids(JsonNode candidates) {
    List<String> ids = new ArrayList<>();
    candidates.forEach(
        c -> ids.add(c.path("id").asText() + (c.path("match").asBoolean() ? "!" : "")));
    return ids;
  }

  JsonNode extended(String address, String query) {
    return held("0.2", "extension", ok(form(address, "extend", query)));
  }

  JsonNode problem(HttpResponse<String> response, int status, String slug) {
    try {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
      JsonNode json = JSON.readTree(response.body());
      assertThat(json.path("type").asText()).isEqualTo("/problems/" + slug);
      return json;
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
