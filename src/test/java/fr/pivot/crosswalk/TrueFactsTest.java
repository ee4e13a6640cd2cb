package fr.pivot.crosswalk;

import static fr.pivot.importing.Imports.official;
import static fr.pivot.importing.Imports.published;
import static fr.pivot.importing.Imports.registry;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.SharedFiles;
import fr.pivot.formats.cog.OfficialFiles;
import fr.pivot.formats.dgcl.DgclFormat;
import fr.pivot.formats.hexasmal.HexasmalFormat;
import fr.pivot.formats.naf.NafFormat;
import fr.pivot.importing.Imports;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Adding true facts takes no answer away: all codes between the referentials that ship, before and
 * after official files are imported over them. {@code src/bench/none} asks the same of all editions
 * and of imports in several orders.
 */
@PivotTest(Holding.SHIPPED_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(5)
class TrueFactsTest {

  private static final List<String> FROM =
      List.of(
          "communes@2018-01-01",
          "communes@1999-01-01",
          "communes-deleguees@2019",
          "arrondissements@2026",
          "arrondissements-municipaux@2026",
          "codes-postaux@2026",
          "departements@2018-01-01",
          "epci@2026",
          "ept@2026",
          "naf@rev2",
          "regions@2018-01-01",
          "siren@2026");

  private static final List<String> TO =
      List.of(
          "arrondissements@2026",
          "arrondissements-municipaux@2026",
          "codes-postaux@2026",
          "communes@2026",
          "communes-deleguees@2026",
          "departements@2026",
          "epci@2026",
          "ept@2026",
          "nace@rev2",
          "regions@2026",
          "siren@2026");

  private final ApplicationContext context;
  private Unanswered shipped;

  TrueFactsTest(ApplicationContext context) {
    this.context = context;
  }

  @BeforeAll
  void open() {
    OfficialFiles.events(2026);
    shipped = Unanswered.list(registry(context), FROM, TO);
  }

  private void run(ReleaseFormat format, String... files) {
    List<InputFile> inputs = Arrays.stream(files).map(SharedFiles::get).toList();
    published(Imports.run(context, format, inputs, false, true));
  }

  private static void lostNothing(Unanswered before, Unanswered after) throws IOException {
    Explained explained = Explained.read();
    List<String> lost = new ArrayList<>();
    after
        .since(before)
        .forEach(
            (pair, codes) -> {
              List<String> open =
                  codes.stream().filter(c -> explained.reason(pair, c) == null).toList();
              if (!open.isEmpty()) {
                lost.add(pair + ": " + open.size() + ", such as " + open.getFirst());
              }
            });
    assertThat(lost).isEmpty();
  }

  private static String none(Unanswered answers, String pair) {
    Unanswered.Pair asked = Objects.requireNonNull(answers.pairs().get(pair), pair);
    return asked.none().stream().mapToObj(asked.codes()::get).collect(Collectors.joining(" "));
  }

  @Test
  void official_files_take_no_answer_away() throws IOException {
    official(context, 2026);
    Unanswered communes = Unanswered.list(registry(context), FROM, TO);
    lostNothing(shipped, communes);
    // What this began with: 35,448 of 35,451 had no answer.
    assertThat(none(communes, "communes@2018-01-01 → departements@2026")).isEmpty();
    assertThat(none(communes, "communes@2018-01-01 → regions@2026")).isEmpty();

    official(context, 2024);
    run(new HexasmalFormat(), "laposte/019HexaSmal_2026-01.csv");
    run(new DgclFormat(), "dgcl_epci/epcicom2025.csv");
    run(new NafFormat(), "naf/NAF2025.csv", "naf/naf_rev2_to_naf2025_insee_2026-01.csv");
    lostNothing(communes, Unanswered.list(registry(context), FROM, TO));
  }
}
