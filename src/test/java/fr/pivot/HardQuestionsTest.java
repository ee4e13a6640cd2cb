package fr.pivot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.pivot.PivotTest.Holding;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.SharedFiles;
import fr.pivot.formats.dgcl.DgclFormat;
import fr.pivot.formats.hexasmal.HexasmalFormat;
import fr.pivot.formats.naf.NafFormat;
import fr.pivot.http.ContractClient;
import fr.pivot.importing.Imports;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The questions on which joins break, asked over HTTP of what ships with Pivot and of official
 * files together. Each answer is that of the official file or law that its line names.
 */
@PivotTest(Holding.SHIPPED_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(3)
class HardQuestionsTest {

  private static final Path QUESTIONS = Path.of("src/test/resources/questions/official.csv");

  /** Answers of more codes than this are told by their number. */
  private static final int MOST_NAMED = 8;

  private final ObjectMapper json = new ObjectMapper();

  /** A question with its official answer. */
  record Question(String what, String kind, String asked, String answer, String source) {
    @Override
    public String toString() {
      return what + ": " + asked;
    }
  }

  private final ApplicationContext context;
  private final ContractClient client;

  HardQuestionsTest(ApplicationContext context, ContractClient client) {
    this.context = context;
    this.client = client;
  }

  @BeforeAll
  void open() {
    Imports.official(context, 2026);
    imported(new HexasmalFormat(), "laposte/019HexaSmal_2026-01.csv");
    imported(new NafFormat(), "naf/NAF2025.csv", "naf/naf_rev2_to_naf2025_insee_2026-01.csv");
    for (int year = 2019; year <= 2025; year++) {
      imported(new DgclFormat(), "dgcl_epci/epcicom" + year + ".csv");
    }
    Imports.registry(context);
  }

  private void imported(ReleaseFormat format, String... files) {
    List<InputFile> inputs = Arrays.stream(files).map(SharedFiles::get).toList();
    Imports.published(Imports.run(context, format, inputs, false, false));
  }

  static Stream<Question> questions() throws IOException {
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(QUESTIONS)) {
      return rows.stream()
          .map(
              row ->
                  new Question(
                      row.getField("what"),
                      row.getField("kind"),
                      row.getField("question"),
                      row.getField("answer"),
                      row.getField("said by")))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("questions")
  void is_answered_as_the_official_source_has_it(Question question) throws IOException {
    String told =
        switch (question.kind()) {
          case "translate" -> translated(question.asked());
          case "ask" -> asked(question.asked());
          default -> throw new IllegalArgumentException(question.kind());
        };
    assertThat(told).as(question.source()).isEqualTo(question.answer());
  }

  private String translated(String asked) throws IOException {
    String[] parts = asked.split(" [>:] ");
    JsonNode answer =
        get("/v1/crosswalk?from=" + parts[0] + "&to=" + parts[1] + "&code=" + parts[2]);
    JsonNode targets = answer.get("targets");
    StringJoiner codes = new StringJoiner("|");
    targets.forEach(target -> codes.add(target.get("code").textValue()));
    String named = targets.size() > MOST_NAMED ? String.valueOf(targets.size()) : codes.toString();
    return (answer.get("status").textValue() + ' ' + named).strip();
  }

  /** The cell of the last field asked for. */
  private String asked(String asked) throws IOException {
    String address = "/v1/referentials/" + asked.replace(';', ',') + "&format=csv&header=absent";
    HttpResponse<String> response = client.get(address);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    String line = response.body().strip();
    return line.substring(line.lastIndexOf(',') + 1);
  }

  private JsonNode get(String address) throws IOException {
    HttpResponse<String> response = client.get(address);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json.readTree(response.body());
  }
}
