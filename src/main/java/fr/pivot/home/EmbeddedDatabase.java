package fr.pivot.home;

import fr.pivot.admission.Background;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL server of a home folder. The first process that needs it starts it; others attach
 * to it. It outlives an abrupt death of the process that started it, and the next one attaches to
 * it, or starts it again on the same data.
 *
 * <p>It listens on the loopback interface only, and asks everybody for a password that only the
 * owner of the home folder can read ({@link PostgresFolder}). A home that others can write to is
 * refused, and so is one that was copied from a home whose server runs.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
  private static final Duration WATCH = Duration.ofMillis(500);
  private static final Duration GONE_LIMIT = Duration.ofSeconds(1);

  /** What the connection of one that leaves is called. */
  private static final String LEAVING = "pivot leaving";

  private final Path home;
  private final PostgresFolder folder;
  private final Path lock;

  /** What the connection is called that shows the others that this one is here. */
  private final String presenceName = "pivot presence " + UUID.randomUUID();

  private int port;
  private @Nullable String password;
  private @Nullable Connection presence;
  private volatile boolean closed;

  private EmbeddedDatabase(Path home, PostgresFolder folder) {
    this.home = home;
    this.folder = folder;
    this.lock = home.resolve("postgres/lock");
  }

  /**
   * Starts the server of a home folder, with the programs that come with Pivot, or attaches to it
   * where it runs already.
   *
   * @throws HomeException when neither can be done; the message says why and what to do
   */
  public static EmbeddedDatabase open(Path home) {
    return open(home, null);
  }

  /**
   * Starts the server of a home folder, or attaches to it where it runs already.
   *
   * @param programs the folder of the programs of a PostgreSQL that is installed on the machine, or
   *     null for those that come with Pivot
   * @throws HomeException when neither can be done; the message says why and what to do
   */
  public static EmbeddedDatabase open(Path home, @Nullable Path programs) {
    try {
      if (!Files.isDirectory(home)) {
        OwnFiles.makeFolder(home);
      }
      Path real = home.toRealPath();
      OwnFiles.requireOwn(real);
      Path postgres = OwnFiles.makeFolder(real.resolve("postgres"));
      try (FileChannel channel = openLock(postgres.resolve("lock"));
          FileLock _ = channel.lock()) {
        EmbeddedDatabase database =
            new EmbeddedDatabase(
                real,
                new PostgresFolder(
                    postgres,
                    programs == null
                        ? PostgresPrograms.bundled(postgres.resolve("programs"))
                        : PostgresPrograms.installed(programs)));
        database.startOrAttach();
        // Where an older Pivot kept the programs.
        OwnFiles.delete(postgres.resolve("bin"));
        return database;
      }
    } catch (IOException | SQLException e) {
      throw explain(home, e);
    }
  }

  private static FileChannel openLock(Path lock) throws IOException {
    return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static HomeException explain(Path home, Exception e) {
    String cause = String.valueOf(e.getMessage());
    if (cause.contains("unshare")) {
      return new HomeException(
          "PostgreSQL refuse de tourner sous root, et la commande « unshare » qui permet de s'en"
              + " passer manque ou n'est pas permise. Lancez pivot sous un autre compte, ou indiquez"
              + " un serveur PostgreSQL par PIVOT_DATABASE_URL.",
          "PostgreSQL refuses to run as root, and the command 'unshare' that would get round it is"
              + " missing or not allowed. Run pivot as another user, or point PIVOT_DATABASE_URL at"
              + " a PostgreSQL server.",
          e);
    }
    return new HomeException(
        "Le PostgreSQL embarqué n'a pas démarré dans "
            + home
            + " : "
            + cause
            + ". Vérifiez que le dossier est à vous et que le disque n'est pas plein, ou indiquez un"
            + " serveur PostgreSQL par PIVOT_DATABASE_URL.",
        "The embedded PostgreSQL did not start in "
            + home
            + ": "
            + cause
            + ". Check that the folder is yours to write and the disk is not full, or point"
            + " PIVOT_DATABASE_URL at a PostgreSQL server.",
        e);
  }

  /** The lock is held. */
  private void startOrAttach() throws IOException, SQLException {
    Optional<Postmaster> running = findRunning();
    if (running.isPresent()) {
      port = running.get().port();
      // Who started it may have died before the database was made.
      await(running.get(), () -> folder.makeDatabase(port));
      enter(running.get());
      return;
    }
    folder.prepare();
    port = folder.start(port == 0 ? PostgresFolder.freePort() : port);
    folder.makeDatabase(port);
    enter(Postmaster.read(folder.data()).orElseThrow());
  }

  /** The server that runs on the data, slow as it may be. */
  private Optional<Postmaster> findRunning() throws IOException {
    Optional<Postmaster> told = Postmaster.read(folder.data()).filter(Postmaster::isAlive);
    if (told.isPresent() && !told.get().serves(folder.data())) {
      Path original = told.get().data();
      throw new HomeException(
          home
              + " est la copie d'un dossier dont le serveur tourne ("
              + original
              + ") : copié en marche, il peut être abîmé. Arrêtez l'original, copiez-le, et"
              + " recommencez.",
          home
              + " is a copy of a folder whose server is running ("
              + original
              + "): copied while it ran, it may be damaged. Stop the original, copy it, and try"
              + " again.");
    }
    return told;
  }

  /** The folder that it is in. */
  public Path home() {
    return home;
  }

  /** Where it answers; the same for as long as this object lives. */
  public DatabaseAddress address() {
    return new DatabaseAddress(
        PostgresFolder.url(port, PostgresFolder.DATABASE), Passwords.ROLE, password);
  }

  /** Watches over the server in the background, and starts it again should it die. */
  public void keepAlive() {
    Background.start("postgres-watch", this::watch);
  }

  private void watch() {
    String told = "";
    while (!closed) {
      try {
        Thread.sleep(WATCH);
        if (!closed && findRunning().isEmpty()) {
          LOG.warn("The embedded PostgreSQL is gone; starting it again.");
          try (FileChannel channel = openLock(lock);
              FileLock _ = channel.lock()) {
            startOrAttach();
          }
          told = "";
        }
      } catch (InterruptedException _) {
        return;
      } catch (IOException | SQLException | RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        if (!message.equals(told)) {
          LOG.warn("The embedded PostgreSQL did not start again: {}", message);
          told = message;
        }
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
    try (FileChannel channel = openLock(lock);
        FileLock _ = channel.lock()) {
      leave();
      if (countOthers() == 0) {
        folder.stop();
      }
    } catch (IOException e) {
      LOG.debug("while leaving the embedded PostgreSQL", e);
    }
  }

  /**
   * Shows the other processes that this one is here, for as long as it is. A server that is still
   * starting is waited for.
   */
  private void enter(Postmaster server) throws IOException, SQLException {
    leave();
    password = folder.readPasswords().role();
    await(server, () -> presence = connect(presenceName));
  }

  /** Something to be asked of a server. */
  @FunctionalInterface
  private interface Question {
    void ask() throws IOException, SQLException;
  }

  /** Asks until the server answers. */
  private static void await(Postmaster server, Question question) throws IOException, SQLException {
    long until = System.nanoTime() + ANSWER_LIMIT.toNanos();
    while (true) {
      try {
        question.ask();
        return;
      } catch (SQLException e) {
        if (System.nanoTime() > until || !server.isAlive() || isRefused(e)) {
          throw e;
        }
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while PostgreSQL starts", e);
      }
    }
  }

  /** Whether a server answered, and will not answer otherwise a moment later: SQLSTATE 28, 3D. */
  private static boolean isRefused(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("28") || state.startsWith("3D"));
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

  /**
   * How many others are here. Connections for work have the driver's own name and do not count:
   * those of who leaves may not be closed yet, and who stays is here by its presence. One's own
   * presence is waited for until it is gone, so that the next one to leave does not meet it.
   */
  private int countOthers() {
    try (Connection connection = connect(LEAVING);
        PreparedStatement statement =
            connection.prepareStatement(
                "select count(*), count(*) filter (where application_name = ?)"
                    + " from pg_stat_activity where backend_type = 'client backend'"
                    + " and application_name not in (?, 'PostgreSQL JDBC Driver')")) {
      statement.setString(1, presenceName);
      statement.setString(2, LEAVING);
      long until = System.nanoTime() + GONE_LIMIT.toNanos();
      while (true) {
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          int mine = row.getInt(2);
          if (mine == 0 || System.nanoTime() > until) {
            return row.getInt(1) - mine;
          }
        }
        Thread.sleep(2);
      }
    } catch (SQLException e) {
      // It may be full of them; only one that cannot be reached at all (SQLSTATE 08) has none.
      return String.valueOf(e.getSQLState()).startsWith("08") ? 0 : 1;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private Connection connect(String name) throws SQLException {
    return PostgresFolder.connect(
        port, PostgresFolder.DATABASE, Passwords.ROLE, String.valueOf(password), name);
  }
}
