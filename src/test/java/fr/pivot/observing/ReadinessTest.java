package fr.pivot.observing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.observing.Readiness.Reason;
import fr.pivot.registry.CurrentRegistry;
import fr.pivot.registry.NotLoadedException;
import fr.pivot.registry.Registry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a process says that nothing should be sent to it. */
@PivotTest(Holding.SAMPLE)
class ReadinessTest {

  private final Registry loaded;

  ReadinessTest(CurrentRegistry registries) {
    this.loaded = registries.current();
  }

  private record Standing(@Nullable Registry registry, Duration sinceReached)
      implements CurrentRegistry {

    @Override
    public Registry current() {
      if (registry == null) {
        throw new NotLoadedException();
      }
      return registry;
    }

    @Override
    public @Nullable Registry currentOrNull() {
      return registry;
    }

    @Override
    public void onSwap(Runnable follower) {}
  }

  private static Readiness readiness(@Nullable Registry registry, int seconds) {
    return new Readiness(
        new Standing(registry, Duration.ofSeconds(seconds)), Duration.ofMillis(300));
  }

  @Test
  void it_is_ready_once_loaded_and_while_the_database_is_reached() {
    assertThat(readiness(loaded, 29).listReasons()).isEmpty();
    assertThat(readiness(null, 0).listReasons()).containsExactly(Reason.LOADING);
    assertThat(readiness(loaded, 31).listReasons()).containsExactly(Reason.DATABASE);
    assertThat(readiness(null, 31).listReasons()).containsExactly(Reason.LOADING, Reason.DATABASE);
  }
}
