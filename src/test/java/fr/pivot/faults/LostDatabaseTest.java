package fr.pivot.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.Await;
import fr.pivot.home.EmbeddedDatabase;
import fr.pivot.http.ContractClient;
import fr.pivot.importing.ImportOutcome;
import fr.pivot.importing.Importer;
import fr.pivot.importing.Imports;
import fr.pivot.importing.ShippedReferentials;
import fr.pivot.registry.memory.Registries;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The database goes away, or has no connection left: what is in memory answers on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("it times answers")
class LostDatabaseTest {

  private static final List<String> HOT =
      List.of(
          "/health",
          "/health/live",
          "/v1/referentials",
          "/v1/referentials/regions/codes/84",
          "/v1/referentials/regions/codes?limit=5",
          "/v1/referentials/regions@2026/codes/84/history");

  @TempDir static Path home;
  private EmbeddedDatabase database;
  private ApplicationContext context;
  private ContractClient client;
  private Path regions;

  @BeforeAll
  void serve() throws IOException {
    database = EmbeddedDatabase.open(home.resolve("home"));
    database.keepAlive();
    regions = copy(Path.of("referentials", "regions"), home.resolve("first/regions"));
    context =
        ApplicationContext.builder()
            .properties(
                Map.of(
                    "datasources.default.url",
                    database.address().url(),
                    "datasources.default.username",
                    database.address().user(),
                    "datasources.default.password",
                    String.valueOf(database.address().password()),
                    "datasources.default.maximum-pool-size",
                    4,
                    "datasources.default.connection-timeout",
                    1000,
                    "micronaut.server.port",
                    -1))
            .banner(false)
            .deduceEnvironment(false)
            .start();
    EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
    client = new ContractClient(server.getURI());
    context
        .getBean(ShippedReferentials.class)
        .publishMissing(home.resolve("first"), Importer.Progress.SILENT);
    Registries registries = context.getBean(Registries.class);
    registries.refresh();
    registries.follow();
  }

  @AfterAll
  void close() {
    context.close();
    database.close();
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return to;
  }

  private void hotAnswersGoOn() {
    for (String address : HOT) {
      assertThat(client.get(address).statusCode()).as(address).isEqualTo(200);
    }
  }

  private long postmaster() throws IOException {
    return Long.parseLong(
        Files.readAllLines(home.resolve("home/postgres/data/postmaster.pid")).getFirst().strip());
  }

  private boolean accepts() throws Exception {
    try (Connection connection =
        DriverManager.getConnection(
            database.address().url(), database.address().user(), database.address().password())) {
      return connection.isValid(1);
    }
  }

  private Path pack() {
    return regions.resolve("2019-2026");
  }

  @Test
  void a_killed_server_comes_back_and_nobody_restarts_pivot() throws Exception {
    hotAnswersGoOn();
    long killed = postmaster();
    assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly()).isTrue();
    hotAnswersGoOn();
    assertThatThrownBy(() -> Imports.pack(context, another("departements")))
        .hasStackTraceContaining("SQL");
    Await.until(
        "the server accepts again",
        Duration.ofSeconds(60),
        () -> {
          hotAnswersGoOn();
          return accepts();
        });
    assertThat(postmaster()).isNotEqualTo(killed);
    long accepted = System.nanoTime();
    // The pool gives out connections of the new server without a restart of Pivot.
    Await.until(
        "the pool recovers",
        Duration.ofSeconds(5),
        () -> Imports.pack(context, pack()) instanceof ImportOutcome.AlreadyPublished);
    assertThat(Duration.ofNanos(System.nanoTime() - accepted)).isLessThan(Duration.ofSeconds(5));
    context
        .getBean(ShippedReferentials.class)
        .publishMissing(home.resolve("departements"), Importer.Progress.SILENT);
    Registries registries = context.getBean(Registries.class);
    Await.until(
        "publications are followed again",
        Duration.ofSeconds(15),
        () -> {
          hotAnswersGoOn();
          return registries.current().findCodes("departements").isPresent();
        });
  }

  private Path another(String referential) {
    try {
      Path folder = home.resolve(referential).resolve(referential);
      return Files.exists(folder)
          ? folder.resolve("2019-2026")
          : copy(Path.of("referentials", referential), folder).resolve("2019-2026");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void an_exhausted_pool_does_not_touch_hot_answers() throws Exception {
    DataSource pool = DelegatingDataSource.unwrapDataSource(context.getBean(DataSource.class));
    List<Connection> taken = new ArrayList<>();
    try {
      // One is the listener's.
      while (taken.size() < 3) {
        taken.add(pool.getConnection());
      }
      hotAnswersGoOn();
      long begin = System.nanoTime();
      assertThatThrownBy(() -> Imports.pack(context, pack()))
          .hasStackTraceContaining("Connection is not available");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      hotAnswersGoOn();
    } finally {
      for (Connection connection : taken) {
        connection.close();
      }
    }
    Await.until(
        "the pool recovers",
        Duration.ofSeconds(2),
        () -> Imports.pack(context, pack()) instanceof ImportOutcome.AlreadyPublished);
  }
}
