package fr.pivot.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Requests made from the contract, good ones and bad ones in one: whatever is asked, the answer has
 * a status, a type and a form that the contract says, and none is a failure (R2). The same seed
 * makes the same requests. {@code mvn verify -Dtest=GeneratedRequestsTest -Dpivot.requests=100000}
 * asks a hundred thousand.
 */
@PivotTest
class GeneratedRequestsTest {

  private static final long SEED = 20261130;
  private static final int SHOWN = 20;

  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "\u0000",
          "%",
          "a%00b",
          "../../etc/passwd",
          "'; drop table code; --",
          "${jndi:ldap://127.0.0.1/a}",
          "<script>alert(1)</script>",
          "é€\uD83D\uDCA9",
          "\uFEFF01004",
          "\u202E40010",
          "01004,01033,,",
          "communes@",
          "communes@@2019",
          "communes@9999,2015-02-30",
          "@",
          ":",
          "2015-02-29",
          "0000-00-00",
          "-1",
          "0",
          "1e9",
          "99999999999999999999",
          "NaN",
          "null",
          "true",
          "[]",
          "{\"a\":1}",
          "a".repeat(3_000),
          "(a+)+$",
          "\r\nX-Injected: 1",
          "*",
          "?&=#");

  private final ContractClient server;
  private final OpenAPI contract;
  private final Map<String, List<String>> known;

  GeneratedRequestsTest(ContractClient server) throws IOException {
    this.server = server;
    ParseOptions whole = new ParseOptions();
    whole.setResolve(true);
    whole.setResolveFully(true);
    this.contract =
        new OpenAPIV3Parser()
            .readContents(Files.readString(Path.of("api-spec/openapi.yaml")), null, whole)
            .getOpenAPI();
    // What names something that is there, so that not all answers are "unknown".
    this.known =
        Map.of(
            "ref",
            List.of(
                "communes",
                "communes@2019",
                "communes@2015-06-01",
                "communes@2023,2015-12-31",
                "naf@rev2",
                "departements",
                "epci",
                "nuts",
                "codes-postaux",
                "iso-3166-1",
                "siren"),
            "code",
            List.of("01004", "01091", "14712", "75056", "6201Z", "01", "200054781", "FRK2", "FR"),
            "date",
            List.of("2019-01-01", "1943-01-01", "2030-01-01", "2015-12-31"),
            "release",
            List.of("2019", "2026", "rev2"),
            "from",
            List.of("communes@2018-01-01", "2024", "2019-01-01", "departements@1968-01-01"),
            "to",
            List.of("communes@2026", "2026", "2026-01-01", "departements@2026"),
            "fields",
            List.of("code", "code,label", "code,label,successors,epci"),
            "edition",
            List.of("2019", "2026", "rev2"));
  }

  /** A request that was made. */
  private record Made(String method, String address, @Nullable String body, String[] headers) {}

  private record Asked(String method, String path, Operation operation, List<Parameter> given) {}

  @Test
  void whatever_is_asked_the_contract_says_what_is_answered() {
    int count = Integer.getInteger("pivot.requests", 1_500);
    List<Asked> operations = listOperations();
    List<String> wrong = new ArrayList<>();
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      Random random = new Random(SEED + i);
      Made request = make(operations.get(random.nextInt(operations.size())), random);
      try {
        HttpResponse<String> answer =
            server.send(request.method, request.address, request.body, request.headers);
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        if (answer.statusCode() >= 500 && answer.statusCode() != 503) {
          wrong.add(tell(i, request, "status " + answer.statusCode()));
        }
      } catch (AssertionError e) {
        wrong.add(tell(i, request, String.valueOf(e.getMessage())));
      }
    }
    assertThat(wrong.stream().limit(SHOWN))
        .as("%d of %d are wrong; statuses %s", wrong.size(), count, statuses)
        .isEmpty();
    // Good questions and bad ones are among them.
    assertThat(statuses.getOrDefault(200, 0)).isGreaterThan(count / 20);
    assertThat(statuses.getOrDefault(400, 0)).isGreaterThan(count / 20);
    assertThat(statuses.getOrDefault(404, 0)).isGreaterThan(count / 50);
  }

  private static String tell(int number, Made request, String what) {
    return "request "
        + number
        + ": "
        + request.method
        + ' '
        + cut(request.address)
        + ' '
        + List.of(request.headers)
        + (request.body == null ? "" : " < " + cut(request.body))
        + "\n  "
        + cut(what);
  }

  private static String cut(String text) {
    return text.length() < 1_500 ? text : text.substring(0, 1_500) + "…";
  }

  private List<Asked> listOperations() {
    List<Asked> all = new ArrayList<>();
    contract
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (method, operation) ->
                            all.add(
                                new Asked(
                                    method.name(), path, operation, listGiven(item, operation)))));
    return all;
  }

  private static List<Parameter> listGiven(PathItem item, Operation operation) {
    List<Parameter> given = new ArrayList<>();
    if (item.getParameters() != null) {
      given.addAll(item.getParameters());
    }
    if (operation.getParameters() != null) {
      given.addAll(operation.getParameters());
    }
    return given;
  }

  private Made make(Asked asked, Random random) {
    // Some requests are wholly good; of the others, each part may be bad.
    boolean good = random.nextInt(3) == 0;
    String path = asked.path;
    List<String> query = new ArrayList<>();
    List<String> headers = new ArrayList<>();
    for (Parameter parameter : asked.given) {
      boolean inPath = parameter.getIn().equals("path");
      boolean required = Boolean.TRUE.equals(parameter.getRequired());
      if (!inPath && random.nextInt(4) != 0 && !(required && (good || random.nextInt(4) != 0))) {
        continue;
      }
      String value = value(parameter, good, random);
      switch (parameter.getIn()) {
        case "path" -> path = path.replace('{' + parameter.getName() + '}', segment(value));
        case "query" -> {
          query.add(encode(parameter.getName()) + '=' + encode(value));
          if (!good && random.nextInt(12) == 0) {
            query.add(encode(parameter.getName()) + '=' + encode(value(parameter, false, random)));
          }
        }
        case "header" -> {
          String printable = value.replaceAll("[^ -~]", "").strip();
          if (!printable.isEmpty()) {
            headers.add(parameter.getName());
            headers.add(printable);
          }
        }
        default -> throw new AssertionError(parameter.getIn());
      }
    }
    if (!good && random.nextInt(20) == 0) {
      query.add(encode(any(HOSTILE, random)) + '=' + encode(any(HOSTILE, random)));
    }
    if (!good && random.nextInt(3) == 0) {
      headers.add("Accept");
      headers.add(
          any(
              List.of(
                  "*/*",
                  "application/json",
                  "text/csv;q=0.5, application/x-ndjson",
                  "image/png",
                  ",;q=",
                  "application/problem+json"),
              random));
    }
    if (!good && random.nextInt(4) == 0) {
      headers.add("Accept-Language");
      headers.add(any(List.of("en", "fr-FR,en;q=0.5", ",", "*;q=0", "x".repeat(500)), random));
    }
    String body = null;
    if (asked.operation.getRequestBody() != null) {
      Map<String, MediaType> content = asked.operation.getRequestBody().getContent();
      String type = any(List.copyOf(content.keySet()), random);
      // Forms of files are for browsers: they are answered with pages.
      if (!type.startsWith("multipart/")) {
        body = body(type, content.get(type), good, random);
        headers.add("Content-Type");
        headers.add(
            type.contains("*") ? "text/csv" : good || random.nextInt(8) != 0 ? type : "text/odd");
      }
    }
    String address = query.isEmpty() ? path : path + '?' + String.join("&", query);
    return new Made(asked.method, address, body, headers.toArray(String[]::new));
  }

  /** A segment cannot be empty or dots alone, or it would be another path. */
  private static String segment(String value) {
    String encoded = encode(value).replace("+", "%20");
    return encoded.isEmpty() || encoded.matches("\\.+") ? "%20" : encoded;
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private String value(Parameter parameter, boolean good, Random random) {
    if (!good && random.nextInt(4) == 0) {
      return any(HOSTILE, random);
    }
    List<String> there = known.get(parameter.getName());
    if (there != null && random.nextInt(4) != 0) {
      return any(there, random);
    }
    Schema<?> schema = parameter.getSchema();
    if (schema != null && schema.getEnum() != null) {
      return String.valueOf(schema.getEnum().get(random.nextInt(schema.getEnum().size())));
    }
    if (parameter.getExample() != null) {
      return String.valueOf(parameter.getExample());
    }
    if (schema != null && "boolean".equals(schema.getType())) {
      return String.valueOf(random.nextBoolean());
    }
    if (schema != null
        && ("integer".equals(schema.getType()) || "number".equals(schema.getType()))) {
      int least = schema.getMinimum() == null ? 0 : schema.getMinimum().intValue();
      int most = schema.getMaximum() == null ? least + 100 : schema.getMaximum().intValue();
      return String.valueOf(least + random.nextInt(Math.max(1, Math.min(most - least + 1, 50))));
    }
    return there != null ? any(there, random) : any(List.of("saint-denis", "01004", "a"), random);
  }

  private static String body(String type, MediaType content, boolean good, Random random) {
    if (!good && random.nextInt(3) == 0) {
      return any(HOSTILE, random)
          + any(List.of("", "\n", "[[[[", "\"", "{\"code\":", "\u0000\u0001"), random);
    }
    if (content.getExample() != null && random.nextInt(3) != 0) {
      return String.valueOf(content.getExample());
    }
    String body =
        switch (type) {
          case "application/json" ->
              any(
                  List.of(
                      "[\"01004\",\"99999\",{\"code\":\"01091\",\"date\":\"2018-06-01\"}]",
                      "{\"queries\":[{\"query\":\"Saint-Denis\"}]}",
                      "{\"q0\":{\"query\":\"Ambérieu\",\"type\":\"communes\",\"limit\":3}}",
                      "{\"ids\":[\"93066\"],\"properties\":[{\"id\":\"epci@2026\"}]}",
                      "[1,null,true,{}]"),
                  random);
          case "application/x-ndjson" -> "\"01004\"\n{\"code\":\"01091\"}\n";
          case "application/x-www-form-urlencoded" ->
              "queries=" + encode("{\"q0\":{\"query\":\"Saint-Denis\"}}");
          default -> "code;nom;montant\n01004;Ambérieu-en-Bugey;12\n14712;Troarn;3\n9999;?;x\n";
        };
    return good || random.nextInt(4) != 0 ? body : body.substring(0, body.length() / 2);
  }
}
