package fr.pivot.registry.memory;

import fr.pivot.registry.Registry;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;

/** Answers from what ships with Pivot, without a database. */
@Singleton
@Replaces(Registries.class)
@Requires(property = "pivot.test.registry", value = "shipped")
public class ShippedRegistries extends Registries {

  private final Registry registry;

  @SuppressWarnings("NullAway")
  ShippedRegistries() throws IOException {
    super(null, null, null);
    registry = ReadRegistry.shipped();
  }

  @Override
  public Registry current() {
    return registry;
  }

  @Override
  public boolean isLoaded() {
    return true;
  }

  @Override
  public Duration sinceReached() {
    return Duration.ZERO;
  }
}
