package fr.pivot.observing;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.runtime.graceful.GracefulShutdownConfiguration;
import io.micronaut.runtime.graceful.GracefulShutdownListener;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a server that is told to end: it says that it is not ready, then takes nothing new and
 * answers what is on its way. Micronaut's own listener knows no first step, and is not to be put
 * behind one.
 */
@Singleton
@Replaces(GracefulShutdownListener.class)
@Requires(property = "micronaut.lifecycle.graceful-shutdown.enabled", value = "true")
final class OrderlyEnd implements ApplicationEventListener<ShutdownEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(OrderlyEnd.class);

  private final Readiness readiness;
  private final GracefulShutdownManager server;
  private final GracefulShutdownConfiguration configuration;

  OrderlyEnd(
      Readiness readiness,
      GracefulShutdownManager server,
      GracefulShutdownConfiguration configuration) {
    this.readiness = readiness;
    this.server = server;
    this.configuration = configuration;
  }

  @Override
  public void onApplicationEvent(ShutdownEvent event) {
    readiness.drain();
    try {
      server
          .shutdownGracefully()
          .toCompletableFuture()
          .get(configuration.getGracePeriod().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.warn("What was on its way may not have been answered.", e.getCause());
    } catch (TimeoutException _) {
      LOG.warn(
          "Not all that was on its way was answered within {} s.",
          configuration.getGracePeriod().toSeconds());
    }
  }
}
