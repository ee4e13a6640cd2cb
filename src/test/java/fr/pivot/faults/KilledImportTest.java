package fr.pivot.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.Await;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.Release;
import fr.pivot.cli.Pivot;
import fr.pivot.importing.Imports;
import fr.pivot.publishing.ReleaseExport;
import fr.pivot.registry.Registry;
import io.micronaut.context.ApplicationContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code pivot import}, killed at any point: the registry answers as before, or all of it is in.
 */
class KilledImportTest {

  /** After which words of the import to kill it, and how long after. */
  private record Point(String said, int millis) {}

  private static final List<Point> POINTS =
      List.of(
          new Point("Reading", 0),
          new Point("Reading", 400),
          new Point("Checking", 0),
          new Point("Publishing", 0),
          new Point("Publishing", 300));

  @Test
  void an_import_killed_at_any_point_leaves_the_registry_as_it_was_or_has_it_all(
      @TempDir Path folder) throws Exception {
    try (TestDatabase database = TestDatabase.shipped()) {
      Path pack = nextYear(database, folder.resolve("pack"));
      Files.createDirectories(folder.resolve("none"));
      String before = database.fingerprint();
      String digest = Imports.digests(database).get("communes@2026");
      for (Point point : POINTS) {
        kill(database, folder, pack, point);
        Await.until(
            "the server has given up what the killed process began",
            Duration.ofSeconds(60),
            () -> "0".equals(database.value(SESSIONS)) && "0".equals(database.value(STAGING)));
        Map<String, String> now = Imports.digests(database);
        if (now.containsKey("communes@2027")) {
          assertThat(now).as(point.toString()).containsEntry("communes@2027", digest);
          assertThat(lastOutcome(database)).as(point.toString()).isEqualTo("published");
        } else {
          assertThat(database.fingerprint()).as(point.toString()).isEqualTo(before);
          assertThat(lastOutcome(database)).as(point.toString()).isNull();
        }
      }
      Process again = start(database, folder, pack);
      String said = new String(again.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(again.waitFor()).as(said).isZero();
      assertThat(Imports.digests(database)).containsEntry("communes@2027", digest);
      assertThat(lastOutcome(database)).isEqualTo("published");
    }
  }

  private static final String SESSIONS =
      "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
  private static final String STAGING = "select count(*) from pg_class where relpersistence = 't'";

  private static String lastOutcome(TestDatabase database) {
    return database.value("select outcome from import order by id desc limit 1");
  }

  /** A pack of the communes of the year after, which repeats the last edition. */
  private static Path nextYear(TestDatabase database, Path pack) throws IOException {
    try (ApplicationContext context = database.start()) {
      Registry registry = Imports.registry(context);
      Release release = registry.catalog().findRelease("communes", "2026").orElseThrow();
      ReleaseExport.write(registry.findCodes("communes").orElseThrow(), release, pack);
    }
    Path json = pack.resolve("datapackage.json");
    Files.writeString(
        json,
        Files.readString(json)
            .replace("\"edition\": \"2026\"", "\"edition\": \"2027\"")
            .replace("\"referenceDate\": \"2026-01-01\"", "\"referenceDate\": \"2027-01-01\""));
    return pack;
  }

  private static void kill(TestDatabase database, Path folder, Path pack, Point point)
      throws Exception {
    Process process = start(database, folder, pack);
    try (BufferedReader said = process.errorReader(StandardCharsets.UTF_8)) {
      List<String> lines = new ArrayList<>();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        lines.add(line);
        if (line.startsWith(point.said())) {
          process.waitFor(point.millis(), TimeUnit.MILLISECONDS);
          process.destroyForcibly();
          assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
          return;
        }
      }
      throw new AssertionError("never said " + point + ": " + lines);
    }
  }

  private static Process start(TestDatabase database, Path folder, Path pack) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-Duser.language=en",
                "-Dpivot.referentials=" + folder.resolve("none"),
                "-cp",
                System.getProperty("java.class.path"),
                Pivot.class.getName(),
                "import",
                "pack",
                pack.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(database.environment());
    return builder.start();
  }
}
