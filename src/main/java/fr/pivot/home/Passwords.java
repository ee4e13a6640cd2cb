package fr.pivot.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The passwords of an embedded server, made by chance when it is: of its superuser, who makes the
 * database, and of the role that Pivot works as. They are kept in a file of PostgreSQL's own form
 * (<a href="https://www.postgresql.org/docs/current/libpq-pgpass.html">pgpass</a>), so that its
 * tools can use it as well.
 *
 * @param superuser of {@value #SUPERUSER}
 * @param role of {@value #ROLE}
 */
record Passwords(String superuser, String role) {

  /** Who made the server. */
  static final String SUPERUSER = "postgres";

  /** Who owns the database of Pivot, and nothing else. */
  static final String ROLE = "pivot";

  private static final String ANY_DATABASE = "127.0.0.1:*:*:";

  /** New ones, of 128 bits each. */
  static Passwords make() {
    SecureRandom random = new SecureRandom();
    return new Passwords(secret(random), secret(random));
  }

  private static String secret(SecureRandom random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Reads the file; nothing where it is not there or not whole. */
  static Optional<Passwords> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Map<String, String> found = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      List<String> fields = List.of(line.split(":", -1));
      if (fields.size() == 5) {
        found.put(fields.get(3), fields.get(4));
      }
    }
    String superuser = found.get(SUPERUSER);
    String role = found.get(ROLE);
    return superuser == null || role == null
        ? Optional.empty()
        : Optional.of(new Passwords(superuser, role));
  }

  /** Writes the file. */
  void write(Path file) throws IOException {
    OwnFiles.write(
        file,
        ANY_DATABASE
            + SUPERUSER
            + ":"
            + superuser
            + "\n"
            + ANY_DATABASE
            + ROLE
            + ":"
            + role
            + "\n");
  }

  @Override
  public String toString() {
    return "Passwords[not shown]";
  }
}
