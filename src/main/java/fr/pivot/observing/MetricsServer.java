package fr.pivot.observing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.pivot.admission.Background;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the figures at {@code /metrics}, by a listener of its own with a thread of its own: they
 * are for operators, and are there when the server itself is too busy to answer.
 */
@Context
@Requires(property = "pivot.metrics-port")
final class MetricsServer {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Metrics metrics;
  private final BeanProvider<ImportFigureStore> imports;
  private final HttpServer server;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon().name("metrics").unstarted(task));
  private final Thread reader;

  MetricsServer(
      Metrics metrics,
      BeanProvider<ImportFigureStore> imports,
      @Value("${pivot.metrics-host:127.0.0.1}") String host,
      @Value("${pivot.metrics-port}") int port)
      throws IOException {
    this.metrics = metrics;
    this.imports = imports;
    server = HttpServer.create(new InetSocketAddress(host, port), 0);
    server.createContext("/metrics", this::answer);
    server.setExecutor(thread);
    server.start();
    reader = Background.start("import-figures", this::readImports);
  }

  /** The port that it listens on. */
  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals("/metrics")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = metrics.scrape().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void readImports() {
    while (imports.isPresent() && !Thread.currentThread().isInterrupted()) {
      try {
        metrics.tellImports(imports.get().countOutcomes(), imports.get().countFindings());
      } catch (IllegalStateException e) {
        LOG.debug("The imports were not counted.", e);
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  @PreDestroy
  void close() {
    reader.interrupt();
    server.stop(0);
    thread.shutdownNow();
  }
}
