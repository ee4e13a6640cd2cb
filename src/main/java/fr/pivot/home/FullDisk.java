package fr.pivot.home;

import java.io.IOException;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Tells failures that come from a disk without room, of this process or of the database. */
public final class FullDisk {

  /** PostgreSQL's disk_full. */
  private static final String STATE = "53100";

  /** As systems say it, in the language of the machine. */
  private static final Pattern SAID =
      Pattern.compile(
          "No space left on device|Disk quota exceeded|Aucun espace disponible|Plus d'espace"
              + "|not enough space on the disk|espace insuffisant sur le disque",
          Pattern.CASE_INSENSITIVE);

  private FullDisk() {}

  /** Whether a failure, or what caused it, is that a disk is full. */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof SQLException e && STATE.equals(e.getSQLState())
          || (cause instanceof IOException || cause instanceof SQLException)
              && SAID.matcher(message).find()) {
        return true;
      }
    }
    return false;
  }
}
