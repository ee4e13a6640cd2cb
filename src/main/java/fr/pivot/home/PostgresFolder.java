package fr.pivot.home;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The files of one embedded PostgreSQL server, and what is done to them while it does not run:
 * made, brought to the form of this Pivot, started, stopped.
 *
 * <p>In its folder lie the data, the programs, a log, and {@code pgpass} with the passwords. The
 * server listens on the loopback interface and asks a password of everybody; it has no socket. The
 * application works as a role that owns the database {@value #DATABASE} and may do nothing else.
 * Each step can be cut off anywhere: what is made is made beside its place and renamed.
 */
final class PostgresFolder {

  /** The database that Pivot's tables are in. */
  static final String DATABASE = "pivot";

  private static final String UNFINISHED = "data.new";

  /** In seconds: after a crash, what was written last is replayed first. */
  private static final String START_LIMIT = "600";

  private static final String STOP_LIMIT = "30";

  private final Path folder;
  private final PostgresPrograms programs;
  private final Path data;
  private final Path passwords;

  PostgresFolder(Path folder, PostgresPrograms programs) {
    this.folder = folder;
    this.programs = programs;
    this.data = folder.resolve("data");
    this.passwords = folder.resolve("pgpass");
  }

  Path data() {
    return data;
  }

  Passwords readPasswords() throws IOException {
    return Passwords.read(passwords)
        .orElseThrow(() -> new IOException("the passwords are gone: " + passwords));
  }

  /** Makes what is missing, and brings what an older Pivot left to the form of this one. */
  void prepare() throws IOException {
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      make();
    }
    requireVersion();
    OwnFiles.makeFolder(folder.resolve("log"));
    if (Passwords.read(passwords).isEmpty()) {
      giveNewPasswords();
    }
  }

  private void make() throws IOException {
    Passwords made = Passwords.make();
    clearUnfinished();
    Path fresh = folder.resolve(UNFINISHED + ProcessHandle.current().pid());
    Path first = folder.resolve("first-password");
    made.write(passwords);
    OwnFiles.write(first, made.superuser() + "\n");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pgdata=" + fresh,
                "--username=" + Passwords.SUPERUSER,
                "--pwfile=" + first,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // The same order and case everywhere, and no need for the locale that LANG names.
                "--locale=C"));
    if (programs.version() >= 17) {
      arguments.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    }
    PostgresPrograms.Outcome outcome = programs.run(null, "initdb", arguments);
    Files.deleteIfExists(first);
    if (outcome.exit() != 0) {
      throw new IOException(outcome.said().strip());
    }
    // An older Pivot made the folder before there was anything in it.
    OwnFiles.delete(data);
    Files.move(fresh, data);
  }

  /**
   * Deletes what a process that died left. The program that it had started may be writing there
   * still: what cannot be deleted yet is at the next start, and nobody else writes to it.
   */
  private void clearUnfinished() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
      for (Path each : left) {
        try {
          OwnFiles.delete(each);
        } catch (IOException _) {
          // written to at this moment
        }
      }
    }
  }

  private void requireVersion() throws IOException {
    String written = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!written.equals(Integer.toString(programs.version()))) {
      throw new HomeException(
          "Les données de "
              + data
              + " sont celles d'un PostgreSQL "
              + written
              + ", et les programmes sont ceux du "
              + programs.version()
              + " : indiquez par PIVOT_POSTGRES_BIN ceux du "
              + written
              + ", ou donnez à Pivot un dossier neuf par --home.",
          "The data in "
              + data
              + " are those of a PostgreSQL "
              + written
              + ", and the programs are those of "
              + programs.version()
              + ": name those of "
              + written
              + " with PIVOT_POSTGRES_BIN, or give Pivot a new folder with --home.");
    }
  }

  /**
   * Gives a server new passwords without knowing the old ones, as only the owner of its files can:
   * one of an older Pivot had none.
   */
  private void giveNewPasswords() throws IOException {
    Passwords made = Passwords.make();
    PostgresPrograms.Outcome outcome =
        programs.run(
            "alter role " + Passwords.SUPERUSER + " password '" + made.superuser() + "'\n",
            "postgres",
            List.of("--single", "-D", data.toString(), "template1"));
    if (outcome.exit() != 0 || outcome.said().contains("ERROR:")) {
      throw new IOException(outcome.said().strip());
    }
    made.write(passwords);
  }

  /**
   * Starts the server on a port.
   *
   * @return the port
   */
  int start(int port) throws IOException {
    if (Postmaster.read(data).filter(Postmaster::isMistaken).isPresent()) {
      Files.delete(Postmaster.file(data));
    }
    configure(port);
    Path log = folder.resolve("log/start.log");
    Files.deleteIfExists(log);
    OwnFiles.write(log, "");
    PostgresPrograms.Outcome outcome =
        programs.run(
            null,
            "pg_ctl",
            List.of(
                "start",
                "--wait",
                "--silent",
                "--timeout=" + START_LIMIT,
                "--pgdata=" + data,
                "--log=" + log));
    if (outcome.exit() != 0) {
      throw new IOException((lastLines(log) + "\n" + outcome.said()).strip());
    }
    return port;
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  /** Stops the server, whoever started it; its clients lose their connections. */
  void stop() throws IOException {
    programs.run(
        null,
        "pg_ctl",
        List.of("stop", "--silent", "--mode=fast", "--timeout=" + STOP_LIMIT, "--pgdata=" + data));
  }

  private void configure(int port) throws IOException {
    Path hosts = folder.resolve("pg_hba.conf");
    OwnFiles.write(
        hosts,
        "# Written by Pivot at each start.\n"
            + "host all "
            + Passwords.SUPERUSER
            + " 127.0.0.1/32 scram-sha-256\n"
            + "host "
            + DATABASE
            + " "
            + Passwords.ROLE
            + " 127.0.0.1/32 scram-sha-256\n");
    Path settings = folder.resolve("postgresql.conf");
    OwnFiles.write(
        settings,
        "# Written by Pivot at each start; what is set by 'alter system' is kept.\n"
            + set("listen_addresses", "127.0.0.1")
            + set("port", Integer.toString(port))
            + set("unix_socket_directories", "")
            + set("hba_file", hosts.toString())
            + set("password_encryption", "scram-sha-256")
            + set("max_connections", "100")
            + set("jit", "off")
            + set("logging_collector", "on")
            + set("log_directory", folder.resolve("log").toString())
            // One file for each day of the week, each written anew: at most seven.
            + set("log_filename", "postgresql-%a.log")
            + set("log_truncate_on_rotation", "on")
            + set("log_rotation_age", "1d")
            + set("log_rotation_size", "0")
            + set("log_file_mode", "0600"));
    Path main = data.resolve("postgresql.conf");
    String include = "include " + quote(settings.toString()) + "\n";
    String before = Files.readString(main);
    // The folder may have been moved since: the line names where it is now.
    String kept =
        before
            .lines()
            .filter(line -> !line.startsWith("include "))
            .reduce("", (a, b) -> a + b + "\n");
    if (!before.equals(kept + include)) {
      OwnFiles.write(main, kept + include);
    }
  }

  private static String set(String name, String value) {
    return name + " = " + quote(value) + "\n";
  }

  private static String quote(String value) {
    return "'" + value.replace("\\", "/").replace("'", "''") + "'";
  }

  /**
   * Makes the database and the role that Pivot works as, where they are not there or not finished.
   * The server runs.
   */
  void makeDatabase(int port) throws IOException, SQLException {
    Passwords known = readPasswords();
    if (isMade(port, known)) {
      return;
    }
    boolean renamed;
    try (Connection maintenance = connect(port, "template1", known);
        Statement sql = maintenance.createStatement()) {
      if (!exists(sql, "select 1 from pg_roles where rolname = '" + Passwords.ROLE + "'")) {
        sql.execute("create role " + Passwords.ROLE);
      }
      sql.execute(
          "alter role "
              + Passwords.ROLE
              + " login nosuperuser nocreatedb nocreaterole password '"
              + known.role()
              + "'");
      renamed = exists(sql, "select 1 from pg_database where datname = '" + DATABASE + "'");
    }
    if (!renamed) {
      takeOver(port, known);
    }
    try (Connection own = connect(port, DATABASE, known);
        Statement sql = own.createStatement()) {
      sql.execute(GIVE_AWAY);
      sql.execute("alter database " + DATABASE + " owner to " + Passwords.ROLE);
    }
  }

  /** Makes the database new, or of that where an older Pivot kept its tables. */
  private void takeOver(int port, Passwords known) throws SQLException {
    boolean older;
    try (Connection connection = connect(port, "postgres", known);
        Statement sql = connection.createStatement()) {
      older = exists(sql, "select 1 from pg_tables where tablename = 'flyway_schema_history'");
    }
    try (Connection maintenance = connect(port, "template1", known);
        Statement sql = maintenance.createStatement()) {
      if (older) {
        sql.execute("drop database if exists maintenance");
        sql.execute("create database maintenance template template0");
        sql.execute("alter database postgres rename to " + DATABASE);
        sql.execute("alter database maintenance rename to postgres");
      } else {
        sql.execute("create database " + DATABASE);
      }
    }
  }

  /** Everything in the database becomes the role's; extensions stay whose they are. */
  private static final String GIVE_AWAY =
      """
      do $$
      declare
        statement text;
      begin
        for statement in
          select format('alter %s %I.%I owner to pivot', case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view' else 'table' end, n.nspname, c.relname)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'v', 'm', 'S')
             and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('e', 'a', 'i'))
          union all
          select format('alter routine %s owner to pivot', p.oid::regprocedure)
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
           where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
             and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
          union all
          select format('alter type %s owner to pivot', t.oid::regtype)
            from pg_type t join pg_namespace n on n.oid = t.typnamespace
           where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and t.typtype in ('e', 'd')
             and not exists (select 1 from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
          union all
          select format('alter schema %I owner to pivot', n.nspname)
            from pg_namespace n
           where n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'public')
        loop
          execute statement;
        end loop;
      end
      $$""";

  /** Whether everything is done: its owner is given to the database last. */
  private static boolean isMade(int port, Passwords known) {
    try (Connection connection =
            connect(port, DATABASE, Passwords.ROLE, known.role(), "pivot start");
        Statement sql = connection.createStatement()) {
      return exists(
          sql,
          "select 1 from pg_database where datname = current_database() and datdba ="
              + " (select oid from pg_roles where rolname = current_user)");
    } catch (SQLException _) {
      return false;
    }
  }

  private static boolean exists(Statement sql, String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      return rows.next();
    }
  }

  private static Connection connect(int port, String database, Passwords known)
      throws SQLException {
    return connect(port, database, Passwords.SUPERUSER, known.superuser(), "pivot start");
  }

  static Connection connect(int port, String database, String user, String password, String name)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", name);
    return DriverManager.getConnection(url(port, database), properties);
  }

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A port of the loopback interface that nobody listens on now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
