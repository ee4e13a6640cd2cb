package fr.pivot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pivot.TestDatabase;
import fr.pivot.cli.PivotProcess.Run;
import fr.pivot.cli.session.Exit;
import fr.pivot.importing.Imports;
import fr.pivot.importing.Synthetic;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are checked and repaired on the command line. */
@Order(Integer.MAX_VALUE - 3)
class ValidateCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RIGHT = "fruit;n\nA1;1\nA2;2\n";
  private static final String WRONG = "fruit;n\nA1;1\na2;2\nB9;3\n";
  private static final String COLUMN = "fruit:fruits@2022";

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private PivotProcess pivot;

  @BeforeAll
  static void publish() {
    database = TestDatabase.empty();
    try (ApplicationContext context = database.start()) {
      Synthetic.describe(context, "fruits");
      Imports.published(
          Synthetic.run(
              context,
              List.of(
                  Synthetic.labelled("fruits", 2021, Map.of("A1", "Apples", "A3", "Plums")),
                  Synthetic.labelled("fruits", 2022, Map.of("A1", "Apples", "A2", "Pears")))));
    }
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void prepare() throws IOException {
    pivot = new PivotProcess(database, Files.createDirectories(folder.resolve("pivot")));
  }

  private String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file.toString();
  }

  @Test
  void figures_that_cannot_be_placed_are_told_and_end_with_an_exit_code_of_their_own()
      throws IOException, InterruptedException {
    String[] placed = weigh("fruit;n\nA1;1\nA2;2\nB9;3\n");
    assertThat(placed).containsExactly("0", "Rows: placed 2, unknown 1");
    String[] lost = weigh("fruit;n\nB8;1\nB9;3\n");
    assertThat(lost)
        .containsExactly(
            "8", "Rows: unknown 2", "Not a single row could be translated to fruits@2022.");
  }

  private String[] weigh(String table) throws IOException, InterruptedException {
    Run run =
        pivot.run(
            "translate",
            file("figures.csv", table),
            "--column",
            "fruit",
            "--from",
            "fruits@2022",
            "--to",
            "fruits@2022",
            "--policy",
            "weights",
            "--measure",
            "n");
    long rows = table.lines().count() - 1;
    assertThat(run.out().lines().skip(1).mapToLong(l -> Long.parseLong(l.split(";", -1)[5])).sum())
        .isEqualTo(rows);
    return Stream.concat(Stream.of(String.valueOf(run.code())), run.err().lines())
        .toArray(String[]::new);
  }

  /** The names of what lies beside the files. */
  private List<String> beside() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(f -> String.valueOf(f.getFileName()))
          .filter(f -> !f.equals("pivot"))
          .sorted()
          .toList();
    }
  }

  @Test
  void what_seems_to_be_of_a_person_is_in_no_output() throws Exception {
    String persons =
        file(
            "persons.csv",
            "fruit;num_secu;nom;n\nA1;255081416802500;Zorglubier;0612349871\n"
                + "255081416802500;2550814168025;Quaxandre;x@exemple.invalid\n");
    String report = folder.resolve("persons.html").toString();
    List<Run> runs =
        List.of(
            pivot.run("detect", persons),
            pivot.run("validate", persons, "--columns", COLUMN),
            pivot.run("validate", persons, "--columns", "num_secu:fruits", "--html", report),
            pivot.run("validate", persons, "--columns", COLUMN, "--json", "--key", "nom"),
            pivot.run("validate", persons, "--columns", "absent:fruits"),
            pivot.run(
                "translate",
                persons,
                "--column=fruit",
                "--from=fruits@2022",
                "--to=fruits@2022",
                "--policy=weights",
                "--measure=nom"));
    assertThat(runs.get(1).out()).contains("line 3  Value not repeated: 15 digits.");
    assertThat(runs.getLast().err()).contains("Value not repeated: 10 characters.");
    for (Run run : runs) {
      assertThat(run.out() + run.err())
          .isNotEmpty()
          .doesNotContain("2550814168025", "Zorglubier", "Quaxandre", "0612349871", "invalid");
    }
    assertThat(Files.readString(Path.of(report)))
        .doesNotContain("2550814168025", "Zorglubier", "Quaxandre", "0612349871", "invalid");
  }

  @Test
  void the_exit_code_says_how_a_file_is() throws Exception {
    String right = file("right.csv", RIGHT);
    String wrong = file("wrong.csv", WRONG);
    Run fine = pivot.run("validate", right, "--columns", COLUMN);
    assertThat(fine.code()).as(fine.err()).isEqualTo(Exit.OK);
    assertThat(fine.out()).contains("fruits@2022").contains("100.0 % of the rows are ready");
    Run bad = pivot.run("validate", wrong, "--columns", COLUMN);
    assertThat(bad.code()).as(bad.err()).isEqualTo(Exit.WRONG);
    assertThat(bad.out())
        .contains("1  letter-case  The letters of the code are not in the official case.")
        .contains("line 3  «a2» → A2")
        .contains("1  unknown-code  ")
        .contains("line 4  «B9»")
        .doesNotContain("\u001B");
    Run absent = pivot.run("validate", folder.resolve("absent.csv").toString());
    assertThat(absent.code()).isEqualTo(Exit.USAGE);
    assertThat(absent.err()).contains("No such file");
    assertThat(pivot.run("validate", right, "--columns", "fruit").code()).isEqualTo(Exit.USAGE);
    Run column = pivot.run("validate", right, "--columns", "apple:fruits");
    assertThat(column.code()).isEqualTo(Exit.USAGE);
    assertThat(column.err()).contains("fruit, n");
    Run empty = pivot.run("validate", file("empty.csv", ""));
    assertThat(empty.code()).isEqualTo(Exit.REJECTED);
    assertThat(empty.err()).isEqualTo("The file is empty.\n");
    Run unknown = pivot.run("validate", right, "--columns", "fruit:roots");
    assertThat(unknown.code()).isEqualTo(Exit.NOT_FOUND);
    assertThat(unknown.err()).isEqualTo("There is no referential \"roots\".\n");
    assertThat(pivot.run("validate", right, "--columns", "fruit:fruits@1999").code())
        .isEqualTo(Exit.NOT_FOUND);
  }

  @Test
  void a_file_that_breaks_off_is_refused_and_nothing_is_written() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      StringBuilder rows = new StringBuilder("fruit;n\n");
      for (int i = 0; i < 300_000; i++) {
        rows.append("A1;").append(Integer.toHexString(i * 0x9E3779B9)).append('\n');
      }
      out.write(rows.toString().getBytes(UTF_8));
    }
    Path cut = folder.resolve("cut.csv.gz");
    Files.write(cut, Arrays.copyOf(zipped.toByteArray(), zipped.size() - 100));
    Run run =
        pivot.run(
            "validate",
            cut.toString(),
            "--columns",
            COLUMN,
            "--repair",
            "--output",
            folder.resolve("repaired.csv").toString());
    assertThat(run.err()).contains("The compressed file stops before its end");
    assertThat(run.code()).isEqualTo(Exit.REJECTED);
    assertThat(beside()).containsExactly("cut.csv.gz");
  }

  @Test
  void names_are_reconciled() throws Exception {
    String names = file("names.csv", "n;name\n1;PEARS\n2;Aples\n3;\n4;Xylophone\n");
    Run run = pivot.run("reconcile", names, "--column", "name", "--to", "fruits@2022");
    assertThat(run.code()).as(run.err()).isEqualTo(Exit.OK);
    assertThat(run.out())
        .isEqualTo(
            "n;name;fruits@2022;fruits@2022:label;fruits@2022:score;fruits@2022:match;fruits@2022:next\n"
                + "1;PEARS;A2;Pears;100;true;\n"
                + "2;Aples;A1;Apples;82.44;false;\n"
                + "3;;;;;;\n"
                + "4;Xylophone;;;;false;\n");
    assertThat(run.err()).contains("Rows: 1 matched, 1 to review, 1 not found");
    run =
        pivot.run(
            "reconcile",
            names,
            "--column",
            "name",
            "--to",
            "fruits@2022",
            "--choices",
            file("choices.csv", "code_source,code_cible\nAples,A1\nXylophone,\n"));
    assertThat(run.code()).as(run.err()).isEqualTo(Exit.OK);
    assertThat(run.out())
        .contains("2;Aples;A1;Apples;;true;\n")
        .contains("4;Xylophone;;;;false;\n");
    assertThat(run.err()).contains("Rows: 1 matched, 2 chosen, 0 to review, 0 not found");
    Path workbook = folder.resolve("names.xlsx");
    run =
        pivot.run(
            "reconcile",
            names,
            "-c",
            "name",
            "--to",
            "fruits",
            "--certain",
            "-o",
            workbook.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(Exit.OK);
    assertThat(workbook).isNotEmptyFile();
    Run column = pivot.run("reconcile", names, "--column", "x", "--to", "fruits");
    assertThat(column.code()).isEqualTo(Exit.USAGE);
    assertThat(column.err()).contains("n, name");
    Run context =
        pivot.run("reconcile", names, "--column", "name", "--to", "fruits", "--context", "n:x");
    assertThat(context.code()).isEqualTo(Exit.USAGE);
    assertThat(context.err()).contains("\"x\"");
    Run referential = pivot.run("reconcile", names, "--column", "name", "--to", "vegetables");
    assertThat(referential.code()).isEqualTo(Exit.NOT_FOUND);
  }

  @Test
  void a_report_is_lines_json_or_a_page() throws Exception {
    String wrong = file("wrong.csv", WRONG);
    Path page = folder.resolve("report.html");
    Run run =
        pivot.run("validate", wrong, "--columns", COLUMN, "--json", "--html", page.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(Exit.WRONG);
    JsonNode report = JSON.readTree(run.out());
    assertThat(report.path("file").path("name").asText()).isEqualTo("wrong.csv");
    assertThat(report.path("findings")).hasSize(2);
    assertThat(report.path("rows").path("total").asInt()).isEqualTo(3);
    assertThat(Files.readString(page))
        .startsWith("<!doctype html>\n<html lang=\"en\">")
        .contains("<code>a2</code></td><td><code>A2</code>");
    Run limited = pivot.run("validate", wrong, "--columns", COLUMN, "--json", "--limit", "0");
    assertThat(JSON.readTree(limited.out()).path("findings")).isEmpty();
  }

  @Test
  void repairs_are_written_beside() throws Exception {
    String wrong = file("wrong.csv", WRONG);
    String repaired =
        "fruit;fruit_pivot;fruit_pivot_reason;n\nA1;A1;;1\n"
            + "a2;A2;The letters of the code are not in the official case.;2\n"
            + "B9;;This referential does not know the code.;3\n";
    Run out = pivot.run("validate", wrong, "--columns", COLUMN, "--repair");
    assertThat(out.code()).isEqualTo(Exit.WRONG);
    assertThat(out.out()).isEqualTo(repaired);
    assertThat(out.err()).contains("letter-case");
    Path csv = folder.resolve("repaired.csv");
    Run written =
        pivot.run("validate", wrong, "--columns", COLUMN, "--repair", "--output", csv.toString());
    assertThat(written.out()).contains("letter-case");
    assertThat(Files.readString(csv)).isEqualTo(repaired);
    Path xlsx = folder.resolve("repaired.xlsx");
    pivot.run("validate", wrong, "--columns", COLUMN, "--repair", "--output", xlsx.toString());
    TabularFile.Opened opened =
        (TabularFile.Opened) TabularFile.open("r", Files.newInputStream(xlsx), Overrides.NONE);
    try (opened) {
      assertThat(new String(opened.stream().readAllBytes(), UTF_8))
          .isEqualTo(repaired.replace(';', ','));
    }
    assertThat(Files.readString(Path.of(wrong))).isEqualTo(WRONG);
    assertThat(beside()).containsExactly("repaired.csv", "repaired.xlsx", "wrong.csv");
  }

  @Test
  void repairs_in_place_are_logged_and_the_rest_stays() throws Exception {
    Charset latin = Charset.forName("windows-1252");
    Path file = folder.resolve("été.csv");
    Files.write(
        file,
        "Édité en mai\r\nfruit;nom\r\n\"a1\";\"é;\"\"x\"\"\"\r\n;\r\n\r\nB9; é \r\na2"
            .getBytes(latin));
    Run run =
        pivot.run("validate", file.toString(), "--columns", COLUMN, "--header", "2", "--in-place");
    assertThat(run.code()).as(run.err()).isEqualTo(Exit.WRONG);
    assertThat(run.err()).contains("été.csv.pivot-log.csv");
    assertThat(Files.readString(file, latin))
        .isEqualTo("Édité en mai\r\nfruit;nom\r\nA1;\"é;\"\"x\"\"\"\r\n;\r\n\r\nB9; é \r\nA2");
    assertThat(Files.readString(folder.resolve("été.csv.pivot-log.csv")))
        .isEqualTo(
            "line,column,before,after,rule,reason\r\n"
                + "3,\"fruit\",\"a1\",\"A1\",letter-case,"
                + "\"The letters of the code are not in the official case.\"\r\n"
                + "7,\"fruit\",\"a2\",\"A2\",letter-case,"
                + "\"The letters of the code are not in the official case.\"\r\n");
    assertThat(beside()).containsExactly("été.csv", "été.csv.pivot-log.csv");
  }

  @Test
  void what_cannot_be_rewritten_is_refused() throws Exception {
    Path zipped = folder.resolve("wrong.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(WRONG.getBytes(UTF_8));
    }
    byte[] before = Files.readAllBytes(zipped);
    Run run = pivot.run("validate", zipped.toString(), "--columns", COLUMN, "--in-place");
    assertThat(run.code()).isEqualTo(Exit.USAGE);
    assertThat(run.err()).contains("--in-place rewrites delimited files");
    assertThat(Files.readAllBytes(zipped)).isEqualTo(before);
    assertThat(pivot.run("validate", "-", "--in-place").code()).isEqualTo(Exit.USAGE);
    assertThat(beside()).containsExactly("wrong.csv.gz");
  }

  @Test
  void a_schema_says_what_columns_are() throws Exception {
    String schema =
        file(
            "schema.json",
            "{\"fields\":[{\"name\":\"fruit\",\"type\":\"string\"},{\"name\":\"n\","
                + "\"type\":\"integer\"}],\"primaryKey\":\"fruit\"}");
    String file = file("f.csv", "fruit;n\nA1;1\nA2;un\nA1;2\n");
    Run run = pivot.run("validate", file, "--columns", COLUMN, "--schema", schema);
    assertThat(run.code()).as(run.err()).isEqualTo(Exit.WRONG);
    assertThat(run.out())
        .contains("1  schema-type  ")
        .contains("line 3  «un»")
        .contains("1  duplicate-key  ")
        .contains("line 4  «A1»  The first is on line 2.");
    Run broken = pivot.run("validate", file, "--schema", file("broken.json", "{"));
    assertThat(broken.code()).isEqualTo(Exit.REJECTED);
    Run absent = pivot.run("validate", file, "--schema", folder.resolve("no.json").toString());
    assertThat(absent.code()).isEqualTo(Exit.USAGE);
    assertThat(absent.err()).contains("No such file");
  }

  @Test
  void the_standard_input_is_a_file_too() throws Exception {
    Run run = pivot.feed(WRONG, "validate", "-", "--columns", COLUMN, "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(Exit.WRONG);
    assertThat(JSON.readTree(run.out()).path("file").path("name").asText()).isEqualTo("-");
    Run piped = pivot.feed(WRONG, "validate", "-", "--columns", COLUMN, "--repair");
    assertThat(piped.out()).startsWith("fruit;fruit_pivot;fruit_pivot_reason;n\nA1;A1;;1\n");
  }

  @Test
  void detection_names_the_columns_that_hold_codes() throws Exception {
    String file = file("f.csv", "fruits;n\nA1;1\nA2;2\nA1;3\nA2;1\n");
    Run run = pivot.run("detect", file);
    assertThat(run.code()).as(run.err()).isEqualTo(Exit.OK);
    assertThat(run.out()).containsPattern("(?m)^  fruits +fruits  .*2022");
    Run json = pivot.feed(Files.readString(Path.of(file)), "detect", "-", "--json");
    JsonNode column = JSON.readTree(json.out()).path("columns").path(0);
    assertThat(column.path("referential").asText()).isEqualTo("fruits");
    assertThat(column.path("vintage").path("best").asText()).isEqualTo("2022");
    assertThat(pivot.run("detect", file("empty.csv", "")).code()).isEqualTo(Exit.REJECTED);
    assertThat(pivot.run("detect", folder.resolve("no.csv").toString()).code())
        .isEqualTo(Exit.USAGE);
  }
}
