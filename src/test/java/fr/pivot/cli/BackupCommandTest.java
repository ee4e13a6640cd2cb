package fr.pivot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.backup.BackupStore;
import fr.pivot.backup.Manifest;
import fr.pivot.catalog.Release;
import fr.pivot.cli.PivotProcess.Run;
import fr.pivot.importing.Importer;
import fr.pivot.importing.Imports;
import fr.pivot.importing.ShippedReferentials;
import fr.pivot.publishing.ReleaseExport;
import fr.pivot.registry.Registry;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code pivot backup} and {@code pivot restore}, on all that ships. */
@PivotTest(Holding.SHIPPED_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupCommandTest {

  private final TestDatabase database;
  private final ApplicationContext context;
  private Path folder;
  private Path backup;

  BackupCommandTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
    this.folder = Path.of("");
    this.backup = folder;
  }

  @BeforeAll
  void back_up(@TempDir Path given) throws Exception {
    folder = given;
    backup = folder.resolve("backup");
    // While the application runs on the same database.
    Run run = on(database).run("backup", backup.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(backup + "\n");
    assertThat(folder.resolve("backup.part")).doesNotExist();
  }

  private PivotProcess on(TestDatabase other) throws IOException {
    return new PivotProcess(other, folder.resolve("commands"));
  }

  @Test
  void what_is_restored_is_what_was_there_byte_for_byte() throws Exception {
    try (TestDatabase restored = TestDatabase.empty()) {
      Run run = on(restored).run("restore", backup.toString());
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err()).contains("editions restored and verified, as of 20");
      assertThat(restored.fingerprint()).isEqualTo(database.fingerprint());
      Map<String, byte[]> before = exports(context, folder.resolve("before"));
      Map<String, byte[]> after;
      try (ApplicationContext other = restored.start()) {
        after = exports(other, folder.resolve("after"));
        // Numbers go on after those that were restored.
        Imports.published(Imports.pack(other, nextYear(folder.resolve("before/regions@2026"))));
      }
      assertThat(before).hasSizeGreaterThan(200);
      assertThat(after.keySet()).isEqualTo(before.keySet());
      before.forEach((file, bytes) -> assertThat(after.get(file)).as(file).isEqualTo(bytes));
      run = on(restored).run("verify");
      assertThat(run.code()).as(run.out() + run.err()).isZero();
    }
  }

  /** Every edition that is published, as packs. */
  private static Map<String, byte[]> exports(ApplicationContext context, Path folder)
      throws IOException {
    Registry registry = Imports.registry(context);
    Map<String, byte[]> files = new TreeMap<>();
    for (var referential : registry.catalog().listReferentials()) {
      for (Release release : registry.catalog().listReleases(referential.id())) {
        String name = referential.id() + '@' + release.edition();
        Path pack = folder.resolve(name);
        ReleaseExport.write(registry.findCodes(referential.id()).orElseThrow(), release, pack);
        try (Stream<Path> written = Files.list(pack)) {
          for (Path file : written.toList()) {
            files.put(name + '/' + file.getFileName(), Files.readAllBytes(file));
          }
        }
      }
    }
    return files;
  }

  private static Path nextYear(Path pack) throws IOException {
    Path json = pack.resolve("datapackage.json");
    Files.writeString(
        json,
        Files.readString(json)
            .replace("\"edition\": \"2026\"", "\"edition\": \"2027\"")
            .replace("\"referenceDate\": \"2026-01-01\"", "\"referenceDate\": \"2027-01-01\""));
    return pack;
  }

  @Test
  void a_backup_during_an_import_is_of_the_moment_before() throws Exception {
    try (TestDatabase other = TestDatabase.empty();
        ApplicationContext importing = other.start()) {
      Path shipped = folder.resolve("shipped");
      for (String file : List.of("descriptor.json", "2019-2026")) {
        copy(Path.of("referentials/regions", file), shipped.resolve("regions").resolve(file));
      }
      importing
          .getBean(ShippedReferentials.class)
          .publishMissing(shipped, Importer.Progress.SILENT);
      String before = other.fingerprint();
      Registry registry = Imports.registry(importing);
      Path pack = folder.resolve("during");
      ReleaseExport.write(
          registry.findCodes("regions").orElseThrow(),
          registry.catalog().findRelease("regions", "2026").orElseThrow(),
          pack);
      nextYear(pack);
      Path during = folder.resolve("during-backup");
      List<String> written = new ArrayList<>();
      Manifest manifest =
          importing
              .getBean(BackupStore.class)
              .write(
                  during,
                  Instant.EPOCH,
                  table -> {
                    if (written.isEmpty()) {
                      Imports.published(Imports.pack(importing, pack));
                    }
                    written.add(table.name());
                  });
      assertThat(manifest.sound()).isTrue();
      assertThat(other.fingerprint()).isNotEqualTo(before);
      try (TestDatabase restored = TestDatabase.empty()) {
        Run run = on(restored).run("restore", during.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(restored.fingerprint()).isEqualTo(before);
      }
    }
  }

  @Test
  void a_backup_that_is_cut_changed_or_newer_is_refused_before_anything_is_written()
      throws Exception {
    try (TestDatabase empty = TestDatabase.empty()) {
      Map<String, Damage> damages =
          Map.of(
              "cut",
              copy -> {
                Path file = copy.resolve("concept.copy.gz");
                try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                  channel.truncate(Files.size(file) / 2);
                }
              },
              "missing",
              copy -> Files.delete(copy.resolve("measure.copy.gz")),
              "changed",
              copy -> {
                Path file = copy.resolve("link.copy.gz");
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
              },
              "nothing",
              copy -> Files.delete(copy.resolve("manifest.json")),
              "half a manifest",
              copy -> {
                Path file = copy.resolve("manifest.json");
                String text = Files.readString(file);
                Files.writeString(file, text.substring(0, text.length() / 2));
              },
              "newer",
              copy -> {
                Path file = copy.resolve("manifest.json");
                Files.writeString(
                    file,
                    Files.readString(file).replaceFirst("\"schema\":\\d+", "\"schema\":9999"));
              },
              "another form",
              copy -> {
                Path file = copy.resolve("manifest.json");
                Files.writeString(
                    file, Files.readString(file).replaceFirst("\"format\":1", "\"format\":2"));
              });
      for (Map.Entry<String, Damage> damage : damages.entrySet()) {
        Path copy = folder.resolve(damage.getKey().replace(' ', '-'));
        copy(backup, copy);
        damage.getValue().to(copy);
        Run run = on(empty).run("restore", copy.toString());
        assertThat(run.code()).as(damage.getKey() + ": " + run.err()).isEqualTo(3);
        assertThat(run.err())
            .containsAnyOf("The backup is damaged", "is no backup", "made by a newer Pivot");
        assertThat(
                empty.value(
                    "select count(*) from information_schema.tables where table_schema = 'public'"))
            .isEqualTo("0");
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (from.equals(each)) {
          target = to;
        }
        Files.createDirectories(target.getParent());
        Files.copy(each, target);
      }
    }
  }

  /** What is done to a copy of a backup. */
  @FunctionalInterface
  private interface Damage {
    void to(Path copy) throws IOException;
  }

  @Test
  void a_registry_that_holds_something_is_left_as_it_is() throws Exception {
    String before = database.fingerprint();
    Run run = on(database).run("restore", backup.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).contains("The registry is not empty");
    assertThat(database.fingerprint()).isEqualTo(before);
  }

  @Test
  void a_folder_that_holds_something_is_left_as_it_is() throws Exception {
    Path used = Files.createDirectories(folder.resolve("used"));
    Files.writeString(used.resolve("mine"), "mine");
    Run run = on(database).run("backup", used.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(3);
    assertThat(used.resolve("mine")).hasContent("mine");
    assertThat(folder.resolve("used.part")).doesNotExist();
  }
}
