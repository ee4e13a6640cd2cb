package fr.pivot.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PostgreSQL of a home folder, on the disk. */
class EmbeddedDatabaseTest {

  @Test
  void its_programs_and_its_data_are_the_owner_s_alone(@TempDir Path home)
      throws IOException, SQLException {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    start(home);
    assertThat(open(home)).isEmpty();
    // As an older Pivot left it.
    Files.setPosixFilePermissions(
        home.resolve("postgres/bin"), PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setPosixFilePermissions(
        home.resolve("postgres"), PosixFilePermissions.fromString("rwxr-xr-x"));
    start(home);
    assertThat(open(home)).isEmpty();
  }

  private static void start(Path home) throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(home);
        Connection connection =
            DriverManager.getConnection(
                database.address().url(), database.address().user(), "postgres")) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  /** The folders of the server that others may look into, with what they may do. */
  private static List<String> open(Path home) throws IOException {
    Path server = home.resolve("postgres");
    List<String> open = new ArrayList<>();
    for (String folder : List.of("", "bin", "data")) {
      String allowed =
          PosixFilePermissions.toString(Files.getPosixFilePermissions(server.resolve(folder)));
      if (!allowed.endsWith("------")) {
        open.add(folder + ' ' + allowed);
      }
    }
    return open;
  }
}
