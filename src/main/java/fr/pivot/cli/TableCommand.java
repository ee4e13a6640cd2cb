package fr.pivot.cli;

import fr.pivot.cli.session.Answering;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.FileOptions;
import fr.pivot.cli.session.Progress;
import fr.pivot.cli.session.WholeFile;
import fr.pivot.finding.ProblemException;
import fr.pivot.referential.Text;
import fr.pivot.table.AnnotatedTable;
import fr.pivot.table.HandedTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that gives a file back with columns added, which a person may have decided of. */
abstract class TableCommand extends Command {

  @Mixin FileOptions input = new FileOptions();

  @Option(
      names = "--choices",
      paramLabel = "FILE",
      description = "A table code_source,code_cible of what was decided by hand.")
  @Nullable Path choices;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write (default: the standard output); a name in .xlsx gives a workbook.")
  @Nullable Path output;

  /** Opens the file with what is added to it. */
  abstract AnnotatedTable open(Answering answering, InputStream file, byte[] decided)
      throws IOException;

  /** Tells how many rows had each outcome; gives the exit code. */
  abstract int tell(AnnotatedTable table);

  @Override
  public Integer call() throws IOException {
    if (!input.isInput() && input.path().isEmpty()) {
      console.say("Fichier introuvable : " + input.file, "No such file: " + input.file);
      return Exit.USAGE;
    }
    if (choices != null && !Files.isRegularFile(choices)) {
      console.say("Fichier introuvable : " + choices, "No such file: " + choices);
      return Exit.USAGE;
    }
    byte[] decided = choices == null ? new byte[0] : Files.readAllBytes(choices);
    try (Answering answering = Answering.open(console, home)) {
      try (AnnotatedTable table = open(answering, Progress.open(input), decided)) {
        WholeFile.table(console, output, table);
        return tell(table);
      }
    } catch (ProblemException e) {
      Text why = HandedTable.why(e);
      console.say(why.fr(), why.en());
      return Exit.of(e);
    }
  }
}
