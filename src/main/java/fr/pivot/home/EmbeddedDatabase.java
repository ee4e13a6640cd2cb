package fr.pivot.home;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL server of a home folder. The first process that needs it starts it; others attach
 * to it. It outlives an abrupt death of the process that started it, and the next one attaches to
 * it, or starts it again on the same data.
 *
 * <p>It listens on the loopback interface only and trusts every user of the machine: whoever can
 * log in to the machine can read and write the registry. Use a server of your own ({@code
 * PIVOT_DATABASE_URL}) where that matters.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration WATCH = Duration.ofMillis(500);

  private final Path home;
  private final Path data;
  private final Path binaries;
  private final Path lock;
  private @Nullable EmbeddedPostgres server;
  private @Nullable Postmaster adopted;
  private int port;
  private @Nullable Connection presence;
  private volatile boolean closed;

  private record Postmaster(long pid, int port) {
    boolean isAlive() {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && answers(port);
    }
  }

  private EmbeddedDatabase(Path home) {
    this.home = home;
    this.data = home.resolve("postgres/data");
    this.binaries = home.resolve("postgres/bin");
    this.lock = home.resolve("postgres/lock");
  }

  /**
   * Starts the server of a home folder, or attaches to it where it runs already.
   *
   * @throws HomeException when neither can be done; the message says why and what to do
   */
  public static EmbeddedDatabase open(Path home) {
    EmbeddedDatabase database = new EmbeddedDatabase(home.toAbsolutePath());
    try {
      Files.createDirectories(database.data);
      database.startOrAttach();
      return database;
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw new HomeException(explain(home, e), e);
    }
  }

  private static String explain(Path home, Exception e) {
    String cause = String.valueOf(e.getMessage());
    if (cause.contains("unshare")) {
      return "PostgreSQL refuses to run as root, and the command 'unshare' that would get round it"
          + " is missing or not allowed. Run pivot as another user, or point PIVOT_DATABASE_URL at"
          + " a PostgreSQL server.";
    }
    return "The embedded PostgreSQL did not start in "
        + home
        + ": "
        + cause
        + ". Check that the folder is yours to write and the disk is not full, or point"
        + " PIVOT_DATABASE_URL at a PostgreSQL server.";
  }

  private void startOrAttach() throws IOException {
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      Optional<Postmaster> running = findRunning();
      if (running.isPresent()) {
        adopted = running.get();
        port = running.get().port();
      } else {
        port = port == 0 ? freePort() : port;
        start();
      }
      enter();
    }
  }

  private void start() throws IOException {
    adopted = null;
    keepToOwner(home.resolve("postgres"));
    Files.createDirectories(binaries);
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            // Whoever opened it closes it after its own connections; a hook would race with them.
            .setRegisterShutdownHook(false)
            .setOverrideWorkingDirectory(binaries.toFile())
            // The same order and case everywhere, and no need for the locale that LANG names.
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("locale-provider", "builtin")
            .setLocaleConfig("builtin-locale", "C.UTF-8")
            .setPort(port)
            .setPGStartupWait(START_LIMIT)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("jit", "off")
            .setServerConfig("max_connections", "100")
            .start();
    // What unpacks the programs lets everybody write beside them.
    keepToOwner(binaries);
  }

  /** Lets nobody else into a folder, where the system knows of owners. */
  private static void keepToOwner(Path folder) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString("rwx------"));
    }
  }

  private Optional<Postmaster> findRunning() throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 4) {
      return Optional.empty();
    }
    try {
      Postmaster postmaster =
          new Postmaster(
              Long.parseLong(lines.get(0).strip()), Integer.parseInt(lines.get(3).strip()));
      return Optional.of(postmaster).filter(Postmaster::isAlive);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The folder that it is in. */
  public Path home() {
    return home;
  }

  /** Where it answers; the same for as long as this object lives. */
  public DatabaseAddress address() {
    return new DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", null);
  }

  /** Watches over the server in the background, and starts it again should it die. */
  public void keepAlive() {
    Thread.ofPlatform().daemon().name("postgres-watch").start(this::watch);
  }

  private void watch() {
    while (!closed) {
      try {
        Thread.sleep(WATCH);
        if (!closed && findRunning().isEmpty()) {
          LOG.warn("The embedded PostgreSQL is gone; starting it again.");
          stopStarted();
          startOrAttach();
        }
      } catch (InterruptedException _) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.warn("The embedded PostgreSQL did not start again: {}", e.getMessage());
      }
    }
  }

  private void stopStarted() {
    EmbeddedPostgres started = server;
    server = null;
    if (started != null) {
      try {
        started.close();
      } catch (IOException | RuntimeException e) {
        LOG.debug("while closing a server that is gone", e);
      }
    }
  }

  /**
   * Leaves the server. The last process that leaves stops it, whoever started it: a command that
   * ends does not take the database from under a server, nor one that died leave it behind.
   */
  @Override
  public void close() {
    closed = true;
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      leave();
      if (countOthers() == 0) {
        Postmaster other = adopted;
        if (other != null) {
          ProcessHandle.of(other.pid()).ifPresent(EmbeddedDatabase::stop);
        }
        stopStarted();
      }
    } catch (IOException e) {
      LOG.debug("while leaving the embedded PostgreSQL", e);
    }
  }

  private static void stop(ProcessHandle postmaster) {
    postmaster.destroy();
    try {
      postmaster.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("while stopping PostgreSQL", e);
    }
  }

  /** Shows the other processes that this one is here, for as long as it is. */
  private void enter() {
    leave();
    try {
      presence = connect();
    } catch (SQLException e) {
      throw new IllegalStateException(String.valueOf(e.getMessage()), e);
    }
  }

  private void leave() {
    Connection mine = presence;
    presence = null;
    if (mine != null) {
      try {
        mine.close();
      } catch (SQLException e) {
        LOG.debug("while closing a connection that is gone", e);
      }
    }
  }

  private int countOthers() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from pg_stat_activity"
                    + " where backend_type = 'client backend' and pid <> pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException _) {
      return 0;
    }
  }

  private Connection connect() throws SQLException {
    DatabaseAddress address = address();
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("ApplicationName", "pivot presence");
    return DriverManager.getConnection(address.url(), properties);
  }
}
