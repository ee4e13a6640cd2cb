package fr.pivot.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The main process of a PostgreSQL server, as the file {@code postmaster.pid} in its data tells it.
 *
 * @param pid its number
 * @param data the folder that it serves, as it wrote it
 * @param port the port that it listens on
 */
record Postmaster(long pid, Path data, int port) {

  /** What the file in a data folder tells, whether or not such a process lives. */
  static Optional<Postmaster> read(Path data) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file(data));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    // https://www.postgresql.org/docs/current/storage-file-layout.html: the process, the folder,
    // when it began, the port.
    if (lines.size() < 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Postmaster(
              Long.parseLong(lines.get(0).strip()),
              Path.of(lines.get(1).strip()),
              Integer.parseInt(lines.get(3).strip())));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  static Path file(Path data) {
    return data.resolve("postmaster.pid");
  }

  /**
   * Whether it runs. It may be slow to answer, or be starting, and runs all the same; another
   * program that was given its number since is not it.
   */
  boolean isAlive() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty() || isDead()) {
      return false;
    }
    ProcessHandle.Info info = process.get().info();
    boolean isPostgres =
        info.command()
            .map(command -> String.valueOf(Path.of(command).getFileName()))
            .map(name -> name.equals("postgres") || name.equals("postgres.exe"))
            .orElse(true);
    return isPostgres && info.arguments().map(List::of).map(this::serveData).orElse(true);
  }

  /** Whether a server was started with these arguments on the folder that the file tells. */
  private boolean serveData(List<String> arguments) {
    int option = arguments.indexOf("-D");
    return option >= 0
        && option + 1 < arguments.size()
        && isSame(Path.of(arguments.get(option + 1)), data);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return one.equals(other) || Files.isSameFile(one, other);
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * Whether its number is taken by something that is not it. PostgreSQL looks at the number alone,
   * and would not start beside that.
   */
  boolean isMistaken() {
    return !isAlive() && ProcessHandle.of(pid).isPresent();
  }

  /** Whether its process has ended, and whoever started it has not asked how (Linux). */
  private boolean isDead() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // "pid (name) state …"; a name may hold brackets.
      String state = stat.substring(stat.lastIndexOf(')') + 1).strip();
      return state.startsWith("Z") || state.startsWith("X");
    } catch (IOException _) {
      return false;
    }
  }

  /** Whether the folder that it serves is this one, and not one that this one was copied from. */
  boolean serves(Path folder) {
    return isSame(data, folder);
  }
}
