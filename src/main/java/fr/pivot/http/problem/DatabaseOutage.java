package fr.pivot.http.problem;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away from software that is broken. */
public final class DatabaseOutage {

  /**
   * Classes of SQLSTATE (PostgreSQL, appendix A): connection exception, insufficient resources,
   * operator intervention.
   */
  private static final Set<String> CLASSES = Set.of("08", "53", "57");

  private DatabaseOutage() {}

  /** Whether an exception says that the database cannot be reached for now. */
  public static boolean isCauseOf(Throwable exception) {
    int depth = 0;
    for (Throwable t = exception; t != null && depth < 20; t = t.getCause(), depth++) {
      if (t instanceof SQLTransientConnectionException
          || t instanceof SQLNonTransientConnectionException
          || t instanceof SQLRecoverableException
          || t instanceof SQLException sql && isOutage(sql.getSQLState())
          || t.getClass().getName().endsWith("PoolInitializationException")
          || t.getClass().getName().endsWith("CannotGetJdbcConnectionException")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOutage(@Nullable String state) {
    return state != null
        && state.length() == 5
        && CLASSES.contains(state.substring(0, 2))
        && !state.equals("53100");
  }
}
