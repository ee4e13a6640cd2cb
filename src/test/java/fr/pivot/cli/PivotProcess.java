package fr.pivot.cli;

import fr.pivot.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code pivot} command as a process of its own, on a test's database, in English. */
final class PivotProcess {

  private final TestDatabase database;
  private final Path folder;

  /**
   * Prepares to run commands.
   *
   * @param folder where what commands say is kept; nothing ships with Pivot there
   */
  PivotProcess(TestDatabase database, Path folder) throws IOException {
    this.database = database;
    this.folder = folder;
    Files.createDirectories(folder.resolve("none"));
  }

  /** How a command ended and what it said. */
  record Run(int code, String out, String err) {}

  /** Runs a command that is given nothing to read. */
  Run run(String... arguments) throws IOException, InterruptedException {
    return feed("", arguments);
  }

  /** Runs a command that reads a text from its standard input. */
  Run feed(String input, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=en",
                "-Dpivot.referentials=" + folder.resolve("none"),
                "-cp",
                System.getProperty("java.class.path"),
                Pivot.class.getName()));
    command.addAll(List.of(arguments));
    Path in = folder.resolve("in");
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Files.writeString(in, input);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(database.environment());
    int code = builder.start().waitFor();
    return new Run(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
