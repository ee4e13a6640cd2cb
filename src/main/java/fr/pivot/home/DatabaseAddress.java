package fr.pivot.home;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Where the database answers.
 *
 * @param url a JDBC address
 * @param user the user
 * @param password the password, or null for none
 */
public record DatabaseAddress(String url, String user, @Nullable String password) {

  /**
   * Reads an address as people give it: a JDBC address, or {@code postgresql://host/database}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static DatabaseAddress of(String url, @Nullable String user, @Nullable String password) {
    String jdbc =
        url.startsWith("postgres://")
            ? "jdbc:postgresql://" + url.substring("postgres://".length())
            : url.startsWith("postgresql://") ? "jdbc:" + url : url;
    if (!jdbc.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "PIVOT_DATABASE_URL must be the address of a PostgreSQL server, as"
              + " jdbc:postgresql://host:5432/pivot; it is: "
              + url);
    }
    return new DatabaseAddress(jdbc, user == null ? "postgres" : user, password);
  }

  @Override
  public String toString() {
    return url + " as " + user;
  }

  /** Whether a failure comes from the database, so that its message is worth showing. */
  public static boolean isFailure(Throwable failure) {
    return failure instanceof SQLException;
  }
}
