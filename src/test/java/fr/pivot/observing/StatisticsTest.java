package fr.pivot.observing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.http.ContractClient;
import fr.pivot.observing.StatisticsStore.Asked;
import fr.pivot.registry.AskedCodes.Edition;
import fr.pivot.registry.AskedCodes.Outcome;
import io.micronaut.context.ApplicationContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is public of what is asked. */
@PivotTest(Holding.EMPTY_DATABASE)
class StatisticsTest {

  private final ContractClient client;
  private final TestDatabase database;
  private final StatisticsStore store;
  private final LocalDate today;

  StatisticsTest(ContractClient client, TestDatabase database, ApplicationContext context) {
    this.client = client;
    this.database = database;
    this.store = context.getBean(StatisticsStore.class);
    this.today = LocalDate.now(context.getBean(Clock.class));
  }

  private static Asked asked(String referential, Outcome outcome) {
    return new Asked(new Edition(referential, "2026"), outcome);
  }

  @Test
  void counts_below_ten_are_not_told_and_no_sum_or_day_tells_them() {
    LocalDate yesterday = today.minusDays(1);
    store.add(
        yesterday,
        Map.of(
            asked("communes", Outcome.FOUND), 12L,
            asked("communes", Outcome.UNKNOWN), 9L,
            asked("naf", Outcome.FOUND), 10L));
    // What another node adds.
    store.add(yesterday, Map.of(asked("communes", Outcome.FOUND), 30L));
    // Today is not over: who watched would see it grow.
    store.add(today, Map.of(asked("communes", Outcome.FOUND), 5_000L));
    store.add(today.minusDays(32), Map.of(asked("communes", Outcome.FOUND), 7_000L));
    assertThat(database.value("select count(*) from asked_codes")).isEqualTo("5");
    String body = client.get("/v1/statistics").body();
    assertThat(body)
        .isEqualTo(
            ("{'fewest':10,'total':52,'counts':["
                    + "{'day':'DAY','referential':'communes','edition':'2026','outcome':'found','count':42},"
                    + "{'day':'DAY','referential':'communes','edition':'2026','outcome':'unknown'},"
                    + "{'day':'DAY','referential':'naf','edition':'2026','outcome':'found','count':10}]}")
                .replace('\'', '"')
                .replace("DAY", yesterday.toString()));
    String french = client.get("/statistiques").body();
    assertThat(french).contains("moins de 10").contains(">42<").contains("<strong>52</strong>");
    assertThat(client.get("/statistiques?lang=en").body()).contains("fewer than 10");
  }
}
