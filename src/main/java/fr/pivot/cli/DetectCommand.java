package fr.pivot.cli;

import fr.pivot.cli.session.Answering;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.FileOptions;
import fr.pivot.cli.session.Progress;
import fr.pivot.finding.ProblemException;
import fr.pivot.referential.Text;
import fr.pivot.table.HandedTable;
import fr.pivot.validation.Validations;
import fr.pivot.validation.report.Detection;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells which columns of a file hold which referential. */
@CommandLine.Command(
    name = "detect",
    description = "Tell which columns of a file hold codes, of which referential and which year.",
    footer = {
      "%nExamples:",
      "  pivot detect subventions.csv",
      "  pivot detect logements.xlsx --sheet Données --json"
    })
final class DetectCommand extends Command {

  @Mixin FileOptions input = new FileOptions();

  @Option(names = "--json", description = "Write the answer as JSON.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    if (!input.isInput() && input.path().isEmpty()) {
      console.say("Fichier introuvable : " + input.file, "No such file: " + input.file);
      return Exit.USAGE;
    }
    try (Answering answering = Answering.open(console, home)) {
      Validations validations = answering.validations();
      try {
        Detection detection =
            validations.detect(
                input.name(), Progress.open(input), input.overrides(), console.language());
        if (json) {
          console.print(detection.json());
        } else {
          detection.lines().forEach(console::print);
        }
        return Exit.OK;
      } catch (ProblemException e) {
        Text why = HandedTable.why(e);
        console.say(why.fr(), why.en());
        return Exit.REJECTED;
      }
    }
  }
}
