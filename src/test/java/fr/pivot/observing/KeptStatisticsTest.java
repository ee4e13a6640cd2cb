package fr.pivot.observing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.http.ContractClient;
import fr.pivot.registry.memory.Registries;
import io.micronaut.context.ApplicationContext;
import org.junit.jupiter.api.Test;

/** How what is asked is kept. */
@PivotTest(value = Holding.SHIPPED_DATABASE, properties = "pivot.statistics=true")
class KeptStatisticsTest {

  private final ContractClient client;
  private final TestDatabase database;
  private final Statistics statistics;

  KeptStatisticsTest(ContractClient client, TestDatabase database, ApplicationContext context) {
    this.client = client;
    this.database = database;
    this.statistics = context.getBean(Statistics.class);
    context.getBean(Registries.class).refresh();
  }

  @Test
  void a_row_is_of_a_day_an_edition_and_an_outcome_however_many_ask() {
    for (int i = 0; i < 15; i++) {
      client.get("/v1/referentials/regions@2026/codes/84");
    }
    client.get("/v1/referentials/regions@2026/codes/ZZ");
    statistics.keep();
    client.get("/v1/referentials/regions@2026/codes/84");
    statistics.keep();
    statistics.keep();
    assertThat(
            database.lines(
                "select referential, edition, outcome, total from asked_codes order by 3"))
        .containsExactly("regions 2026 found 16", "regions 2026 unknown 1");
  }
}
