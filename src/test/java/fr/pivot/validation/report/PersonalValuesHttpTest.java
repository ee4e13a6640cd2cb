package fr.pivot.validation.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What seems to be of persons in files that are handed in is in no answer and in no log. All values
 * are made up: nobody is called so, and no such number was given.
 */
@PivotTest
class PersonalValuesHttpTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Columns called as those of persons, each with a value for each row. */
  private static final String[][] COLUMNS = {
    {"num_secu", "255081416802500", "2550814168025", "2 55 08 14 168 025 01", "253072A07300400"},
    {"nir", "155081416802599", "1550814168025", "1.55.08.14.168.025.97", "1 53 07 2b 073 004 71"},
    {"n° sécu", "7550814168025", "99", "abc123x", "255081416802538"},
    {"x", "255081416802511", "2550814168066", "155081416802512", "153072B07300413"},
    {"matricule", "ZQ-88121", "ZQ-88122", "ZQ-88123", "ZQ-88124"},
    {"nom", "Zorglubier", "Quaxandre", "Fermoulin", "Tartignol"},
    {"prenom", "Ildebrance", "Wulfine", "Otrudine", "Pancrasette"},
    {"nom_usage", "Zorglubier-Vexant", "Quaxandral", "Fermoulard", "Tartignasse"},
    {"beneficiaire", "Mme Zorglubine", "Quaxotin", "Fermoulasse", "Tartignette"},
    {"date_naissance", "12/03/1951", "1952-04-17", "23.11.1953", "31 février 1954"},
    {"né le", "12/03/1961", "1962-04-17", "23.11.1963", "30 février 1964"},
    {"courriel", "zorglu@exemple.invalid", "quax@exemple.invalid", "ferm@x.invalid", "tart@z"},
    {"tel", "0612349871", "+33 6 12 34 98 72", "06.12.34.98.73", "612349874"},
    {"iban", "FR7612345987650000000000097", "FR7612345987650000000000098", "FR00 x9871", "DE1"},
    {"adresse", "17 rue des Zorglubs", "18 bis, avenue Quaxe", "Au Fermoul", "Le Tartignat"},
    {"num_voie", "8817", "8818", "8819", "8820"},
    {"y", "FR7612345987650000000000099", "AB-987-ZQ", "98XQ12345", "17 rue des Ifs Zorglus"},
    {"z", "M. Zorglubot", "née le 12/03/1971", "0712349875", "0033712349876"},
  };

  private static final List<String> SECRETS = secrets();

  private final ContractClient client;
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          logged.add(event.getFormattedMessage());
          if (event.getThrowableProxy() != null) {
            logged.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
          }
        }
      };

  PersonalValuesHttpTest(ContractClient client) {
    this.client = client;
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @BeforeEach
  void listen() {
    appender.start();
    root().addAppender(appender);
  }

  @AfterEach
  void nothing_was_logged() {
    root().detachAppender(appender);
    isDiscreet(String.join("\n", logged));
  }

  /** What must not be repeated; figures that may be told by chance are left out. */
  private static List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    for (String[] column : COLUMNS) {
      for (int i = 1; i < column.length; i++) {
        if (column[i].length() > 3) {
          secrets.add(column[i]);
        }
      }
    }
    return List.copyOf(secrets);
  }

  /** The file: the columns, and a commune, a SIRET and a figure for each row. */
  private static String file() {
    StringBuilder file = new StringBuilder("commune;siret;montant");
    for (String[] column : COLUMNS) {
      file.append(';').append(column[0]);
    }
    for (int row = 0; row < 40; row++) {
      file.append(row % 8 == 0 ? "\n1004" : "\n01033").append(";21010004600015;").append(row);
      for (String[] column : COLUMNS) {
        file.append(';').append(column[1 + row % 4]);
      }
    }
    return file.append('\n').toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static void isDiscreet(String text) {
    for (String secret : SECRETS) {
      assertThat(text).doesNotContain(secret);
    }
  }

  private String answer(String address, String file, String... headers) {
    HttpResponse<byte[]> response = client.postBytes(address, file.getBytes(UTF_8), headers);
    return response.statusCode() + "\n" + new String(response.body(), UTF_8);
  }

  /** Asks in both languages; answers what was said in French. */
  private String isDiscreet(String address, String file) {
    String french = answer(address, file, "Accept-Language", "fr");
    isDiscreet(french);
    isDiscreet(answer(address, file, "Accept-Language", "en"));
    return french.substring(4);
  }

  @Test
  void detections_tell_no_person() throws IOException {
    String answer = isDiscreet("/v1/detections?name=personnes.csv", file());
    JsonNode header = JSON.readTree(answer).path("header");
    assertThat(
            StreamSupport.stream(header.spliterator(), false)
                .filter(h -> !h.path("personal").asBoolean())
                .map(h -> h.path("name").asText() + ' ' + h.path("examples")))
        .containsExactly(
            "commune [\"1004\",\"01033\"]",
            "siret [\"21010004600015\"]",
            "montant [\"0\",\"1\",\"2\"]",
            "x []",
            "y []");
  }

  @Test
  void a_column_of_names_of_places_is_none_of_persons() throws IOException {
    String file = "nom;n\nVichy;1\nValserhône;2\nSurjoux;3\nBilliat;4\nChanay;5\nZorglubier;6\n";
    JsonNode answer = JSON.readTree(isDiscreet("/v1/detections", file));
    assertThat(answer.path("header").path(0).path("personal").asBoolean()).isFalse();
    assertThat(answer.path("header").path(0).path("examples"))
        .hasToString("[\"Vichy\",\"Valserhône\",\"Surjoux\"]");
    JsonNode first =
        JSON.readTree(isDiscreet("/v1/detections", file.replace("Vichy", "Quaxandre")));
    assertThat(first.path("header").path(0).path("examples")).hasToString("[]");
  }

  @Test
  void validations_tell_no_person_in_any_form() {
    StringBuilder required = new StringBuilder();
    for (String[] column : COLUMNS) {
      required.append(required.isEmpty() ? "" : ",").append(column[0]);
    }
    for (String format : List.of("json", "ndjson", "html")) {
      String asked = "/v1/validations?format=" + format;
      isDiscreet(asked, file());
      isDiscreet(asked + "&columns=commune:communes&date=date_naissance", file());
      isDiscreet(asked + "&key=nom,prenom&date=" + encode("né le"), file());
      isDiscreet(asked + "&key=y", file());
      for (String[] column : COLUMNS) {
        for (String referential : List.of("communes", "siren", "siret", "naf")) {
          isDiscreet(asked + "&columns=" + encode(column[0]) + ":" + referential, file());
        }
      }
    }
  }

  @Test
  void what_is_withheld_has_a_place_and_a_shape() throws IOException {
    String file = "siret;n\n21010004600015;1\n2 55 08 14 168 025 01;2\n21010004600016;3\n";
    JsonNode report = JSON.readTree(isDiscreet("/v1/validations?columns=siret:siret", file));
    assertThat(
            StreamSupport.stream(report.path("findings").spliterator(), false)
                .map(
                    f ->
                        f.path("line").asText()
                            + ' '
                            + f.path("value").asText()
                            + ' '
                            + f.path("detail").asText()))
        .containsExactly("3  Valeur non reprise : 15 chiffres.", "4 21010004600016 ");
    assertThat(report.path("columns").path(0).path("frequent").findValuesAsText("value"))
        .containsExactly("21010004600016");
  }

  @Test
  void rows_that_are_shifted_tell_no_person() {
    String file = "nom;commune\nFermoulin;01004\nFermoulin;Wulfine;01004\nZorglubier;01033\n";
    isDiscreet("/v1/validations?columns=commune:communes", file);
  }

  @Test
  void formulas_tell_no_person() {
    String file = "nom;commune;y\n=Zorglubier;01004;=quax@exemple.invalid\n";
    String report = isDiscreet("/v1/validations", file);
    assertThat(report).contains("spreadsheet-formula");
  }

  @Test
  void a_first_row_of_values_is_not_told_as_names_of_columns() {
    String file =
        "zorglu@exemple.invalid;0612349871;01004\nquax@exemple.invalid;0712349875;01033\n";
    for (String line : List.of("", "&header=1")) {
      isDiscreet("/v1/detections?name=a.csv" + line, file);
      isDiscreet("/v1/validations?name=a.csv" + line, file);
    }
    assertThat(isDiscreet("/v1/validations?columns=absent:communes", file))
        .contains("unknown-column");
    assertThat(isDiscreet("/v1/reconciliations?column=absent&to=communes", file))
        .contains("unknown-column");
  }

  @Test
  void values_to_be_decided_of_tell_no_person() throws IOException {
    for (String[] column : COLUMNS) {
      String name = encode(column[0]);
      isDiscreet("/v1/reconciliations?format=ndjson&to=communes&column=" + name, file());
      isDiscreet(
          "/v1/crosswalk?format=ndjson&from=communes@2019&to=communes@2026&column=" + name, file());
    }
    String answer =
        isDiscreet(
            "/v1/reconciliations?format=ndjson&to=communes&column=nom",
            "nom\nVichy\nZorglubier\nBilliat\nValseronne\n");
    List<JsonNode> values = new ArrayList<>();
    for (String line : answer.lines().toList()) {
      if (line.startsWith("{\"value\"")) {
        values.add(JSON.readTree(line).path("value"));
      }
    }
    assertThat(
            values.stream().map(v -> v.path("text").asText() + '/' + v.path("withheld").asText()))
        .containsExactly("Vichy/", "/10 caractères", "Billiat/", "Valseronne/");
  }

  @Test
  void problems_quote_no_person() {
    String asked =
        "/v1/crosswalk?from=communes@2019&to=communes@2026&column=commune&policy=weights";
    for (String[] column : COLUMNS) {
      String answer = isDiscreet(asked + "&measure=" + encode(column[0]), file());
      assertThat(answer).isNotEmpty();
    }
    assertThat(isDiscreet(asked + "&measure=z", file()))
        .contains("not-a-number")
        .contains("Valeur non reprise : 10 caractères.");
  }

  @Test
  void the_file_that_goes_back_is_what_it_was() {
    String file = file();
    String repaired = answer("/v1/validations?format=csv", file);
    List<String> before = file.lines().toList();
    List<String> after = repaired.lines().skip(1).toList();
    assertThat(after).hasSameSizeAs(before);
    for (int i = 1; i < before.size(); i++) {
      String persons = before.get(i).substring(before.get(i).indexOf(';', 21) + 1);
      assertThat(after.get(i)).endsWith(persons.substring(persons.indexOf(';') + 1));
    }
  }
}
