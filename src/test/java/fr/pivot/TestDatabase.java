package fr.pivot;

import fr.pivot.importing.Importer;
import fr.pivot.importing.ShippedReferentials;
import io.micronaut.context.ApplicationContext;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A PostgreSQL database of a test's own. One server serves the whole run: a container where there
 * is a Docker, the embedded server otherwise; {@code TEST_DB=docker} or {@code TEST_DB=embedded}
 * decides. The shipped referentials are loaded once, into a template; a copy of it takes a fraction
 * of a second.
 */
public final class TestDatabase implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  /** A database without tables: the first application that starts on it makes them. */
  public static TestDatabase empty() {
    return create("");
  }

  /** A database that holds the shipped referentials. */
  public static TestDatabase shipped() {
    return create(" template " + Template.NAME);
  }

  private static TestDatabase create(String template) {
    String name = "test_" + NUMBER.incrementAndGet();
    Server.execute("create database " + name + template);
    return new TestDatabase(name);
  }

  /** A copy of what this database holds now; nobody may be connected to it. */
  public TestDatabase copy() {
    return create(" template " + name);
  }

  /** Its JDBC address. */
  public String url() {
    return Server.url(name);
  }

  /** The properties that point an application at it. */
  public Map<String, String> properties() {
    return Map.of(
        "datasources.default.url", url(),
        "datasources.default.username", Server.RUNNING.user(),
        "datasources.default.password", Server.RUNNING.password());
  }

  /** The environment that points the {@code pivot} command at it. */
  public Map<String, String> environment() {
    return Map.of(
        "PIVOT_DATABASE_URL", url(),
        "PIVOT_DATABASE_USER", Server.RUNNING.user(),
        "PIVOT_DATABASE_PASSWORD", Server.RUNNING.password());
  }

  /** Starts an application on it, without its HTTP server. */
  public ApplicationContext start() {
    return start(Map.of());
  }

  /** Starts an application on it with further properties. */
  public ApplicationContext start(Map<String, Object> further) {
    Map<String, Object> properties = new HashMap<>(properties());
    properties.putAll(further);
    return ApplicationContext.builder()
        .properties(properties)
        .banner(false)
        .deduceEnvironment(false)
        .start();
  }

  /** A connection that the caller closes. */
  public Connection connect() throws SQLException {
    return Server.connect(name);
  }

  /** Runs statements on a connection of their own. */
  public <T> T sql(Work<T> work) {
    try (Connection connection = connect()) {
      return work.run(DSL.using(connection, SQLDialect.POSTGRES));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Statements to run. */
  @FunctionalInterface
  public interface Work<T> {
    /** Runs them. */
    T run(DSLContext sql);
  }

  /** The one value that a statement gives. */
  public @Nullable String value(String query, Object... binds) {
    return sql(s -> s.fetchOne(query, binds).get(0, String.class));
  }

  /** Every line that a statement gives, its columns with a space between. */
  public List<String> lines(String query, Object... binds) {
    return sql(
        s ->
            s.fetch(query, binds)
                .map(
                    r -> {
                      StringBuilder line = new StringBuilder();
                      for (int i = 0; i < r.size(); i++) {
                        line.append(i == 0 ? "" : " ").append(r.get(i, String.class));
                      }
                      return line.toString();
                    }));
  }

  /** Everything that the registry says, in one fingerprint: no import may change it by half. */
  public String fingerprint() {
    return String.valueOf(
        value(
            """
            select md5(string_agg(part, ',' order by part)) from (
              select 'release' || referential || edition || state || digest || concepts || links || successions || measures as part from release
              union all select 'publication' || count(*) from publication
              union all select 'correspondence' || id || name || state || digest || associations from correspondence
              union all select 'association' || md5(coalesce(string_agg(correspondence || association_fact(source_code, target_code, match, share, basis, attributes)::text, ',' order by correspondence, source_code, target_code), '')) from association
              union all select 'concept' || md5(coalesce(string_agg(fact::text || releases::text, ',' order by fact, releases), '')) from concept
              union all select 'link' || md5(coalesce(string_agg(fact::text || releases::text, ',' order by fact, releases), '')) from link
              union all select 'succession' || md5(coalesce(string_agg(fact::text || releases::text, ',' order by fact, releases), '')) from succession
              union all select 'measure' || md5(coalesce(string_agg(fact::text || releases::text, ',' order by fact, releases), '')) from measure) as parts
            """));
  }

  @Override
  public void close() {
    Server.execute("drop database " + name + " with (force)");
  }

  /** The database that copies are made of. */
  private static final class Template {

    static final String NAME = load();

    private static String load() {
      TestDatabase database = TestDatabase.empty();
      try (ApplicationContext context = database.start()) {
        List<ShippedReferentials.Refused> refused =
            context
                .getBean(ShippedReferentials.class)
                .publishMissing(Path.of("referentials"), Importer.Progress.SILENT);
        if (!refused.isEmpty()) {
          throw new IllegalStateException("shipped referentials were refused: " + refused);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return database.name;
    }
  }

  /**
   * The server of this run.
   *
   * @param address its JDBC address up to the name of the database
   */
  private record Server(String address, String user, String password) {

    static final Server RUNNING = start();

    private static Server start() {
      String forced = System.getenv("TEST_DB");
      boolean docker =
          forced == null
              ? DockerClientFactory.instance().isDockerAvailable()
              : forced.equals("docker");
      try {
        return docker ? startContainer() : startEmbedded();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @SuppressWarnings("resource") // it lives as long as the run
    private static Server startContainer() {
      PostgreSQLContainer container =
          new PostgreSQLContainer("postgres:18-alpine")
              .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
      container.start();
      String url = container.getJdbcUrl();
      return new Server(
          url.substring(0, url.indexOf('/', "jdbc:postgresql://".length()) + 1),
          container.getUsername(),
          container.getPassword());
    }

    private static Server startEmbedded() throws IOException {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(Path.of("target", "postgres").toFile())
              .setPGStartupWait(Duration.ofSeconds(60))
              .setServerConfig("max_connections", "200")
              .setServerConfig("jit", "off")
              .start();
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(server)));
      return new Server(
          "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/", "postgres", "postgres");
    }

    private static void stop(EmbeddedPostgres server) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static String url(String database) {
      return RUNNING.address() + database;
    }

    static Connection connect(String database) throws SQLException {
      Properties properties = new Properties();
      properties.put("user", RUNNING.user());
      properties.put("password", RUNNING.password());
      return DriverManager.getConnection(url(database), properties);
    }

    static void execute(String statement) {
      try (Connection connection = connect("postgres");
          Statement run = connection.createStatement()) {
        run.execute(statement);
      } catch (SQLException e) {
        throw new IllegalStateException(statement, e);
      }
    }
  }
}
