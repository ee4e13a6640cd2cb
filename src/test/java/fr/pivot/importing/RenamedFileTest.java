package fr.pivot.importing;

import static fr.pivot.importing.Imports.alreadyPublished;
import static fr.pivot.importing.Imports.published;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.TestDatabase;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.SharedFiles;
import fr.pivot.formats.pays.PaysFormat;
import io.micronaut.context.ApplicationContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same bytes under other names. */
class RenamedFileTest {

  private static ImportOutcome run(ApplicationContext context, String name) {
    InputFile file = SharedFiles.get("pays/cog-countries@2025.csv");
    return Imports.run(
        context, new PaysFormat(), List.of(new InputFile(name, file.content())), false, false);
  }

  @Test
  void a_name_that_tells_another_year_makes_another_list() {
    try (TestDatabase database = TestDatabase.shipped();
        ApplicationContext context = database.start()) {
      published(run(context, "cog-countries@2025.csv"));
      assertThat(alreadyPublished(run(context, "pays_2025 (1).csv")))
          .containsExactly("pays-2025.iso-3166-1", "pays@2025");
      // INSEE's list of 2025, kept under the wrong year first and then under the right one.
      assertThat(published(run(context, "cog-countries@2024.csv")).releases())
          .extracting(release -> release.head().referential() + "@" + release.head().edition())
          .containsExactly("pays@2024");
    }
  }
}
