package fr.pivot.http;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** Today is 1 March 2026. */
@Factory
@Requires(property = "pivot.test.registry")
final class FixedClock {

  @Singleton
  Clock clock() {
    return Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), EdgeClock.ZONE);
  }
}
