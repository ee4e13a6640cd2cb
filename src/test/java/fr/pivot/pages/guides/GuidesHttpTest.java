package fr.pivot.pages.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.pivot.PivotTest;
import fr.pivot.http.Contract;
import fr.pivot.http.ContractClient;
import fr.pivot.pages.guides.GuideFiles.File;
import fr.pivot.pages.guides.GuideFiles.Program;
import fr.pivot.pages.guides.GuideFiles.Shown;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tries what the guides show, on 1 March 2026, with the referentials that ship: every address of
 * theirs answers, every answer is the one that they show, every program prints what they say.
 */
@PivotTest
class GuidesHttpTest {

  private static final Pattern COLUMN = Pattern.compile("[?&]column=([^&]+)");
  private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)");
  private static final Pattern OPERATION =
      Pattern.compile("href=\"/docs/essayer#/([a-z]+)/([A-Za-z]+)\"");

  private final EmbeddedServer server;
  private final Contract contract;
  private final ContractClient client;

  GuidesHttpTest(EmbeddedServer server, Contract contract, ContractClient client) {
    this.server = server;
    this.contract = contract;
    this.client = client;
  }

  static List<File> files() {
    return GuideFiles.list();
  }

  static List<Shown> answers() {
    return files().stream().flatMap(file -> GuideFiles.answers(file).stream()).toList();
  }

  static List<Program> programs() {
    return files().stream().flatMap(file -> GuideFiles.programs(file).stream()).toList();
  }

  private static String page(File file) {
    return "/guides/" + file.name() + (file.language().equals("en") ? "?lang=en" : "");
  }

  private String body(String address, String... headers) {
    HttpResponse<String> response = client.get(address, headers);
    assertThat(response.statusCode()).as(address).isEqualTo(200);
    return response.body();
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_address_of_a_guide_answers(File file) {
    for (String written : GuideFiles.addresses(file)) {
      String address = written.substring(Guides.SERVER.length());
      if (address.isEmpty()) {
        continue; // the server alone, as programs begin
      }
      URI.create(written);
      if (isPage(address)) {
        assertThat(contract.queryParameters("GET", path(address))).as(written).isNotNull();
      } else if (contract.queryParameters("GET", path(address)) == null
          || COLUMN.matcher(address).find()) {
        posts(address);
      } else {
        assertThat(body(address)).as(written).isNotBlank();
      }
    }
  }

  /** Pages have tests of their own; that they are where a guide leads is what is asked here. */
  private static boolean isPage(String address) {
    return !address.startsWith("/v1/") && !address.startsWith("/reconcile");
  }

  private static String path(String address) {
    int query = address.indexOf('?');
    return query < 0 ? address : address.substring(0, query);
  }

  private void posts(String address) {
    boolean lookup = path(address).endsWith("/lookup");
    HttpResponse<String> response =
        lookup
            ? client.post(address, "application/json", "[\"93066\"]")
            : client.post(address, "text/csv", "insee\n01091\n");
    assertThat(response.statusCode()).as(address).isEqualTo(200);
    assertThat(response.body()).as(address).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void an_answer_that_a_guide_shows_is_the_answer(Shown shown) {
    String answer = body(shown.address().substring(Guides.SERVER.length()));
    assertThat(answer.replace("\r\n", "\n")).as(shown.address()).isEqualTo(shown.answer());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void a_program_of_a_guide_prints_what_it_says(Program program, @TempDir Path folder)
      throws IOException, InterruptedException {
    Optional<List<String>> command = command(program);
    assumeTrue(
        command.isPresent(),
        program.file() + ": not run, for nothing here runs " + needs(program) + ".");
    ProcessBuilder builder = new ProcessBuilder(command.get()).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Path code = folder.resolve("program");
    Files.writeString(code, program.code().replace(Guides.SERVER, server.getURL().toString()));
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    Process process =
        builder
            .redirectInput(code.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(output).replaceAll("(?m)^ +|[ \\r]+$", ""))
        .as(program.file() + "\n" + Files.readString(errors))
        .isEqualTo(program.answer().replaceAll("(?m)^ +|[ \\r]+$", ""));
  }

  private static String needs(Program program) {
    return switch (program.language()) {
      case "python" -> program.code().contains("pandas") ? "Python with pandas" : "Python";
      case "r" -> program.code().contains("readr") ? "R with readr" : "R";
      default -> "sqlite3 and curl";
    };
  }

  /** What runs a program here, if anything does. */
  private static Optional<List<String>> command(Program program) {
    return switch (program.language()) {
      case "python" -> {
        String needed = program.code().contains("pandas") ? "pandas" : "json";
        yield List.of("python3", "/usr/bin/python3").stream()
            .filter(python -> works(List.of(python, "-c", "import " + needed)))
            .findFirst()
            .map(python -> List.of(python, "-"));
      }
      case "r" -> {
        String needed = program.code().contains("readr") ? "library(readr)" : "1";
        yield works(List.of("Rscript", "-e", needed))
            ? Optional.of(List.of("Rscript", "-"))
            : Optional.empty();
      }
      case "sh" ->
          works(List.of("sqlite3", "-version")) && works(List.of("curl", "--version"))
              ? Optional.of(List.of("sh"))
              : Optional.empty();
      default -> throw new AssertionError(program.language());
    };
  }

  private static boolean works(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException _) {
      return false; // it is not installed
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_guide_is_a_page_that_calls_the_server_that_shows_it(File file) {
    String body = body(page(file));
    assertThat(body)
        .contains("<html lang=\"" + file.language() + "\">")
        .doesNotContain(Guides.SERVER)
        .doesNotContain(" style=");
    if (!file.name().equals("pourquoi")) {
      assertThat(body).contains(server.getURL().toString());
    }
    String article = body.substring(body.indexOf("<article"), body.indexOf("</article>"));
    for (Matcher link = LINK.matcher(article.replace("&amp;", "&")); link.find(); ) {
      String address = link.group(1);
      assertThat(contract.queryParameters("GET", path(address))).as(address).isNotNull();
      if (!isPage(address) || address.startsWith("/guides")) {
        assertThat(body(address)).as(address).isNotBlank();
      }
    }
    if (file.language().equals("en")) {
      assertThat(body).contains("href=\"/guides?lang=en\"");
    }
  }

  @Test
  void the_host_of_a_request_is_shown_and_a_made_up_one_is_not() throws IOException {
    assertThat(raw("pivot.example.org:8443")).contains("http://pivot.example.org:8443/v1/");
    for (String host : List.of("x\"><script>alert(1)</script>", "a'b", "a b", "x/<i>")) {
      assertThat(raw(host)).as(host).doesNotContain("<script>alert").doesNotContain(host);
    }
  }

  /** A page as it is sent to who calls the server by a name; HttpClient would refuse most. */
  private String raw(String host) throws IOException {
    try (java.net.Socket socket = new java.net.Socket(server.getHost(), server.getPort())) {
      String request =
          "GET /guides/python HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void the_index_lists_all_guides_in_both_languages() {
    assertThat(body("/guides"))
        .contains("<a href=\"/guides/pourquoi\">Pourquoi les jointures cassent</a>")
        .contains("<a href=\"/guides/sql\">Depuis SQL</a>")
        .contains("href=\"/docs\"");
    assertThat(body("/guides?lang=en"))
        .contains("<a href=\"/guides/pourquoi?lang=en\">Why joins break</a>")
        .contains("href=\"/docs?lang=en\"");
    assertThat(client.get("/guides/cobol").statusCode()).isEqualTo(404);
    assertThat(client.get("/guides/..%2Ffr%2Fsql").statusCode()).isEqualTo(404);
  }

  @Test
  void the_counts_of_the_guide_for_citizens_are_those_of_the_tables() {
    for (Map.Entry<String, List<Integer>> count :
        Map.of("1968-01-01", List.of(37_916, 3_346), "2018-01-01", List.of(35_451, 495))
            .entrySet()) {
      Map<String, String> first = new HashMap<>();
      body("/v1/crosswalk/table?from=communes@" + count.getKey() + "&to=communes@2026&format=csv")
          .lines()
          .skip(1)
          .map(line -> line.replaceAll("\"[^\"]*\"", "").split(",", -1))
          .forEach(cells -> first.putIfAbsent(cells[0], cells[3]));
      long elsewhere =
          first.entrySet().stream().filter(e -> !e.getKey().equals(e.getValue())).count();
      assertThat(List.of(first.size(), (int) elsewhere)).isEqualTo(count.getValue());
      for (int number : count.getValue()) {
        assertThat(GuideFiles.text(new File("en", "pourquoi")))
            .contains(String.format(Locale.ENGLISH, number < 1000 ? "%d" : "%,d", number));
        assertThat(GuideFiles.text(new File("fr", "pourquoi")))
            .contains(
                String.format(Locale.ENGLISH, number < 1000 ? "%d" : "%,d", number)
                    .replace(',', ' '));
      }
    }
  }

  @Test
  void the_index_of_the_contract_holds_every_operation_once() {
    List<String> listed = new ArrayList<>();
    for (Matcher m = OPERATION.matcher(body("/docs")); m.find(); ) {
      listed.add(m.group(1) + ' ' + m.group(2));
    }
    List<String> declared =
        contract.listSubjects().stream()
            .flatMap(s -> s.operations().stream().map(o -> s.name() + ' ' + o.id()))
            .toList();
    assertThat(listed).doesNotHaveDuplicates().containsExactlyElementsOf(declared);
    String yaml = body("/openapi.yaml");
    assertThat(listed)
        .hasSize((int) Pattern.compile("(?m)^      operationId: ").matcher(yaml).results().count());
    assertThat(body("/docs?lang=en")).contains("href=\"/docs/essayer?lang=en#/codes/getCode\"");
  }

  @Test
  void of_the_package_of_the_reader_three_files_are_served_and_kept_for_ever() {
    String reader = body("/docs/essayer");
    for (String name :
        List.of(
            "swagger-ui-bundle.js",
            "swagger-ui-bundle.js.LICENSE.txt",
            "swagger-ui.css",
            "reader.js")) {
      Matcher address = Pattern.compile("\"(/assets/[0-9a-f]{12}/" + name + ")\"").matcher(reader);
      assertThat(address.find()).as(name).isTrue();
      HttpResponse<String> file = client.get(address.group(1));
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.headers().firstValue("Cache-Control"))
          .hasValue("public, max-age=31536000, immutable");
    }
    for (String name :
        List.of("index.html", "swagger-initializer.js", "oauth2-redirect.html", "..%2Fpivot.css")) {
      assertThat(client.get("/assets/000000000000/" + name).statusCode()).as(name).isEqualTo(404);
      assertThat(client.get("/webjars/swagger-ui/" + name).statusCode()).as(name).isEqualTo(404);
    }
  }

  @Test
  void a_table_for_a_cell_has_no_header_and_says_so() {
    HttpResponse<String> one =
        client.get("/v1/referentials/communes/codes/93066?format=csv&fields=label&header=absent");
    assertThat(one.body()).isEqualTo("Saint-Denis\r\n");
    assertThat(one.headers().firstValue("Content-Type").orElseThrow())
        .contains("text/csv")
        .contains("header=absent");
    assertThat(
            client
                .get("/v1/referentials/communes/codes/93066?format=csv&fields=label&header=present")
                .body())
        .isEqualTo("label\r\nSaint-Denis\r\n");
    assertThat(
            client
                .get(
                    "/v1/crosswalk?from=communes@2018-01-01&to=communes@2026&code=14712"
                        + "&format=csv&header=absent")
                .body())
        .startsWith("14712,Saline,split,14666,Sannerville,")
        .hasLineCount(2);
    assertThat(
            client.get("/v1/referentials/communes/codes/93066?format=csv&header=none").statusCode())
        .isEqualTo(400);
  }
}
