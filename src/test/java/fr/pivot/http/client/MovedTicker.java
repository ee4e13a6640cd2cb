package fr.pivot.http.client;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time goes by only when a test says so. */
@Singleton
@Requires(property = "pivot.test.ticker")
final class MovedTicker implements Ticker {

  private final AtomicLong now = new AtomicLong();

  @Override
  public long read() {
    return now.get();
  }

  void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
