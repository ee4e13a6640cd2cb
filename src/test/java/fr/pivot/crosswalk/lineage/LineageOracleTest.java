package fr.pivot.crosswalk.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Release;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link Lineage} against {@link TerritoryOracle}, on questions drawn at random. */
class LineageOracleTest {

  private static final int QUESTIONS = 100_000;

  @Test
  void a_hundred_thousand_questions_of_the_shipped_editions_are_answered_alike()
      throws IOException {
    assertThat(listDisagreements(ReadRegistry.shipped(), 13)).isEmpty();
  }

  @Test
  void a_hundred_thousand_questions_of_the_official_editions_are_answered_alike()
      throws IOException {
    assertThat(listDisagreements(ReadRegistry.official(2023, 2026), 57460)).isEmpty();
  }

  private static List<String> listDisagreements(Registry registry, long seed) {
    Random random = new Random(seed);
    List<Release> releases = registry.catalog().listReleases("communes");
    List<String> wrong = new ArrayList<>();
    for (Release release : releases) {
      LineageTrial trial = new LineageTrial(registry, release);
      for (int i = 0; i < QUESTIONS / releases.size(); i++) {
        trial.draw(random).ifPresent(wrong::add);
      }
    }
    return wrong;
  }
}
