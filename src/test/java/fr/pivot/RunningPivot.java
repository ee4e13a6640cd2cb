package fr.pivot;

import fr.pivot.PivotTest.Holding;
import fr.pivot.http.ContractClient;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.params.ParameterizedTest;

/** Starts what each {@link PivotTest} asks for, once for all who ask for the same. */
final class RunningPivot implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(RunningPivot.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    if (parameter.getDeclaringExecutable().isAnnotationPresent(ParameterizedTest.class)) {
      return false;
    }
    return type == ContractClient.class
        || type == EmbeddedServer.class
        || type == ApplicationContext.class
        || type == TestDatabase.class
        || type.getName().startsWith("fr.pivot.") && running(test).context().containsBean(type);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return running(test).get(parameter.getParameter().getType());
  }

  private static Running running(ExtensionContext test) {
    Class<?> asking = test.getRequiredTestClass();
    PivotTest asked = Objects.requireNonNull(asking.getAnnotation(PivotTest.class));
    boolean memory = asked.value() == Holding.SHIPPED || asked.value() == Holding.SAMPLE;
    List<String> properties = List.of(asked.properties());
    boolean shared = memory && properties.isEmpty() && !asked.own();
    return (shared ? test.getRoot() : ofClass(test))
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            shared ? asked.value() : asking,
            _ ->
                memory
                    ? inMemory(asked.value(), properties)
                    : onDatabase(asked.value(), properties),
            Running.class);
  }

  /** What is kept there ends with the class. */
  private static ExtensionContext ofClass(ExtensionContext test) {
    ExtensionContext context = test;
    while (context.getTestMethod().isPresent()) {
      context = context.getParent().orElseThrow();
    }
    return context;
  }

  private static Running inMemory(Holding holding, List<String> further) {
    Map<String, Object> properties = properties(further);
    properties.put("pivot.test.registry", holding.name().toLowerCase(Locale.ROOT));
    properties.put("datasources.default.enabled", "false");
    properties.put("flyway.enabled", "false");
    return new Running(
        ApplicationContext.builder()
            .properties(properties)
            .banner(false)
            .deduceEnvironment(false)
            .start(),
        null);
  }

  private static Running onDatabase(Holding holding, List<String> further) {
    TestDatabase database =
        holding == Holding.SHIPPED_DATABASE ? TestDatabase.shipped() : TestDatabase.empty();
    return new Running(database.start(properties(further)), database);
  }

  private static Map<String, Object> properties(List<String> further) {
    Map<String, Object> properties =
        new HashMap<>(Map.of("micronaut.server.port", -1, "pivot.trusted-proxies", "127.0.0.1"));
    further.stream().map(p -> p.split("=", 2)).forEach(p -> properties.put(p[0], p[1]));
    return properties;
  }

  /** An application, its database where it has one, and its server from when one is asked for. */
  private record Running(ApplicationContext context, @Nullable TestDatabase database)
      implements AutoCloseable {

    synchronized Object get(Class<?> type) {
      if (type == TestDatabase.class) {
        return Objects.requireNonNull(database, "it answers from memory");
      }
      if (type == ApplicationContext.class) {
        return context;
      }
      if (type == ContractClient.class) {
        return new ContractClient(serve().getURI());
      }
      return type == EmbeddedServer.class ? serve() : context.getBean(type);
    }

    private EmbeddedServer serve() {
      EmbeddedServer server = context.getBean(EmbeddedServer.class);
      return server.isRunning() ? server : server.start();
    }

    @Override
    public void close() {
      context.close();
      if (database != null) {
        database.close();
      }
    }
  }
}
