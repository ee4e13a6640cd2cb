package fr.pivot.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.http.Answers.Prepared;
import fr.pivot.registry.CurrentRegistry;
import fr.pivot.registry.Registry;
import fr.pivot.registry.RegistryCaches;
import fr.pivot.registry.memory.SampleRegistry;
import io.micronaut.http.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Which answers are remembered, where there is no room for all. */
class HotAnswersTest {

  private static final Registry REGISTRY = SampleRegistry.registry();
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
  private static final int HOT = 20_000;

  private final HotAnswers answers =
      new HotAnswers(
          new CurrentRegistry() {
            @Override
            public Registry current() {
              return REGISTRY;
            }

            @Override
            public Registry currentOrNull() {
              return REGISTRY;
            }

            @Override
            public Duration sinceReached() {
              return Duration.ZERO;
            }

            @Override
            public void onSwap(Runnable follower) {
              // It is never swapped.
            }
          },
          Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC),
          new RegistryCaches());

  /** Whether an answer was there; it is made where it was not, as the server does. */
  private boolean ask(String address) {
    if (answers.find(address) != null) {
      return true;
    }
    answers.put(
        address,
        REGISTRY,
        TODAY,
        new Prepared(
            new byte[700],
            MediaType.APPLICATION_JSON_TYPE,
            "\"1\"",
            "max-age=60",
            null,
            null,
            null,
            null));
    return false;
  }

  @Test
  void what_is_asked_often_stays_while_others_are_asked_once() {
    int others = 0;
    int missed = 0;
    for (int round = 0; round < 10; round++) {
      missed = 0;
      for (int i = 0; i < HOT; i++) {
        if (!ask("/v1/referentials/communes/codes/" + i)) {
          missed++;
        }
        for (int n = 0; n < 2; n++) {
          ask("/v1/referentials/communes/codes/01004?date=" + others++);
        }
      }
    }
    assertThat(missed).as("of " + HOT + " in the last round").isLessThan(HOT / 10);
  }
}
