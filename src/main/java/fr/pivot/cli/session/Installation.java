package fr.pivot.cli.session;

import fr.pivot.home.DatabaseAddress;
import fr.pivot.home.EmbeddedDatabase;
import fr.pivot.home.HomeException;
import fr.pivot.home.HomeFiles;
import fr.pivot.importing.ImportOutcome;
import fr.pivot.importing.ShippedReferentials;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.FiledRegistry;
import fr.pivot.registry.memory.Registries;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The database and the application of one command, from its start to its end. */
public final class Installation implements AutoCloseable {

  private final Console console;
  private final @Nullable EmbeddedDatabase embedded;
  private final DatabaseAddress address;
  private volatile @Nullable ApplicationContext context;
  private boolean closed;

  private Installation(
      Console console, @Nullable EmbeddedDatabase embedded, DatabaseAddress address) {
    this.console = console;
    this.embedded = embedded;
    this.address = address;
    // A command that is interrupted closes its connections before the database, too.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
  }

  /** Opens the database that the environment names, or that of the home folder. */
  public static Installation open(Console console, @Nullable Path home) {
    Settings settings = Settings.here();
    String url = settings.value(Setting.DATABASE_URL);
    if (url != null) {
      return new Installation(
          console,
          null,
          DatabaseAddress.of(
              url,
              settings.value(Setting.DATABASE_USER),
              settings.value(Setting.DATABASE_PASSWORD)));
    }
    String programs = settings.value(Setting.POSTGRES_BIN);
    EmbeddedDatabase embedded =
        EmbeddedDatabase.open(
            home == null ? defaultHome() : home, programs == null ? null : Path.of(programs));
    return new Installation(console, embedded, embedded.address());
  }

  /** Where the database answers. */
  public DatabaseAddress address() {
    return address;
  }

  /** The file that says what is published; null where another database than a home's is asked. */
  public @Nullable Path mark() {
    return embedded == null ? null : FiledRegistry.mark(HomeFiles.of(embedded).data());
  }

  /** The database that the environment names; null where it names none. */
  static @Nullable String namedDatabase() {
    return Settings.here().value(Setting.DATABASE_URL);
  }

  static Path defaultHome() {
    String home = Settings.here().value(Setting.HOME);
    return home == null ? Path.of(System.getProperty("user.home"), ".pivot") : Path.of(home);
  }

  /**
   * Where the HTTP server listens.
   *
   * @param host an address of this machine
   * @param port 0 for any
   * @param reader whether the database is a copy that is only read
   */
  public record Listening(String host, int port, boolean reader) {}

  /**
   * What an application is told that reads a copy of a database (a PostgreSQL hot standby): it
   * makes no tables and writes nothing, which a copy would refuse.
   */
  public static final Map<String, Object> READER =
      Map.of(
          "pivot.reader",
          true,
          "flyway.datasources.default.enabled",
          false,
          "datasources.default.read-only",
          true);

  /**
   * Goes on only where the database is a server that is named.
   *
   * @throws HomeException where it is the embedded one, of which there are no copies
   */
  public static void requireServer() {
    if (Settings.here().find(Setting.DATABASE_URL).isEmpty()) {
      throw new HomeException(
          "--reader lit la copie d'un serveur PostgreSQL ; nommez-la par PIVOT_DATABASE_URL.",
          "--reader reads the copy of a PostgreSQL server; name it by PIVOT_DATABASE_URL.");
    }
  }

  /** Starts the application; with its HTTP server where it is said where that listens. */
  public ApplicationContext start(@Nullable Listening listening) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("datasources.default.url", address.url());
    properties.put("datasources.default.username", address.user());
    properties.put(
        "datasources.default.password", address.password() == null ? "" : address.password());
    if (embedded != null) {
      HomeFiles files = HomeFiles.of(embedded);
      properties.put("pivot.codebooks", files.codebooks().toString());
      properties.put("pivot.current", FiledRegistry.mark(files.data()).toString());
      forgetOthersMark(files);
    }
    if (listening != null) {
      properties.put("pivot.access-log", "true");
      properties.put("pivot.statistics", "true");
      if (listening.reader()) {
        properties.putAll(READER);
      }
      properties.put("pivot.log", System.getProperty("pivot.log", "text"));
      properties.putAll(Settings.here().properties());
      properties.put("micronaut.server.host", listening.host());
      properties.put("micronaut.server.port", listening.port());
      // Who is told to end answers what is on its way, and takes nothing new.
      properties.put("micronaut.lifecycle.graceful-shutdown.enabled", true);
      properties.put("micronaut.lifecycle.graceful-shutdown.grace-period", "30s");
    }
    ApplicationContext started =
        ApplicationContext.builder()
            .properties(properties)
            .banner(false)
            .deduceEnvironment(false)
            .start();
    context = started;
    return started;
  }

  /** The database may be about to be brought to another form than the program of the mark knows. */
  private static void forgetOthersMark(HomeFiles files) {
    try {
      if (!FiledRegistry.isMarked(files.data(), writer())) {
        Files.deleteIfExists(FiledRegistry.mark(files.data()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps the embedded server alive in the background; does nothing for another server. */
  public void keepDatabaseAlive() {
    if (embedded != null) {
      embedded.keepAlive();
    }
  }

  /** Publishes what ships with Pivot and is not in the registry yet, saying so as it goes. */
  public void publishShipped(ApplicationContext started) throws IOException {
    FiledRegistry.Writer writer = writer();
    List<ShippedReferentials.Refused> refused =
        started
            .getBean(ShippedReferentials.class)
            .publishMissing(
                shippedFolder(), step -> console.say("  publie " + step, "  publishing " + step));
    for (ShippedReferentials.Refused pack : refused) {
      console.say("Refusé : " + pack.pack(), "Refused: " + pack.pack());
      if (pack.outcome() instanceof ImportOutcome.Rejected rejected) {
        console.report(rejected.findings());
      }
    }
    // Who comes after is told again of what was refused.
    if (embedded != null && refused.isEmpty()) {
      started.getBean(Registries.class).keepMarked(HomeFiles.of(embedded).data(), writer);
    }
  }

  /** The registry, read once. */
  public Registry load(ApplicationContext started) {
    Registries registries = started.getBean(Registries.class);
    registries.refresh();
    return registries.current();
  }

  /**
   * Starts the application without a server, publishes what ships with Pivot and reads the
   * registry.
   *
   * @param referential the one that is asked about, where no more than its answers need is read;
   *     null for the whole
   */
  Registry read(@Nullable String referential) throws IOException {
    ApplicationContext started = start(null);
    publishShipped(started);
    if (referential == null) {
      return load(started);
    }
    Registries registries = started.getBean(Registries.class);
    registries.refreshFor(referential);
    return registries.current();
  }

  /** The folder of the codebooks; null where another database than that of a home is asked. */
  @Nullable Path codebooks() {
    return embedded == null ? null : HomeFiles.of(embedded).codebooks();
  }

  /** This program, and what comes with it now. */
  static FiledRegistry.Writer writer() throws IOException {
    return new FiledRegistry.Writer(program(), ShippedReferentials.digest(shippedFolder()));
  }

  /** What tells this build of the program from others. */
  private static String program() throws IOException {
    Path code = code();
    return Files.size(code) + " " + Files.getLastModifiedTime(code).toMillis();
  }

  private static Path code() {
    try {
      return Path.of(
          Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program runs from nowhere", e);
    }
  }

  /**
   * The folder of the referentials: where {@code -Dpivot.referentials} says, else beside the build
   * folder that the program runs from, else in the current folder.
   */
  private static Path shippedFolder() {
    String property = System.getProperty("pivot.referentials");
    if (property != null) {
      return Path.of(property);
    }
    Path build = code().getParent();
    if (build != null && build.getParent() != null) {
      Path beside = build.getParent().resolve("referentials");
      if (Files.isDirectory(beside)) {
        return beside;
      }
    }
    return Path.of("referentials");
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (context != null) {
      context.close();
    }
    if (embedded != null) {
      embedded.close();
    }
  }
}
