package fr.pivot.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The PostgreSQL of a home folder, on the disk: whose it is, and what it survives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedDatabaseTest {

  @SuppressWarnings("NullAway.Init")
  @TempDir
  static Path folder;

  /** Programs that are installed on a machine, as those of a distribution are. */
  private Path programs;

  @BeforeAll
  void unpack() throws IOException {
    programs = PostgresPrograms.bundled(folder.resolve("installed")).bin();
  }

  @Test
  void what_is_in_a_home_is_its_owner_s_alone() throws Exception {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    Path home = folder.resolve("own");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(home)) {
      assertThat(answers(database)).isTrue();
      assertThat(open(home)).isEmpty();
    }
    // As an older Pivot left it.
    Files.setPosixFilePermissions(
        home.resolve("postgres"), PosixFilePermissions.fromString("rwxr-xr-x"));
    try (EmbeddedDatabase database = EmbeddedDatabase.open(home)) {
      assertThat(answers(database)).isTrue();
      assertThat(open(home)).isEmpty();
    }
  }

  @Test
  void a_stranger_on_the_machine_is_not_let_in() throws Exception {
    try (EmbeddedDatabase database = open("stranger")) {
      String server = database.address().url().replaceAll("[^/]*$", "");
      for (String user : List.of("postgres", "pivot")) {
        for (String password : List.of("", "postgres", "pivot")) {
          for (String name : List.of("postgres", "pivot", "template1")) {
            assertThatThrownBy(() -> DriverManager.getConnection(server + name, user, password))
                .as("%s with '%s' into %s", user, password, name)
                .isInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isIn("28P01", "28000", "08004");
          }
        }
      }
    }
  }

  @Test
  void the_application_s_role_owns_its_database_and_cannot_reach_the_machine() throws Exception {
    try (EmbeddedDatabase database = open("role");
        Connection connection = connect(database);
        Statement sql = connection.createStatement()) {
      assertThat(value(sql, "select current_user || ' ' || current_database()"))
          .isEqualTo("pivot pivot");
      assertThat(
              value(
                  sql,
                  "select rolsuper or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user"))
          .isEqualTo("f");
      for (String attempt :
          List.of(
              "copy (select 1) to program 'touch /tmp/pivot-was-here'",
              "copy (select 1) to '/tmp/pivot-was-here'",
              "select pg_read_file('/etc/passwd')",
              "alter role pivot superuser",
              "create role another",
              "set role postgres",
              "alter system set archive_command = 'true'")) {
        assertThatThrownBy(() -> sql.execute(attempt))
            .as(attempt)
            .isInstanceOf(SQLException.class)
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo("42501");
      }
    }
  }

  @Test
  void a_home_that_others_can_write_to_is_refused() throws IOException {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    for (String mode : List.of("rwxrwx---", "rwx----w-", "rwxrwxrwx")) {
      Path home = Files.createDirectories(folder.resolve("shared" + mode));
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(mode));
      assertThatThrownBy(() -> EmbeddedDatabase.open(home))
          .isInstanceOf(HomeException.class)
          .hasMessageContaining("chmod go-w " + home.toRealPath());
      assertThat(home).isEmptyDirectory();
    }
  }

  @Test
  void a_copy_of_a_home_whose_server_runs_is_refused_and_one_of_a_stopped_home_is_its_own()
      throws Exception {
    Path original = folder.resolve("original");
    Path copy = folder.resolve("copy");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(original, programs)) {
      execute(database, "create table kept as select 1 as one");
      copy(original, copy);
      assertThatThrownBy(() -> EmbeddedDatabase.open(copy, programs))
          .isInstanceOf(HomeException.class)
          .hasMessageContaining("is a copy of a folder whose server is running (" + original);
    }
    OwnFiles.delete(copy);
    copy(original, copy);
    try (EmbeddedDatabase first = EmbeddedDatabase.open(original, programs);
        EmbeddedDatabase second = EmbeddedDatabase.open(copy, programs)) {
      execute(second, "insert into kept values (2)");
      assertThat(value(first, "select count(*) from kept")).isEqualTo("1");
      assertThat(value(second, "select count(*) from kept")).isEqualTo("2");
    }
  }

  @Test
  void a_first_start_that_was_cut_off_starts_again() throws Exception {
    Path home = folder.resolve("cut");
    Path postgres = home.resolve("postgres");
    // While it unpacked, while it made the data, and after the data and before the passwords.
    Files.createDirectories(postgres.resolve("programs/unpacking/bin"));
    Files.writeString(postgres.resolve("programs/unpacking/bin/postgres"), "half of it");
    Files.createDirectories(postgres.resolve("data.new/base"));
    Files.writeString(postgres.resolve("data.new/PG_VERSION"), "18\n");
    Files.writeString(postgres.resolve("first-password"), "of the one that died");
    Files.writeString(postgres.resolve("pgpass.new"), "127.0.0.1:*:*:postg");
    // An older Pivot made the folder of the data first.
    Files.createDirectories(postgres.resolve("data"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (EmbeddedDatabase database = EmbeddedDatabase.open(home)) {
      execute(database, "create table kept as select 1 as one");
    }
    // The role and the database are made, and it died before they were given to it.
    Files.delete(postgres.resolve("pgpass"));
    try (EmbeddedDatabase database = EmbeddedDatabase.open(home)) {
      assertThat(value(database, "select count(*) from kept")).isEqualTo("1");
    }
    assertThat(postgres.resolve("first-password")).doesNotExist();
    assertThat(postgres.resolve("data.new")).doesNotExist();
    assertThat(postgres.resolve("data.new" + ProcessHandle.current().pid())).doesNotExist();
    assertThat(postgres.resolve("programs/unpacking")).doesNotExist();
  }

  @Test
  void a_server_whose_starter_died_before_its_database_was_made_gets_one() throws Exception {
    Path postgres =
        OwnFiles.makeFolder(OwnFiles.makeFolder(folder.resolve("half")).resolve("postgres"));
    PostgresFolder half = new PostgresFolder(postgres, PostgresPrograms.installed(programs));
    half.prepare();
    half.start(PostgresFolder.freePort());
    try (EmbeddedDatabase database = open("half")) {
      execute(database, "create table kept as select 1 as one");
    }
  }

  @Test
  void a_home_of_an_older_pivot_keeps_its_data_and_gets_a_role_and_passwords() throws Exception {
    Path home = Files.createDirectories(folder.resolve("older"));
    Path postgres = home.resolve("postgres");
    Files.createDirectories(postgres.resolve("bin"));
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(postgres.resolve("data"))
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(postgres.resolve("bin").toFile())
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("locale-provider", "builtin")
            .setLocaleConfig("builtin-locale", "C.UTF-8")
            .start()) {
      Flyway.configure()
          .dataSource(server.getPostgresDatabase())
          .locations("filesystem:migrations")
          .load()
          .migrate();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement sql = connection.createStatement()) {
        sql.execute("create table kept as select 7 as seven");
      }
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(home, programs)) {
      assertThat(value(database, "select seven from kept")).isEqualTo("7");
      assertThat(
              value(
                  database,
                  "select coalesce(string_agg(relname, ' '), '') from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                      + " where nspname = 'public' and relkind in ('r', 'p', 'S') and relowner <> (select oid from pg_roles where rolname = 'pivot')"))
          .isEmpty();
      DatabaseAddress address = database.address();
      // Migrations of a later Pivot run as the role.
      assertThat(
              Flyway.configure()
                  .dataSource(address.url(), address.user(), address.password())
                  .locations("filesystem:migrations")
                  .load()
                  .validateWithResult()
                  .validationSuccessful)
          .isTrue();
      execute(database, "alter table referential add column later text");
      execute(database, "drop function if exists later()");
    }
    assertThat(postgres.resolve("bin")).doesNotExist();
  }

  @Test
  void the_number_of_a_dead_server_that_another_program_bears_now_does_not_matter()
      throws Exception {
    Path home = folder.resolve("numbers");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(home, programs)) {
      execute(database, "create table kept as select 1 as one");
    }
    Files.writeString(
        home.resolve("postgres/data/postmaster.pid"),
        ProcessHandle.current().pid()
            + "\n"
            + home.resolve("postgres/data")
            + "\n1780000000\n5432\n\n127.0.0.1\n  0 0\nready\n");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(home, programs)) {
      assertThat(value(database, "select count(*) from kept")).isEqualTo("1");
    }
  }

  @Test
  void a_server_that_is_slow_is_left_alone() throws Exception {
    assumeThat(Path.of("/bin/kill")).isExecutable();
    try (EmbeddedDatabase database = open("slow")) {
      database.keepAlive();
      Postmaster before = Postmaster.read(folder.resolve("slow/postgres/data")).orElseThrow();
      assertThat(signal("STOP", before.pid())).isZero();
      // Six rounds of the watch.
      TimeUnit.SECONDS.sleep(3);
      assertThat(signal("CONT", before.pid())).isZero();
      assertThat(answers(database)).isTrue();
      assertThat(Postmaster.read(folder.resolve("slow/postgres/data"))).contains(before);
    }
  }

  @Test
  void whoever_leaves_last_stops_it_even_with_work_of_its_own_under_way() throws Exception {
    EmbeddedDatabase database = open("busy");
    EmbeddedDatabase other = open("busy");
    Postmaster server = Postmaster.read(folder.resolve("busy/postgres/data")).orElseThrow();
    try (Connection _ = connect(database);
        Connection _ = connect(other)) {
      database.close();
      assertThat(server.isAlive()).isTrue();
      other.close();
      assertThat(server.isAlive()).isFalse();
    }
  }

  @Test
  void programs_that_are_not_there_are_told() {
    assertThatThrownBy(() -> EmbeddedDatabase.open(folder.resolve("none"), folder))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining("there is no \"initdb\" in " + folder);
  }

  private EmbeddedDatabase open(String name) {
    return EmbeddedDatabase.open(folder.resolve(name), programs);
  }

  private static int signal(String name, long pid) throws IOException, InterruptedException {
    return new ProcessBuilder("/bin/kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  private static boolean answers(EmbeddedDatabase database) throws SQLException {
    try (Connection connection = connect(database)) {
      return connection.isValid((int) Duration.ofSeconds(5).toSeconds());
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    DatabaseAddress address = database.address();
    return DriverManager.getConnection(address.url(), address.user(), address.password());
  }

  private static void execute(EmbeddedDatabase database, String statement) throws SQLException {
    try (Connection connection = connect(database);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static @Nullable String value(EmbeddedDatabase database, String query)
      throws SQLException {
    try (Connection connection = connect(database);
        Statement sql = connection.createStatement()) {
      return value(sql, query);
    }
  }

  private static @Nullable String value(Statement sql, String query) throws SQLException {
    try (ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          OwnFiles.makeFolder(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  /** What others may look into or change, with what they may do. */
  private static List<String> open(Path home) throws IOException {
    List<String> open = new ArrayList<>();
    for (String name :
        List.of(
            "postgres",
            "postgres/programs",
            "postgres/data",
            "postgres/log",
            "postgres/pgpass",
            "postgres/pg_hba.conf",
            "postgres/postgresql.conf")) {
      String allowed =
          PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name)));
      if (!allowed.endsWith("------")) {
        open.add(name + ' ' + allowed);
      }
    }
    return open;
  }
}
