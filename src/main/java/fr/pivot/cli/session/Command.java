package fr.pivot.cli.session;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all commands share. */
public abstract class Command implements java.util.concurrent.Callable<Integer> {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "Where the embedded database lives (default: $$PIVOT_HOME, else ~/.pivot). Ignored when"
              + " PIVOT_DATABASE_URL names a server.")
  public @Nullable Path home;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  public final Console console = new Console();
}
