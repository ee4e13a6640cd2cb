package fr.pivot.http;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;

/**
 * The only clock, and what measures how long something takes. What is below the edge takes its
 * dates as parameters.
 */
@Factory
public final class EdgeClock {

  /** The publishers' days begin and end in Paris. */
  static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  @Bean
  @Singleton
  @Requires(missingBeans = Clock.class)
  Clock clock() {
    return inParis();
  }

  /** The time of the publishers. */
  public static Clock inParis() {
    return Clock.system(ZONE);
  }

  @Bean
  @Singleton
  @Requires(missingBeans = Ticker.class)
  Ticker ticker() {
    return Ticker.systemTicker();
  }
}
