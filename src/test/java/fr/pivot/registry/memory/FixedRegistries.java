package fr.pivot.registry.memory;

import fr.pivot.registry.Registry;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Answers from {@link SampleRegistry}, without a database. */
@Singleton
@Replaces(Registries.class)
@Requires(property = "pivot.test.registry", value = "sample")
public class FixedRegistries extends Registries {

  private final Registry registry = SampleRegistry.registry();

  @SuppressWarnings("NullAway")
  FixedRegistries() {
    super(null, null, null);
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
