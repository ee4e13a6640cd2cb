package fr.pivot.observing;

import fr.pivot.admission.Background;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the statistics kept each minute, and at the end; not by who reads a copy. */
@Context
@Requires(property = "pivot.statistics", value = "true")
@Requires(missingProperty = "pivot.reader")
final class StatisticsKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(StatisticsKeeper.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Statistics statistics;
  private final Thread writer;

  StatisticsKeeper(Statistics statistics) {
    this.statistics = statistics;
    this.writer = Background.start("statistics", this::run);
  }

  private void run() {
    while (true) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        return;
      }
      keep();
    }
  }

  private void keep() {
    try {
      statistics.keep();
    } catch (DataAccessException e) {
      LOG.warn("The statistics are kept later: the database does not answer.");
    }
  }

  /** Keeps what is left. */
  @PreDestroy
  void close() throws InterruptedException {
    writer.interrupt();
    writer.join(5_000);
    keep();
  }
}
