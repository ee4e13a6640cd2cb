package fr.pivot.observing;

import fr.pivot.http.access.Exchange;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Has every request measured. */
@Singleton
@Requires(property = "pivot.metrics-port")
final class ExchangeReader implements Exchange.Follower {

  private final Metrics metrics;

  ExchangeReader(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void ended(Exchange exchange) {
    metrics.record(
        exchange.method(),
        exchange.route().template(),
        exchange.status(),
        Duration.ofNanos(exchange.nanos()));
  }
}
