package fr.pivot.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.finding.Finding;
import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.formats.InputFile;
import fr.pivot.importing.ImportOutcome;
import fr.pivot.importing.Imports;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Files that were damaged on their way: refused whole, with their place; nothing changes. */
@PivotTest(Holding.SHIPPED_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedPackTest {

  private String before = "";

  private final TestDatabase database;
  private final ApplicationContext context;

  DamagedPackTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  @BeforeAll
  void load() {
    before = database.fingerprint();
  }

  @Test
  void a_truncated_gzip_is_refused(@TempDir Path folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("referentials", "naf", "rev2"))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        boolean cut = file.endsWith("concepts.csv.gz");
        Files.write(
            folder.resolve(file.getFileName()),
            cut ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
      }
    }
    refuses(Imports.pack(context, folder), Rule.UNREADABLE_FILE, "concepts.csv");
  }

  @Test
  void an_encoding_that_cannot_be_told_is_refused() {
    ImportOutcome outcome =
        Imports.cog(
            context,
            fixture("v_commune_2026.csv", StandardCharsets.UTF_16LE),
            fixture("v_mvtcommune_2026.csv", StandardCharsets.UTF_8));
    assertThat(Imports.rejected(outcome).findings().list())
        .as(Imports.describe(outcome))
        .filteredOn(f -> f.rule().severity() == Severity.ERROR)
        .extracting((Finding f) -> f.place().file())
        .contains("v_commune_2026.csv");
    assertThat(database.fingerprint()).isEqualTo(before);
  }

  @Test
  void a_fragment_in_place_of_the_whole_is_refused() {
    ImportOutcome outcome =
        Imports.cog(
            context,
            fixture("v_commune_2026.csv", StandardCharsets.UTF_8),
            fixture("v_mvtcommune_2026.csv", StandardCharsets.UTF_8));
    refuses(outcome, Rule.COUNT_DROP, "communes@2026");
  }

  private void refuses(ImportOutcome outcome, Rule rule, String file) {
    assertThat(Imports.rejected(outcome).findings().list())
        .as(Imports.describe(outcome))
        .filteredOn(f -> f.rule() == rule)
        .extracting((Finding f) -> f.place().file())
        .contains(file);
    assertThat(database.fingerprint()).isEqualTo(before);
  }

  private static InputFile fixture(String name, Charset charset) {
    return new InputFile(
        name,
        () -> {
          try (InputStream in =
              Objects.requireNonNull(
                  DamagedPackTest.class.getResourceAsStream("/fr/pivot/formats/cog/" + name))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ByteArrayInputStream(text.getBytes(charset));
          }
        });
  }
}
