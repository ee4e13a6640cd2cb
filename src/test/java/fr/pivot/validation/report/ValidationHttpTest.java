package fr.pivot.validation.report;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Files are checked over HTTP, against what ships with Pivot; today is 1 March 2026. */
@PivotTest
class ValidationHttpTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** Six communes of one EPCI, with their département, EPCI and name. */
  private static final String AIN =
      """
      commune;dep;epci;nom
      01033;01;240100891;Valserhône
      01044;01;240100891;Billiat
      01081;01;240100891;Champfromier
      01082;01;240100891;Chanay
      01114;01;240100891;Confort
      01174;01;240100891;Giron
      """;

  private final EmbeddedServer server;
  private final ContractClient client;

  ValidationHttpTest(EmbeddedServer server, ContractClient client) {
    this.server = server;
    this.client = client;
  }

  private static String address(String... parameters) {
    StringBuilder address = new StringBuilder("/v1/validations");
    for (int i = 0; i < parameters.length; i += 2) {
      address
          .append(i == 0 ? '?' : '&')
          .append(parameters[i])
          .append('=')
          .append(URLEncoder.encode(parameters[i + 1], UTF_8));
    }
    return address.toString();
  }

  private byte[] ok(String address, byte[] file, String... headers) {
    HttpResponse<byte[]> response = client.postBytes(address, file, headers);
    assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(200);
    return response.body();
  }

  private String ok(String address, String file, String... headers) {
    return new String(ok(address, file.getBytes(UTF_8), headers), UTF_8);
  }

  private JsonNode report(String file, String... parameters) throws IOException {
    return JSON.readTree(ok(address(parameters), file, "Accept-Language", "en"));
  }

  private String problem(String address, String file, int status, String... headers) {
    HttpResponse<String> response =
        headers.length == 0
            ? client.post(address, "text/csv", file, "Accept-Language", "en")
            : client.send("POST", address, file, headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return response.body();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Each finding as {@code line column rule value → repair}, as far as it has them. */
  private static List<String> told(JsonNode report) {
    return stream(report.path("findings"))
        .map(
            f ->
                f.path("line").asText()
                    + (f.has("column") ? ' ' + f.path("column").asText() : "")
                    + ' '
                    + f.path("rule").asText()
                    + (f.has("value") ? ' ' + f.path("value").asText() : "")
                    + (f.has("repair") ? " → " + f.path("repair").asText() : ""))
        .toList();
  }

  private static String values(JsonNode report, int column) {
    StringBuilder values = new StringBuilder();
    report
        .path("columns")
        .path(column)
        .path("values")
        .properties()
        .forEach(
            e -> {
              if (e.getValue().asLong() > 0) {
                values.append(values.isEmpty() ? "" : " ");
                values.append(e.getKey()).append(' ').append(e.getValue().asLong());
              }
            });
    return values.toString();
  }

  private static List<String> bound(JsonNode report) {
    return stream(report.path("columns"))
        .map(
            c ->
                c.path("name").asText()
                    + ':'
                    + c.path("referential").asText()
                    + (c.has("release") ? '@' + c.path("release").asText() : "")
                    + (c.has("date") ? ',' + c.path("date").asText() : "")
                    + (c.path("declared").asBoolean() ? " declared" : " detected"))
        .toList();
  }

  // --- The report ---

  private static final String SMALL = "insee;montant\n01004;1\n1004;2\n01091;3\n;4\n35000;5\n";
  private static final String OF_2026 = address("columns", "insee:communes@2026");

  @Test
  void the_report_tells_the_file_the_findings_and_the_sums() {
    HttpResponse<String> response =
        client.post(OF_2026 + "&name=aides.csv", "text/csv", SMALL, "Accept-Language", "en");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.body())
        .isEqualTo(
            "{\"file\":{\"name\":\"aides.csv\",\"kind\":\"delimited\",\"compression\":\"none\",\"encoding\":\"UTF-8\","
                + "\"encodingConfidence\":1,\"bom\":false,\"separator\":\";\",\"separatorConfidence\":0.9,"
                + "\"headerLine\":1,\"headerConfidence\":1,\"findings\":[]},\"findings\":[{\"id\":\"130d94364ebf76c4\","
                + "\"rule\":\"lost-leading-zero\",\"severity\":\"error\",\"line\":3,\"column\":\"insee\",\"columnNumber\":1,\"value\":\"1004\",\"message\":\"The"
                + " code lost its leading zero (spreadsheet).\",\"repair\":\"01004\"},"
                + "{\"id\":\"212a1c08a2b1e0c9\",\"rule\":\"code-no-longer-in-force\",\"severity\":\"error\",\"line\":4,"
                + "\"column\":\"insee\",\"columnNumber\":1,\"value\":\"01091\",\"message\":\"The"
                + " code is no longer in force.\",\"detail\":\"01091 Châtillon-en-Michaille, until"
                + " 2018-12-31; became 01033 Valserhône\","
                + "\"repair\":\"01033\",\"suggestions\":[{\"referential\":\"communes\",\"code\":\"01033\","
                + "\"label\":\"Valserhône\"}]},{\"id\":\"542bdfbbaa2c4e67\",\"rule\":\"code-of-another-referential\","
                + "\"severity\":\"error\",\"line\":6,\"column\":\"insee\",\"columnNumber\":1,\"value\":\"35000\",\"message\":\"The"
                + " code belongs to another referential.\",\"detail\":\"Postal codes: 35000"
                + " Rennes\"}],\"complete\":true,\"rows\":{\"total\":5,\"ready\":1,"
                + "\"readyShare\":0.2},\"columns\":[{\"name\":\"insee\",\"number\":1,\"declared\":true,"
                + "\"referential\":\"communes\",\"release\":\"2026\",\"date\":\"2026-01-01\",\"byRule\":false,"
                + "\"required\":false,\"values\":{\"valid\":1,\"repairable\":1,\"obsolete\":1,\"future\":0,\"unknown\":1,"
                + "\"badCheckDigit\":0,\"malformed\":0,\"empty\":1},\"validShare\":0.25,"
                + "\"vintage\":{\"best\":\"1968-2018\",\"unit\":\"year\",\"fitting\":2,\"known\":2,\"runnerUp\":\"2026\","
                + "\"runnerUpFitting\":1},\"rules\":[{\"rule\":\"lost-leading-zero\",\"severity\":\"error\",\"count\":1,\"message\":\"The"
                + " code lost its leading zero (spreadsheet).\"},"
                + "{\"rule\":\"code-no-longer-in-force\",\"severity\":\"error\",\"count\":1,\"message\":\"The"
                + " code is no longer in"
                + " force.\"},{\"rule\":\"code-of-another-referential\",\"severity\":\"error\",\"count\":1,\"message\":\"The"
                + " code belongs to another referential.\"}],"
                + "\"frequent\":[{\"value\":\"01091\",\"count\":1,\"rule\":\"code-no-longer-in-force\",\"detail\":\"01091"
                + " Châtillon-en-Michaille, until 2018-12-31; became 01033 Valserhône\","
                + "\"repair\":\"01033\",\"suggestions\":[{\"referential\":\"communes\",\"code\":\"01033\","
                + "\"label\":\"Valserhône\"}]},{\"value\":\"1004\",\"count\":1,\"rule\":\"lost-leading-zero\","
                + "\"repair\":\"01004\"},{\"value\":\"35000\",\"count\":1,\"rule\":\"code-of-another-referential\",\"detail\":\"Postal"
                + " codes: 35000"
                + " Rennes\"}]}],\"rules\":[{\"rule\":\"lost-leading-zero\",\"severity\":\"error\",\"count\":1,\"message\":\"The"
                + " code lost its leading zero (spreadsheet).\"},"
                + "{\"rule\":\"code-no-longer-in-force\",\"severity\":\"error\",\"count\":1,\"message\":\"The"
                + " code is no longer in"
                + " force.\"},{\"rule\":\"code-of-another-referential\",\"severity\":\"error\",\"count\":1,\"message\":\"The"
                + " code belongs to another referential.\"}],\"findingsLimit\":100}");
  }

  @Test
  void the_report_comes_line_by_line_with_the_same_words() throws IOException {
    JsonNode whole = JSON.readTree(ok(OF_2026, SMALL));
    HttpResponse<String> response =
        client.post(OF_2026, "text/csv", SMALL, "Accept", "application/x-ndjson");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : response.body().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    assertThat(lines.getFirst().path("file")).isEqualTo(whole.path("file"));
    assertThat(lines.subList(1, lines.size() - 1).stream().map(l -> l.path("finding")))
        .containsExactlyElementsOf(whole.path("findings"));
    lines
        .getLast()
        .path("summary")
        .properties()
        .forEach(e -> assertThat(e.getValue()).isEqualTo(whole.path(e.getKey())));
    assertThat(lines.getLast().path("summary").size()).isEqualTo(whole.size() - 2);
  }

  @Test
  void what_is_wrong_is_said_in_the_language_of_the_reader() {
    assertThat(ok(OF_2026, SMALL, "Accept-Language", "fr"))
        .contains("\"message\":\"Le code a perdu son zéro initial (tableur).\"")
        .contains("jusqu'au 2018-12-31 ; devenu 01033 Valserhône");
    assertThat(ok(OF_2026, SMALL, "Accept-Language", "en"))
        .contains("\"message\":\"The code lost its leading zero (spreadsheet).\"")
        .contains("until 2018-12-31; became 01033 Valserhône");
    assertThat(ok(OF_2026 + "&format=csv", SMALL, "Accept-Language", "en"))
        .contains("1004;01004;The code lost its leading zero (spreadsheet).;2\n");
  }

  @Test
  void the_page_stands_alone_and_runs_nothing_of_the_file() {
    HttpResponse<String> response =
        client.post(
            address("columns", "<b>x</b>:communes@2026", "name", "<i>.csv"),
            "text/csv",
            "<b>x</b>;y\n<script>alert(1)</script>;1\n1004;2\n",
            "Accept",
            "text/html",
            "Accept-Language",
            "fr");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(response.body())
        .startsWith("<!doctype html>\n<html lang=\"fr\">")
        .contains("<title>Contrôle de &lt;i&gt;.csv</title>")
        .contains("<h2>&lt;b&gt;x&lt;/b&gt;</h2>")
        .contains("<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>")
        .contains("<code>1004</code></td><td><code>01004</code>")
        .doesNotContain("<script")
        .doesNotContain("<b>")
        .doesNotContain("http");
  }

  // --- Which columns, which day ---

  @Test
  void columns_are_named_or_counted() throws IOException {
    String file = "a;b;a\n01004;62.01Z;01004\n";
    assertThat(
            bound(
                report(
                    file,
                    "columns",
                    "a:communes@2019,#2:naf@rev2,#3:communes@2023,2015-12-31",
                    "detect",
                    "false")))
        .containsExactly(
            "a:communes@2019,2019-01-01 declared",
            "b:naf@rev2,2008-01-01 declared",
            "a:communes@2023,2015-12-31 declared");
  }

  @Test
  void the_day_is_a_date_an_edition_or_a_column() throws IOException {
    String file = "insee;jour\n01091;2018-12-31\n01091;01/01/2019\n01091;\n01033;hier\n";
    assertThat(values(report(file, "columns", "insee:communes", "date", "2018-12-31"), 0))
        .isEqualTo("valid 4");
    assertThat(values(report(file, "columns", "insee:communes", "date", "2019"), 0))
        .isEqualTo("valid 1 obsolete 3");
    JsonNode rows = report(file, "columns", "insee:communes", "date", "jour");
    assertThat(rows.path("columns").path(0).path("dateColumn").asText()).isEqualTo("jour");
    assertThat(values(rows, 0)).isEqualTo("valid 2 obsolete 2");
    assertThat(told(rows))
        .containsExactly(
            "3 insee code-no-longer-in-force 01091 → 01033",
            "4 insee code-no-longer-in-force 01091 → 01033",
            "4 jour malformed-date ",
            "5 jour malformed-date hier");
  }

  @Test
  void what_is_required_is_not_empty() throws IOException {
    JsonNode report = report("a;b\n01004;\n;x\n", "columns", "a:communes@2026", "required", "a");
    assertThat(told(report)).containsExactly("3 a empty-value");
    assertThat(report.path("columns").path(0).path("required").asBoolean()).isTrue();
    JsonNode other = report("a;b\n01004;\n;x\n", "columns", "a:communes@2026", "required", "b");
    assertThat(told(other)).containsExactly("2 b empty-value");
  }

  @Test
  void a_key_comes_once_and_the_first_line_of_it_is_told() throws IOException {
    JsonNode report = report("id;n;x\nA;1;0\nB;1;0\nA;2;0\nA;1;1\nB;1;1\n", "key", "id,n");
    assertThat(told(report)).containsExactly("5 id duplicate-key A, 1", "6 id duplicate-key B, 1");
    assertThat(stream(report.path("findings")).map(f -> f.path("detail").asText()))
        .containsExactly("The first is on line 2.", "The first is on line 3.");
  }

  @Test
  void nothing_is_detected_where_it_is_not_wanted() throws IOException {
    assertThat(bound(report(AIN)))
        .extracting(b -> b.replaceFirst("@.* ", " "))
        .containsExactly(
            "commune:communes detected", "dep:departements detected", "epci:epci detected");
    JsonNode none = report(AIN, "detect", "false");
    assertThat(bound(none)).isEmpty();
    assertThat(none.path("rows").path("total").asInt()).isEqualTo(6);
    assertThat(none.path("rows").has("ready")).isFalse();
    assertThat(none.path("rows").has("readyShare")).isFalse();
  }

  @Test
  void the_first_findings_are_told_and_all_are_counted() throws IOException {
    String file = "insee\n" + "1004\n".repeat(5000) + "99998\n";
    JsonNode few = report(file, "columns", "insee:communes@2026", "limit", "3");
    assertThat(told(few))
        .containsExactly(
            "2 insee lost-leading-zero 1004 → 01004",
            "3 insee lost-leading-zero 1004 → 01004",
            "4 insee lost-leading-zero 1004 → 01004",
            "5002 insee unknown-code 99998");
    assertThat(few.path("findingsLimit").asInt()).isEqualTo(3);
    assertThat(stream(few.path("rules")).map(r -> r.path("rule").asText() + r.path("count")))
        .containsExactly("lost-leading-zero5000", "unknown-code1");
    assertThat(told(report(file, "columns", "insee:communes@2026", "limit", "0"))).isEmpty();
  }

  @Test
  void what_is_said_of_the_file_is_believed() throws IOException {
    byte[] file = "Édité le 3 mai\ninsee|nom\n01004|Ambérieu\n".getBytes(WINDOWS_1252);
    String asked =
        address(
            "columns",
            "insee:communes@2026",
            "encoding",
            "iso-8859-15",
            "separator",
            "|",
            "header",
            "2");
    JsonNode said = JSON.readTree(ok(asked, file)).path("file");
    assertThat(said.path("encoding").asText()).isEqualTo("ISO-8859-15");
    assertThat(said.path("separator").asText()).isEqualTo("|");
    assertThat(said.path("headerLine").asInt()).isEqualTo(2);
    JsonNode headless =
        report("01004\t1\n01091\t2\n", "columns", "#1:communes@2026", "header", "0");
    assertThat(told(headless)).containsExactly("2 #1 code-no-longer-in-force 01091 → 01033");
    assertThat(headless.path("rows").path("total").asInt()).isEqualTo(2);
  }

  // --- Repairs ---

  private void isRepaired(String query, byte[] file, byte[] expected) {
    byte[] repaired =
        ok(OF_2026 + "&detect=false" + query, file, "Accept", "text/csv", "Accept-Language", "fr");
    assertThat(new String(repaired, WINDOWS_1252)).isEqualTo(new String(expected, WINDOWS_1252));
  }

  private static final String ZERO = "Le code a perdu son zéro initial (tableur).";
  private static final String MIXED =
      "\"Des espaces, des guillemets ou des caractères invisibles se mêlent au code.\"";

  @Test
  void repairs_stand_beside_and_every_other_byte_is_as_it_was() {
    String file =
        "insee,\"no\"\"m\"\r\n"
            + "1004,\"a,\"\"b\"\"\"\r\n"
            + "\"01004\",c\n"
            + "01004 ,d\r\n\r\n"
            + ",\r\n"
            + "99998, e \r\n"
            + "1004";
    String repaired =
        "insee,insee_pivot,insee_pivot_reason,\"no\"\"m\"\r\n"
            + "1004,01004,"
            + ZERO
            + ",\"a,\"\"b\"\"\"\r\n\"01004\",01004,,c\n01004 ,01004,"
            + MIXED
            + ",d\r\n\r\n,,,\r\n99998,,Ce référentiel ne connaît pas ce code., e \r\n"
            + "1004,01004,"
            + ZERO;
    isRepaired("", file.getBytes(UTF_8), repaired.getBytes(UTF_8));
    isRepaired("&repair=beside", file.getBytes(UTF_8), repaired.getBytes(UTF_8));
    isRepaired(
        "&repair=in-place",
        file.getBytes(UTF_8),
        ("insee,\"no\"\"m\"\r\n"
                + "01004,\"a,\"\"b\"\"\"\r\n"
                + "\"01004\",c\n"
                + "01004,d\r\n\r\n"
                + ",\r\n"
                + "99998, e \r\n"
                + "01004")
            .getBytes(UTF_8));
  }

  @Test
  void repairs_come_in_the_encoding_of_the_file() {
    String file = "insee;nom\n1004;Ambérieu\n";
    String beside = "insee;insee_pivot;insee_pivot_reason;nom\n1004;01004;" + ZERO + ";Ambérieu\n";
    String inPlace = "insee;nom\n01004;Ambérieu\n";
    for (Charset charset : List.of(UTF_8, WINDOWS_1252)) {
      isRepaired("", file.getBytes(charset), beside.getBytes(charset));
      isRepaired("&repair=in-place", file.getBytes(charset), inPlace.getBytes(charset));
    }
    for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
      isRepaired("", ('\uFEFF' + file).getBytes(charset), ('\uFEFF' + beside).getBytes(charset));
      isRepaired(
          "&repair=in-place",
          ('\uFEFF' + file).getBytes(charset),
          ('\uFEFF' + inPlace).getBytes(charset));
    }
    HttpResponse<byte[]> response =
        client.postBytes(OF_2026 + "&format=csv", file.getBytes(WINDOWS_1252));
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/csv;header=present;charset=windows-1252");
  }

  @Test
  void titles_ragged_rows_and_blank_lines_stay() {
    String file = "Aides de 2026\n\ninsee;nom;n\n1004;a;1\n1004\n;;;\n1004;a;1;plus\n\n;b;2\n";
    isRepaired(
        "&header=3",
        file.getBytes(UTF_8),
        ("Aides de 2026\n\ninsee;insee_pivot;insee_pivot_reason;nom;n\n1004;01004;ZERO;a;1\n"
                + "1004;01004;ZERO\n;;;;;\n1004;01004;ZERO;a;1;plus\n\n;;;b;2\n")
            .replace("ZERO", ZERO)
            .getBytes(UTF_8));
    isRepaired(
        "&header=3&repair=in-place",
        file.getBytes(UTF_8),
        file.replace("1004", "01004").getBytes(UTF_8));
  }

  @Test
  void a_compressed_file_comes_back_plain() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write("insee\n1004\n".getBytes(UTF_8));
    }
    isRepaired("&repair=in-place", zipped.toByteArray(), "insee\n01004\n".getBytes(UTF_8));
  }

  private static String text(byte[] workbook) throws IOException {
    TabularFile.Opened opened =
        (TabularFile.Opened)
            TabularFile.open("w.xlsx", new ByteArrayInputStream(workbook), Overrides.NONE);
    try (opened) {
      return new String(opened.stream().readAllBytes(), opened.detected().dialect().charset());
    }
  }

  @Test
  void a_workbook_comes_back_as_a_workbook() throws IOException {
    byte[] workbook = ok(OF_2026 + "&format=xlsx", SMALL.getBytes(UTF_8), "Accept-Language", "en");
    assertThat(text(workbook))
        .isEqualTo(
            """
            insee,insee_pivot,insee_pivot_reason,montant
            01004,01004,,1
            1004,01004,The code lost its leading zero (spreadsheet).,2
            01091,01033,"The code is no longer in force. 01091 Châtillon-en-Michaille, until 2018-12-31; became 01033 Valserhône",3
            ,,,4
            35000,,The code belongs to another referential. Postal codes: 35000 Rennes,5
            """);
    byte[] again =
        ok(
            address("columns", "insee:communes@2026", "format", "csv", "repair", "in-place"),
            workbook,
            "Accept-Language",
            "en");
    assertThat(new String(again, UTF_8))
        .isEqualTo(
            """
            insee,insee_pivot,insee_pivot_reason,montant
            01004,01004,,1
            01004,01004,The code lost its leading zero (spreadsheet).,2
            01033,01033,"The code is no longer in force. 01091 Châtillon-en-Michaille, until 2018-12-31; became 01033 Valserhône",3
            ,,,4
            35000,,The code belongs to another referential. Postal codes: 35000 Rennes,5
            """);
    byte[] marked =
        ok(OF_2026 + "&format=xlsx", ('\uFEFF' + SMALL).getBytes(UTF_8), "Accept-Language", "en");
    assertThat(text(marked)).isEqualTo(text(workbook));
    assertThat(problem(OF_2026 + "&sheet=Rien&format=json", text(workbook), 200, "Accept", "*/*"))
        .contains("\"kind\":\"delimited\"");
    HttpResponse<byte[]> refused = client.postBytes(OF_2026 + "&sheet=Rien", workbook);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(new String(refused.body(), UTF_8)).contains("\"rule\":\"unknown-sheet\"");
  }

  @Test
  void a_row_of_a_workbook_is_the_line_of_the_text_that_it_was() throws IOException {
    byte[] workbook =
        ok(
            OF_2026 + "&header=3&format=xlsx",
            "Aides de 2026\n\ninsee;n\n1004;1\n\n1033;\"2\"\n".getBytes(UTF_8));
    String asked = address("columns", "insee:communes@2026", "header", "3", "detect", "false");
    assertThat(told(JSON.readTree(ok(asked, workbook))))
        .containsExactly(
            "4 insee lost-leading-zero 1004 → 01004", "6 insee lost-leading-zero 1033 → 01033");
  }

  // --- Forms and schemas ---

  private static final String SCHEMA =
      """
      {"fields": [
        {"name": "code_commune", "type": "string", "constraints": {"required": true}},
        {"name": "montant", "type": "number", "constraints": {"required": true}},
        {"name": "annee", "type": "year"},
        {"name": "statut", "type": "string", "constraints": {"enum": ["ouvert", "clos"]}},
        {"name": "absent", "type": "string", "constraints": {"required": true}}],
       "primaryKey": ["code_commune", "annee"]}
      """;

  private static byte[] form(String... namesAndValues) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = namesAndValues[i];
      form.append("--x9\r\nContent-Disposition: form-data; name=\"").append(name).append('"');
      if (name.equals("file")) {
        form.append("; filename=\"aides.csv\"\r\nContent-Type: text/csv");
      }
      form.append("\r\n\r\n").append(namesAndValues[i + 1]).append("\r\n");
    }
    return form.append("--x9--\r\n").toString().getBytes(UTF_8);
  }

  private static final String FORM = "multipart/form-data; boundary=x9";

  @Test
  void a_form_brings_a_schema_and_then_the_file() throws IOException {
    String file =
        "code_commune;montant;annee;statut\n01004;12.5;2024;ouvert\n01033;douze;24;fermé\n"
            + ";;2024;\n01004;1;2024;clos\n";
    JsonNode report =
        JSON.readTree(ok(address(), form("schema", SCHEMA, "file", file), "Content-Type", FORM));
    assertThat(report.path("file").path("name").asText()).isEqualTo("aides.csv");
    assertThat(bound(report).getFirst()).startsWith("code_commune:communes@2026");
    assertThat(told(report))
        .containsExactly(
            " missing-column absent",
            "3 montant schema-type douze",
            "3 annee schema-type 24",
            "3 statut schema-constraint fermé",
            "4 code_commune empty-value",
            "4 montant empty-value",
            "5 code_commune duplicate-key 01004, 2024");
  }

  @Test
  void a_form_must_be_whole() {
    assertThat(
            problem(
                address(), new String(form("schema", SCHEMA), UTF_8), 400, "Content-Type", FORM))
        .contains("/problems/missing-file");
    assertThat(
            problem(
                address(),
                new String(form("schema", "{", "file", SMALL), UTF_8),
                422,
                "Content-Type",
                FORM))
        .contains("/problems/refused-file")
        .contains("\"rule\":\"schema\"");
    assertThat(problem(address(), "--x9", 400, "Content-Type", "multipart/form-data"))
        .contains("/problems/malformed-request");
    assertThat(
            problem(
                address(),
                new String(form("schema", "x".repeat(1 << 21), "file", SMALL), UTF_8),
                413,
                "Content-Type",
                FORM))
        .contains("/problems/too-large");
  }

  // --- What belongs together ---

  @Test
  void a_commune_lies_in_its_departement_and_its_epci() throws IOException {
    assertThat(told(report(AIN))).isEmpty();
    JsonNode report = report(AIN + "01189;74;200000172;Injoux-Génissiat\n");
    assertThat(told(report))
        .containsExactly(
            "8 commune inconsistent-columns 01189", "8 commune inconsistent-columns 01189");
    assertThat(stream(report.path("findings")).map(f -> f.path("detail").asText()))
        .containsExactlyInAnyOrder(
            "01189 is in \"French départements\" 01 Ain, not 74",
            "01189 is in \"EPCI with own taxation\" 240100891 CC Terre Valserhône (CCTV), not"
                + " 200000172");
  }

  private static List<String> details(JsonNode report, String rule) {
    return stream(report.path("findings"))
        .filter(f -> f.path("rule").asText().equals(rule))
        .map(f -> f.path("detail").asText())
        .toList();
  }

  @Test
  void codes_of_other_days_are_followed_before_they_contradict() throws IOException {
    // Ville-du-Pont (25620) went into 25390 in 2025, and Tourlaville (50602) into
    // Cherbourg-en-Cotentin (50129) in 2016.
    String file =
        """
        commune;siren
        50129;200056844
        50602;200056844
        50602;200056844
        25620;212506208
        01004;210100046
        """;
    assertThat(
            details(
                report(file, "columns", "commune:communes,siren:siren"), "inconsistent-columns"))
        .isEmpty();
    String postal =
        """
        commune;cp
        25620;25650
        25390;25650
        01004;01500
        35238;35700
        35238;35200
        34172;34295
        """;
    assertThat(
            details(
                report(postal, "columns", "commune:communes,cp:codes-postaux"),
                "inconsistent-columns"))
        .isEmpty();
  }

  @Test
  void one_of_several_is_told_as_among_them() throws IOException {
    String file =
        """
        commune;cp
        35238;35700
        35238;35200
        35238;35000
        01004;01500
        01004;01500
        35238;35510
        """;
    assertThat(
            details(
                report(file, "columns", "commune:communes,cp:codes-postaux"),
                "inconsistent-columns"))
        .first()
        .isEqualTo(
            "35238 is in \"Postal codes\" among 35000 Rennes, 35200 Rennes, 35700 Rennes,"
                + " not 35510");
  }

  @Test
  void a_commune_that_changed_its_epci_is_told_until_when() throws IOException {
    JsonNode report = report(AIN + "22209;22;243500725;Beaussais-sur-Mer\n");
    assertThat(details(report, "inconsistent-columns"))
        .singleElement()
        .asString()
        .contains("200068989", "not 243500725, where it was until 20");
  }

  @Test
  void a_postal_code_bears_the_names_of_all_that_it_serves() throws IOException {
    String file =
        """
        code_postal;ville
        81200;MAZAMET
        81200;AUSSILLON
        13003;MARSEILLE 3
        69003;LYON 3EME
        01500;Ambérieu-en-Bugey
        74960;MEYTHET
        59160;LOMME
        81200;Rennes
        """;
    JsonNode report = report(file);
    assertThat(told(report)).containsExactly("9 ville label-mismatch Rennes");
    assertThat(details(report, "label-mismatch"))
        .singleElement()
        .asString()
        .startsWith("81200 has one of the names ")
        .contains("Aussillon", "Mazamet");
  }

  @Test
  void a_cedex_code_is_told_by_its_row() throws IOException {
    // Of the ministry's list of establishments of higher education, 2025, one with an accent.
    String file =
        """
        Code commune;Commune;Code postal;Localité
        49007;Angers;49007;ANGERS CEDEX 01
        62041;Arras;62030;Arras CEDEX
        35238;Rennes;35043;Rennes Cédex
        69266;Villeurbanne;69622;VilleurbanneCEDEX
        97411;Saint-Denis;97744;Saint-Denis Cedex9
        75105;Paris 5e;75005;Paris
        35238;Rennes;35000;Rennes
        49007;Angers;49003;Angers
        """;
    JsonNode report =
        report(
            file, "columns", "Code commune:communes,Code postal:codes-postaux", "detect", "false");
    assertThat(told(report).stream().filter(t -> t.contains("Code postal")).toList())
        .containsExactly(
            "2 Code postal unlisted-code 49007",
            "3 Code postal unlisted-code 62030",
            "4 Code postal unlisted-code 35043",
            "5 Code postal unlisted-code 69622",
            "6 Code postal unlisted-code 97744",
            "9 Code postal unconfirmed-code 49003");
    assertThat(told(report)).noneMatch(t -> t.contains("inconsistent-columns"));
    assertThat(report.path("columns").path(1).path("values").path("valid").asInt()).isEqualTo(7);
  }

  @Test
  void of_what_a_code_is_its_row_says() throws IOException {
    // DECP, "augmenté" of 2024: seven rows are right, and two départements are communes.
    String file =
        """
        acheteur.id;lieuExecution.code;lieuExecution.typeCode
        20006810400013;83;Code département
        20006810400013;26300;Code postal
        20006810400013;34970;Code postal
        20006810400013;57280;Code postal
        20006810400013;50129;Code département
        20006810400013;39039;Code commune
        20006810400013;62041;Code département
        20006810400013;91240;Code postal
        20006810400013;44119;Code postal
        20006810400013;75001;MQ
        20006810400013;;Code postal
        """;
    JsonNode report = report(file);
    assertThat(told(report))
        .containsExactly(
            "6 lieuExecution.code malformed-code 50129",
            "8 lieuExecution.code malformed-code 62041");
    assertThat(report.path("columns").path(1).path("referential").asText())
        .isEqualTo("codes-postaux");
    assertThat(report.path("columns").path(1).path("kindColumn").asText())
        .isEqualTo("lieuExecution.typeCode");
    JsonNode detected =
        JSON.readTree(client.post("/v1/detections", "text/csv", file).body())
            .path("columns")
            .path(1);
    assertThat(detected.path("name").asText()).isEqualTo("lieuExecution.code");
    assertThat(detected.path("referential").asText()).isEqualTo("codes-postaux");
    assertThat(detected.path("kindColumn").asText()).isEqualTo("lieuExecution.typeCode");
    assertThat(detected.path("candidates")).hasSize(1);
    assertThat(detected.has("vintage")).isFalse();
    // Without the kinds it may be either, and nobody says which; who says so is believed.
    JsonNode alone = report(file.replaceAll(";Code \\p{L}+|;MQ", ";"));
    assertThat(told(alone)).containsExactly(" lieuExecution.code unconfirmed-column");
    JsonNode said = report(file, "columns", "lieuExecution.code:communes");
    assertThat(told(said)).anyMatch(t -> t.contains("code-of-another-referential 34970"));
    assertThat(said.path("columns").path(1).has("kindColumn")).isFalse();
  }

  @Test
  void of_two_addresses_the_nearest_is_told_a_cedex() throws IOException {
    String file =
        """
        cp_siege;ville_siege;cp_site;ville_site
        35000;RENNES;35200;RENNES
        35043;Rennes CEDEX;35044;RENNES
        """;
    JsonNode report =
        report(file, "columns", "cp_siege:codes-postaux,cp_site:codes-postaux", "detect", "false");
    assertThat(told(report))
        .containsExactly("3 cp_siege unlisted-code 35043", "3 cp_site unconfirmed-code 35044");
  }

  @Test
  void a_siret_is_of_the_siren_beside_it() throws IOException {
    String file =
        "siret;siren\n"
            + "21860194600013;218601946\n"
            + "21750001600019;217500016\n"
            + "21860194600013;218601946\n"
            + "21750001600019;217500016\n"
            + "21860194600013;217500016\n";
    JsonNode report = report(file);
    assertThat(told(report)).containsExactly("6 siret inconsistent-columns 21860194600013");
    assertThat(report.path("findings").path(0).path("detail").asText())
        .isEqualTo("the SIRET 21860194600013 is of SIREN 218601946, not of 217500016");
  }

  @Test
  void a_label_is_that_of_its_code() throws IOException {
    JsonNode report = report(AIN + "01189;01;240100891;Surjoux\n");
    assertThat(told(report)).containsExactly("8 nom label-mismatch Surjoux");
    assertThat(report.path("findings").path(0).path("detail").asText())
        .isEqualTo("01189 is called Injoux-Génissiat");
    assertThat(told(report(AIN + "01189;01;240100891;INJOUX GENISSIAT\n"))).isEmpty();
  }

  @Test
  void a_siren_is_held_to_the_siret_that_fits_and_to_no_other() throws IOException {
    // The SIREN is that of the buyer; the other numbers are of those who sell to it.
    String rows =
        """
        218601946;21750001600019;21860194600013
        217500016;21690123100011;21750001600019
        216901231;21860194600013;21690123100011
        """;
    String head = "siren;siret_titulaire;siret_acheteur\n";
    assertThat(told(report(head + rows.repeat(3)))).isEmpty();
    assertThat(told(report(head + rows.repeat(3) + "217500016;21750001600019;21690123100011\n")))
        .containsExactly("11 siret_acheteur inconsistent-columns 21690123100011");
    // Where the first rows leave it open, nothing is held to anything.
    String open = ";21750001600019;21860194600013\n".repeat(600);
    assertThat(told(report(head + open + rows))).isEmpty();
  }

  @Test
  void a_row_is_ready_where_all_that_it_says_is_right() throws IOException {
    String file =
        """
        insee;siret;x
        01004;21860194600013;1
        01004;;2
        ;21860194600013;3
        ;;4
        1004;;5
        01004;21860194600014;6
        """;
    String columns = "insee:communes@2026,siret:siret";
    JsonNode report = report(file, "columns", columns);
    assertThat(report.path("rows").path("total").asInt()).isEqualTo(6);
    // Without any code there is nothing to join by.
    assertThat(report.path("rows").path("ready").asInt()).isEqualTo(3);
    JsonNode required = report(file, "columns", columns, "required", "siret");
    assertThat(required.path("rows").path("ready").asInt()).isEqualTo(2);
  }

  @Test
  void a_second_header_is_told_as_one() throws IOException {
    // As INSEE sets them: labels above, technical names below; or the other way round; or a title.
    for (String file :
        List.of(
            "Communes du 01;Libellé\nCode;Nom\n01004;Ambérieu-en-Bugey\n01033;Valserhône\n",
            "Code géographique;Libellé;Population\nCODGEO;LIBGEO;P18_POP\n"
                + "01004;Ambérieu-en-Bugey;14035\n01033;Valserhône;16387\n",
            "CODGEO;LIBGEO\nCode géographique;Libellé de la commune\n"
                + "01004;Ambérieu-en-Bugey\n01033;Valserhône\n")) {
      JsonNode report = report(file);
      assertThat(told(report)).containsExactly("2 second-header");
      assertThat(report.path("findings").path(0).path("severity").asText()).isEqualTo("info");
      assertThat(report.path("rows").path("total").asInt()).isEqualTo(2);
      HttpResponse<String> response = client.post("/v1/detections", "text/csv", file);
      JsonNode detection = JSON.readTree(response.body());
      assertThat(detection.path("rows").asInt()).isEqualTo(2);
      assertThat(detection.path("header").path(0).path("examples").toString())
          .isEqualTo("[\"01004\",\"01033\"]");
      assertThat(detection.path("file").path("findings").path(0).path("rule").asText())
          .isEqualTo("second-header");
    }
    // Above more columns of numbers the last of them is the header.
    String many =
        """
        Population en 2020;;;

        Code commune;Population;Superficie;Revenu médian
        CODGEO;P20_POP;SUPERF;MED20
        01001;771;15,95;22130
        01002;253;9,15;23430
        01004;14081;24,6;19620
        """;
    JsonNode last = report(many);
    assertThat(last.path("file").path("headerLine").asInt()).isEqualTo(4);
    assertThat(told(last)).containsExactly("3 second-header");
    HttpResponse<String> detected = client.post("/v1/detections", "text/csv", many);
    assertThat(detected.body()).contains("second-header");
    // A name where a code is due is a wrong value.
    assertThat(told(report("code_insee;nom\nAmbérieu;Ambérieu\n01033;Valserhône\n")))
        .containsExactly("2 code_insee malformed-code Ambérieu");
  }

  // --- What people rely on ---

  @Test
  void a_finding_keeps_its_id_when_a_line_comes_before_it() throws IOException {
    String file = "insee;n\n1004;1\n99998;2\n1004;3\n";
    JsonNode before = report(file, "columns", "insee:communes@2026");
    JsonNode after =
        report(file.replace("n\n1004;1", "n\n01033;0\n1004;1"), "columns", "insee:communes@2026");
    List<String> ids = stream(before.path("findings")).map(f -> f.path("id").asText()).toList();
    assertThat(ids).hasSize(3).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{16}"));
    assertThat(stream(after.path("findings")).map(f -> f.path("id").asText()))
        .containsExactlyElementsOf(ids);
  }

  @Test
  void personal_data_are_warned_of_and_never_repeated() throws IOException {
    StringBuilder file = new StringBuilder("id;insee;courriel;jour\n");
    for (int i = 0; i < 40; i++) {
      file.append(i % 30).append(";01004;untel").append(i % 20).append("@exemple.fr;hier\n");
    }
    String asked = address("columns", "insee:communes", "date", "courriel", "key", "courriel");
    for (String format : List.of("json", "ndjson", "html")) {
      String report = ok(asked + "&format=" + format, file.toString());
      assertThat(report)
          .contains("personal-data")
          .contains("malformed-date")
          .contains("duplicate-key")
          .doesNotContain("untel")
          .doesNotContain("exemple");
    }
    JsonNode report = JSON.readTree(ok(asked, file.toString(), "Accept-Language", "en"));
    assertThat(report.path("findings").path(0).path("severity").asText()).isEqualTo("warning");
    assertThat(report.path("findings").path(0).path("detail").asText())
        .isEqualTo("E-mail addresses: 100 % of the values. None is repeated here.");
  }

  @Test
  void an_arrondissement_is_not_overwritten_by_its_commune() {
    byte[] file = "insee\n75113\n1004\n".getBytes(UTF_8);
    isRepaired("&repair=in-place", file, "insee\n75113\n01004\n".getBytes(UTF_8));
  }

  @Test
  void formulas_are_flagged_and_negative_numbers_are_not() throws IOException {
    String file =
        "insee,a,b\n"
            + "01004,=1+1,-12\n"
            + "01004,\"=HYPERLINK(\"\"x\"\",1)\",\"-1,5\"\n"
            + "01004,@SUM(A1),+33 1\n"
            + "01004,-2+cmd|' /C calc'!A0,-\n"
            + "01004,\"a \"\"b\"\",=1\",-1e-5\n";
    JsonNode report = report(file, "columns", "insee:communes@2026");
    assertThat(told(report))
        .containsExactly(
            "2 a spreadsheet-formula =1+1",
            "3 a spreadsheet-formula =HYPERLINK(\"x\",1)",
            "4 a spreadsheet-formula @SUM(A1)",
            "5 a spreadsheet-formula -2+cmd|' /C calc'!A0");
    isRepaired("&repair=in-place", file.getBytes(UTF_8), file.getBytes(UTF_8));
  }

  @Test
  void the_first_findings_come_before_the_file_has_ended() throws IOException {
    byte[] row = "01004;une ligne qui n'a rien de particulier\n".getBytes(UTF_8);
    ByteArrayOutputStream half = new ByteArrayOutputStream();
    half.writeBytes("insee;texte\n1004;x\n".getBytes(UTF_8));
    while (half.size() < 4 << 20) {
      half.writeBytes(row);
    }
    try (Socket socket = new Socket("localhost", server.getPort())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + OF_2026
                  + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                  + "Accept: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n"
                  + "Connection: close\r\n\r\n")
              .getBytes(UTF_8));
      chunk(out, half.toByteArray());
      InputStream in = socket.getInputStream();
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf("lost-leading-zero") < 0) {
        int b = in.read();
        assertThat(b).as(answer.toString()).isNotNegative();
        answer.append((char) b);
      }
      assertThat(answer.toString()).startsWith("HTTP/1.1 200").doesNotContain("summary");
      chunk(out, "99998;y\n".getBytes(UTF_8));
      chunk(out, new byte[0]);
      answer.append(new String(in.readAllBytes(), UTF_8));
      assertThat(answer.toString())
          .contains("unknown-code")
          .contains("{\"summary\":{\"complete\":true");
    }
  }

  private static void chunk(OutputStream out, byte[] bytes) throws IOException {
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
    out.write(bytes);
    out.write("\r\n".getBytes(UTF_8));
    out.flush();
  }

  // --- Detection ---

  @Test
  void detection_says_what_columns_hold() throws IOException {
    HttpResponse<String> response = client.post("/v1/detections?name=ain.csv", "text/csv", AIN);
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode detection = JSON.readTree(response.body());
    assertThat(detection.path("file").path("name").asText()).isEqualTo("ain.csv");
    assertThat(detection.path("rows").asInt()).isEqualTo(6);
    assertThat(
            stream(detection.path("columns"))
                .map(
                    c ->
                        c.path("number").asText()
                            + ' '
                            + c.path("referential").asText()
                            + ' '
                            + c.path("candidates").path(0).path("referential").asText()
                            + ' '
                            + c.path("candidates").path(0).path("content").asText()))
        .containsExactly(
            "1 communes communes codes", "2 departements departements codes", "3 epci epci codes");
    assertThat(problem("/v1/detections?columns=a:communes", AIN, 400))
        .contains("unknown-parameter")
        .contains("\"known\":[\"name\",\"encoding\",\"separator\",\"header\",\"sheet\"]");
    assertThat(problem("/v1/detections", AIN, 406, "Accept", "text/html"))
        .contains("not-acceptable");
  }

  // --- Questions that are wrong ---

  private void asks(String query, int status, String type, String... members) {
    String problem = problem("/v1/validations?" + query, SMALL, status);
    assertThat(problem).as(query).contains("\"type\":\"/problems/" + type + '"');
    for (String member : members) {
      assertThat(problem).as(query).contains(member);
    }
  }

  @Test
  void what_is_wrong_with_a_question_is_said() {
    asks("colour=red", 400, "unknown-parameter", "\"parameter\":\"colour\"");
    asks("columns=insee", 400, "invalid-parameter", "\"parameter\":\"columns\"");
    asks("columns=insee:", 400, "invalid-parameter", "\"parameter\":\"columns\"");
    asks(
        "columns=x:communes", 400, "unknown-column", "\"column\":\"x\"", "[\"insee\",\"montant\"]");
    asks("columns=%233:communes", 400, "unknown-column", "\"column\":\"#3\"");
    asks("columns=insee:comunes", 404, "unknown-referential", "\"referential\":\"comunes\"");
    asks("columns=insee:communes@1066", 404, "unknown-edition", "\"edition\":\"1066\"");
    asks("columns=insee:a@@b", 400, "malformed-reference");
    asks("date=au+printemps", 400, "invalid-parameter", "\"parameter\":\"date\"");
    asks("required=x", 400, "unknown-column", "\"column\":\"x\"");
    asks("key=insee,x", 400, "unknown-column", "\"column\":\"x\"");
    asks("detect=perhaps", 400, "invalid-parameter", "\"parameter\":\"detect\"");
    asks("repair=all", 400, "invalid-parameter", "\"parameter\":\"repair\"");
    asks("limit=-1", 400, "invalid-parameter", "\"parameter\":\"limit\"");
    asks("limit=10001", 400, "invalid-parameter", "\"parameter\":\"limit\"");
    asks("format=pdf", 400, "invalid-parameter", "\"parameter\":\"format\"");
    asks("encoding=ebcdic", 400, "invalid-parameter", "\"parameter\":\"encoding\"");
    asks("separator=x", 400, "invalid-parameter", "\"parameter\":\"separator\"");
    asks("header=-1", 400, "invalid-parameter", "\"parameter\":\"header\"");
    asks("header=900", 422, "refused-file", "\"rule\":\"missing-header\"");
    assertThat(problem(address(), SMALL, 415, "Content-Type", "application/xml"))
        .contains("/problems/unsupported-media-type");
    assertThat(problem(address(), SMALL, 406, "Content-Type", "text/csv", "Accept", "image/png"))
        .contains("/problems/not-acceptable")
        .contains("\"available\":[\"application/json\"");
    assertThat(client.get("/v1/validations").statusCode()).isEqualTo(405);
  }
}
