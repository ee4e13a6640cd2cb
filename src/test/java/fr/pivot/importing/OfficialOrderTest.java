package fr.pivot.importing;

import static fr.pivot.importing.Imports.published;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.TestDatabase;
import fr.pivot.catalog.VerificationStore;
import fr.pivot.formats.SharedFiles;
import fr.pivot.formats.cog.CogFormat;
import fr.pivot.formats.cog.OfficialFiles;
import fr.pivot.formats.dgcl.DgclFormat;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Editions of INSEE's communes and DGCL's EPCI on a registry that holds nothing else, where each is
 * completed from the one before it: the overseas communes and the links that no file of an edition
 * states.
 */
@Order(1)
class OfficialOrderTest {

  @Test
  void three_years_say_the_same_in_three_orders(@TempDir Path folder) throws IOException {
    List<Integer> years = List.of(2021, 2023, 2025);
    years.forEach(OfficialFiles::events);
    Map<String, String> expected = inOrder(folder.resolve("a"), years);
    assertThat(expected)
        .containsKeys("communes@2021", "communes@2025", "communes-deleguees@2023", "epci@2023");
    assertThat(inOrder(folder.resolve("b"), years.reversed())).isEqualTo(expected);
    assertThat(inOrder(folder.resolve("c"), List.of(2023, 2025, 2021))).isEqualTo(expected);
  }

  private static Map<String, String> inOrder(Path folder, List<Integer> years) throws IOException {
    try (TestDatabase database = TestDatabase.empty();
        ApplicationContext context = database.start()) {
      context
          .getBean(ShippedReferentials.class)
          .publishMissing(Imports.descriptorsOnly(folder), Importer.Progress.SILENT);
      for (int year : years) {
        // The communes déléguées lose 6 % between 2021 and 2023.
        published(
            Imports.run(
                context,
                new CogFormat(),
                List.of(OfficialFiles.communes(year), OfficialFiles.events(year)),
                false,
                true));
        published(
            Imports.run(
                context,
                new DgclFormat(),
                List.of(SharedFiles.get("dgcl_epci/epcicom" + year + ".csv")),
                false,
                false));
      }
      assertThat(context.getBean(VerificationStore.class).verify().isSound()).isTrue();
      return Imports.digests(database);
    }
  }
}
