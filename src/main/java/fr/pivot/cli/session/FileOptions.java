package fr.pivot.cli.session;

import fr.pivot.text.detected.Overrides;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file that a command reads, and what is said about how it is written. */
public final class FileOptions {

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "CSV, TSV, xlsx, xls or ods, perhaps in gzip or zip; '-' reads the input.")
  public String file = "";

  @Option(names = "--encoding", paramLabel = "NAME", description = "Its encoding: windows-1252.")
  @Nullable Charset encoding;

  @Option(names = "--separator", paramLabel = "C", description = "What separates its fields.")
  @Nullable Character separator;

  @Option(
      names = "--header",
      paramLabel = "N",
      description = "The line of its header, from 1; 0 where it has none.")
  @Nullable Integer header;

  @Option(names = "--sheet", paramLabel = "NAME", description = "The sheet to read.")
  @Nullable String sheet;

  public Overrides overrides() {
    return new Overrides(encoding, separator, header, sheet);
  }

  public boolean isInput() {
    return file.equals("-");
  }

  /** The file; empty where there is none of that name, and for the standard input. */
  public Optional<Path> path() {
    Path path = Path.of(file);
    return isInput() || !Files.isRegularFile(path) ? Optional.empty() : Optional.of(path);
  }

  /** The name that reports give. */
  public String name() {
    return isInput() ? "-" : String.valueOf(Path.of(file).getFileName());
  }
}
