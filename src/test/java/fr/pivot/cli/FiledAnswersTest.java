package fr.pivot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.cli.session.Exit;
import fr.pivot.home.EmbeddedDatabase;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that read answer from the files of a home exactly what its database answers, and only
 * while those say what is published.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(Integer.MAX_VALUE - 1)
class FiledAnswersTest {

  private static final List<String> SHIPPED =
      List.of("iso-15924", "regions", "departements", "naf");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  static Path folder;

  private record Run(int code, String out, String err) {}

  @BeforeAll
  void make() throws Exception {
    Path shipped = Files.createDirectory(shipped());
    for (String id : SHIPPED) {
      copy(Path.of("referentials", id).toAbsolutePath(), shipped.resolve(id));
    }
    Files.writeString(
        folder.resolve("rows.csv"), "region;dep;naf\n28;14;6201Z\n84;01;01.11Z\n23;976;9999Z\n");
    Files.writeString(folder.resolve("names.csv"), "nom\nCalvados\nNormandie\nAin\n");
    assertThat(run("detect", "rows.csv").code()).isZero();
  }

  /** Every command that reads, with what it must answer from files as from the database. */
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("lookup", "departements", "14", "2A", "99"),
          List.of("lookup", "departements@1960-01-01", "14", "78", "--json"),
          List.of("lookup", "nothing", "1"),
          List.of("lookup", "naf@rev2", "6201Z", "--json"),
          List.of("releases"),
          List.of("releases", "--json"),
          List.of("releases", "--format", "csv"),
          List.of("correspondences"),
          List.of("correspondences", "--format", "json"),
          List.of("changes", "departements", "1960-01-01", "2026-01-01"),
          List.of("changes", "regions", "1990-01-01", "2026-01-01", "--json"),
          List.of("detect", "rows.csv"),
          List.of("validate", "rows.csv", "--json"),
          List.of("validate", "rows.csv", "--columns", "dep:departements@1960-01-01"),
          List.of("validate", "rows.csv", "--repair"),
          List.of(
              "translate", "rows.csv", "-c", "dep", "--from", "departements", "--to", "regions"),
          List.of("reconcile", "names.csv", "--column", "nom", "--to", "departements"),
          List.of("search", "calvados"),
          List.of("search", "normandie", "--in", "regions", "--format", "json"));

  @Test
  @Order(1)
  void what_files_answer_is_what_the_database_does() throws Exception {
    List<Run> filed = new ArrayList<>();
    String before = started();
    for (List<String> command : COMMANDS) {
      assertThat(mark()).as("before %s", command).exists();
      filed.add(run(command.toArray(String[]::new)));
      assertThat(home().resolve("postgres/data/postmaster.pid")).doesNotExist();
      assertThat(started()).as("%s started no PostgreSQL", command).isEqualTo(before);
    }
    try (EmbeddedDatabase _ = EmbeddedDatabase.open(home())) {
      for (int i = 0; i < COMMANDS.size(); i++) {
        List<String> command = COMMANDS.get(i);
        Files.delete(mark());
        Run asked = run(command.toArray(String[]::new));
        assertThat(mark()).as("%s asked the database and says what it holds", command).exists();
        assertThat(filed.get(i)).as("%s", command).isEqualTo(asked);
        assertThat(asked.out() + asked.err()).as("%s", command).isNotEmpty();
      }
    }
  }

  @Test
  @Order(2)
  void what_changes_the_registry_takes_the_mark_away() throws Exception {
    Path pack = folder.resolve("pack");
    assertThat(run("export", "regions@2026", "--output", pack.toString()).code()).isZero();
    Path json = pack.resolve("datapackage.json");
    Files.writeString(
        json,
        Files.readString(json)
            .replace("\"edition\": \"2026\"", "\"edition\": \"2027\"")
            .replace("\"referenceDate\": \"2026-01-01\"", "\"referenceDate\": \"2027-01-01\""));
    assertThat(run("lookup", "regions@2027", "28").code()).isEqualTo(Exit.NOT_FOUND);
    Run refused = run("import", "pack", folder.resolve("rows.csv").toString());
    assertThat(refused.code()).isNotZero();
    assertThat(mark()).as("what was refused changes nothing").exists();

    Run published = run("import", pack.toString());
    assertThat(published.code()).as(published.err()).isZero();
    assertThat(mark()).doesNotExist();
    Run known = run("lookup", "regions@2027", "28");
    assertThat(known.code()).as(known.err()).isZero();
    assertThat(mark()).exists();
    assertThat(run("lookup", "regions@2027", "28")).isEqualTo(known);
  }

  @Test
  @Order(3)
  void what_ships_anew_is_published_before_anything_is_answered() throws Exception {
    copy(Path.of("referentials", "iso-4217").toAbsolutePath(), shipped().resolve("iso-4217"));
    assertThat(mark()).exists();
    Run known = run("lookup", "iso-4217", "EUR");
    assertThat(known.code()).as(known.err()).isZero();
    assertThat(mark()).exists();
  }

  @Test
  @Order(4)
  void a_damaged_or_missing_file_is_made_again_from_the_database() throws Exception {
    Run whole = run("lookup", "departements", "14");
    for (Path file : List.of(mark(), home().resolve("codebooks/departements.codebook"))) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      assertThat(run("lookup", "departements", "14").out()).isEqualTo(whole.out());
      Files.delete(file);
      assertThat(run("lookup", "departements", "14").out()).isEqualTo(whole.out());
      assertThat(file).exists();
    }
  }

  @Test
  @Order(5)
  void a_home_whose_server_was_cut_off_is_healed_first() throws Exception {
    Path pid = home().resolve("postgres/data/postmaster.pid");
    Files.writeString(pid, "999999999\n" + home().resolve("postgres/data") + "\n0\n1\n");
    String before = started();
    assertThat(run("lookup", "departements", "14").code()).isZero();
    assertThat(started()).isNotEqualTo(before);
    assertThat(pid).doesNotExist();
  }

  @Test
  @Order(6)
  void a_file_of_the_mark_s_place_that_says_nothing_true_is_not_believed() throws Exception {
    Files.writeString(mark(), "pivot registry 1");
    assertThat(run("lookup", "departements", "14").code()).isZero();
    assertThat(run("lookup", "departements", "0").code()).isEqualTo(Exit.NOT_FOUND);
  }

  @Test
  @Order(7)
  void what_is_restored_takes_the_mark_of_an_empty_home_away() throws Exception {
    Path backup = folder.resolve("backup");
    Run taken = run("backup", backup.toString());
    assertThat(taken.code()).as(taken.err()).isZero();
    Run whole = run("lookup", "departements", "14");

    Path other = folder.resolve("other");
    Path none = Files.createDirectory(folder.resolve("none"));
    assertThat(run(other, none, "lookup", "departements", "14").code()).isEqualTo(Exit.NOT_FOUND);
    assertThat(mark(other)).exists();
    Run restored = run(other, none, "restore", backup.toString());
    assertThat(restored.code()).as(restored.err()).isZero();
    assertThat(mark(other)).doesNotExist();
    assertThat(run(other, none, "lookup", "departements", "14").out()).isEqualTo(whole.out());
  }

  /** When PostgreSQL last started on the home; its settings are written anew at each start. */
  private String started() throws IOException {
    return Files.getLastModifiedTime(home().resolve("postgres/postgresql.conf")).toString();
  }

  private Path home() {
    return folder.resolve("home");
  }

  private Path shipped() {
    return folder.resolve("referentials");
  }

  private Path mark() {
    return mark(home());
  }

  private static Path mark(Path home) {
    return home.resolve("postgres/data/registry.current");
  }

  private Run run(String... arguments) throws IOException, InterruptedException {
    return run(home(), shipped(), arguments);
  }

  private static Run run(Path home, Path referentials, String... arguments)
      throws IOException, InterruptedException {
    // The class path of a test names folders of the project.
    String classes =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(part -> Path.of(part).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=en",
                "-Dpivot.referentials=" + referentials,
                "-cp",
                classes,
                Pivot.class.getName()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("PIVOT_DATABASE_URL");
    builder.environment().put("PIVOT_HOME", home.toString());
    int code = builder.start().waitFor();
    return new Run(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> all = Files.walk(from)) {
      all.filter(path -> !path.equals(from))
          .forEach(
              path -> {
                try {
                  Files.copy(path, to.resolve(from.relativize(path)));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
