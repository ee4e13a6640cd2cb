package fr.pivot.pages.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The page that checks a file and what its forms are answered with, on 1 March 2026. */
@PivotTest
class CheckPageHttpTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  private static final String VALIDATIONS = "/v1/validations";
  private static final String SAMPLE = "/controler/exemple.csv";
  private static final String FILE = "commune;nom\n1004;Ambérieu\n01033;Valserhône\n";

  private final EmbeddedServer server;
  private final ContractClient client;

  CheckPageHttpTest(EmbeddedServer server, ContractClient client) {
    this.server = server;
    this.client = client;
  }

  private byte[] sample() throws IOException, InterruptedException {
    URI address = server.getURI().resolve(SAMPLE);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  /** Sends the form of the page as a browser without scripts does. */
  private HttpResponse<String> submit(String address, String name, String content) {
    String boundary = "--------------------------form";
    String body =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n--%s--\r\n"
            .formatted(boundary, name, content, boundary);
    HttpRequest request =
        HttpRequest.newBuilder(server.getURI().resolve(address))
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .header("Accept", BROWSER)
            .header("Accept-Language", "fr-FR,fr;q=0.9")
            .header("Origin", server.getURI().toString())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(address, e);
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void the_page_says_what_becomes_of_a_file_in_both_languages() {
    String french = client.get("/controler").body();
    assertThat(french)
        .contains("<h1>Contrôler un fichier</h1>")
        .contains("Votre fichier est lu, il n’est pas conservé\u00a0: rien n’en reste")
        .contains("ne sont jamais répétées.")
        .contains(
            "method=\"post\" enctype=\"multipart/form-data\""
                + " action=\"/v1/validations?format=html&amp;lang=fr\"")
        .contains("<option value=\"communes\" data-editions=\"2026 2025 2024 2023 2022 2021 2019\"")
        .contains("<option value=\"siret\" data-editions=\"\">SIRET");
    assertThat(client.get("/controler?lang=en").body())
        .contains("<html lang=\"en\">")
        .contains("<h1>Check a file</h1>")
        .contains("Your file is read, not kept")
        .contains("/v1/validations?format=csv&amp;lang=en");
  }

  @Test
  void the_sample_is_written_as_french_spreadsheets_write() throws Exception {
    HttpResponse<String> response = client.get(SAMPLE);
    assertThat(header(response, "Content-Disposition"))
        .startsWith("attachment; filename=\"subventions-exemple.csv\"");
    String text = new String(sample(), WINDOWS_1252);
    assertThat(text.lines()).hasSize(41);
    assertThat(text)
        .startsWith("numero;code_insee;commune;dep;epci;siret;code_naf;objet;montant;courriel\n")
        .contains("S26-001;1004;Ambérieu-en-Bugey;1;240100883;21010004600015;85.20Z;");
  }

  @Test
  void the_detection_tells_all_columns_and_repeats_no_address() throws Exception {
    JsonNode detection =
        JSON.readTree(client.postBytes("/v1/detections?name=exemple.csv", sample()).body());
    assertThat(detection.path("file").path("encoding").asText()).isEqualTo("windows-1252");
    assertThat(
            StreamSupport.stream(detection.path("header").spliterator(), false)
                .map(h -> h.path("name").asText() + ' ' + h.path("examples")))
        .hasSize(10)
        .contains(
            "code_insee [\"1004\",\"01033\",\"3310\"]",
            "commune [\"Ambérieu-en-Bugey\",\"Valserhône\",\"Vichy\"]",
            "courriel []");
    assertThat(detection.path("header").path(9).path("personal").asBoolean()).isTrue();
    assertThat(detection.toString()).doesNotContain("example.org");
  }

  @Test
  void a_form_without_scripts_is_answered_with_the_report_as_a_page() {
    HttpResponse<String> report = submit(VALIDATIONS + "?format=html&lang=en", "mes.csv", FILE);
    assertThat(report.statusCode()).isEqualTo(200);
    assertThat(report.body()).contains("<html lang=\"en\">").contains("Check of mes.csv");
    assertThat(header(report, "Content-Disposition"))
        .isEqualTo("inline; filename=\"mes-report.html\"; filename*=UTF-8''mes-report.html");
    assertThat(header(report, "Content-Security-Policy")).startsWith("default-src 'none';");
  }

  @Test
  void files_to_keep_have_names_made_of_the_file_s() {
    HttpResponse<String> repaired =
        submit(VALIDATIONS + "?format=csv&repair=in-place", "aides\u00a02025 à voir.csv.txt", FILE);
    assertThat(repaired.body()).isEqualTo("commune;nom\n01004;Ambérieu\n01033;Valserhône\n");
    assertThat(header(repaired, "Content-Disposition"))
        .isEqualTo(
            "attachment; filename=\"aides_2025 _ voir.csv-pivot.csv\";"
                + " filename*=UTF-8''aides%C2%A02025%20%C3%A0%20voir.csv-pivot.csv");
    assertThat(
            header(
                submit(VALIDATIONS + "?format=json&download=true", "a.xlsx", FILE),
                "Content-Disposition"))
        .startsWith("attachment; filename=\"a-rapport.json\"");
    for (String format : new String[] {"csv", "xlsx", "html", "ndjson"}) {
      HttpResponse<byte[]> answer =
          client.postBytes(VALIDATIONS + "?name=x.csv.gz&format=" + format, FILE.getBytes(UTF_8));
      assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
          .contains(format.endsWith("l") || format.endsWith("n") ? "x-rapport." : "x-pivot.");
    }
    assertThat(
            client
                .postBytes(VALIDATIONS + "?format=csv", FILE.getBytes(UTF_8))
                .headers()
                .firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"pivot.csv\"; filename*=UTF-8''pivot.csv");
  }

  @Test
  void a_problem_of_a_form_is_a_page_in_the_language_of_the_form() {
    HttpResponse<String> french = submit(VALIDATIONS + "?format=html&lang=fr", "vide.csv", "");
    assertThat(french.statusCode()).isEqualTo(422);
    assertThat(header(french, "Content-Type")).startsWith("text/html");
    assertThat(french.body())
        .contains("Le fichier est vide.")
        .contains("href=\"/controler?lang=en\"");
    HttpResponse<String> english = submit(VALIDATIONS + "?format=csv&lang=en", "vide.csv", "");
    assertThat(english.statusCode()).isEqualTo(422);
    assertThat(english.body()).contains("<html lang=\"en\">").contains("The file is empty.");
  }

  /** Browsers read no answer before they have sent all; 8 MB of it are more than buffers hold. */
  @Test
  void who_sends_all_before_reading_is_answered() throws Exception {
    byte[] rows = "1004;1004;1004;1004\n".repeat(50_000).getBytes(UTF_8);
    int times = 20;
    byte[] head = "a;b;c;d\n".getBytes(UTF_8);
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/validations?format=ndjson&limit=10000&columns=a:communes,b:communes,c:communes,d:communes"
                  + " HTTP/1.1\r\nHost: "
                  + server.getHost()
                  + "\r\nOrigin: "
                  + server.getURI()
                  + "\r\nConnection: close\r\nContent-Type: text/csv\r\nContent-Length: "
                  + (head.length + (long) times * rows.length)
                  + "\r\n\r\n")
              .getBytes(UTF_8));
      out.write(head);
      for (int i = 0; i < times; i++) {
        out.write(rows);
      }
      out.flush();
      try (InputStream in = socket.getInputStream()) {
        String answer = new String(in.readAllBytes(), UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"total\":1000000");
      }
    }
  }
}
