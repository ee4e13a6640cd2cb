package fr.pivot.cli;

import fr.pivot.cli.session.Answering;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.lookup.CodeAnswers;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks codes up. */
@CommandLine.Command(
    name = "lookup",
    description = "Say what codes mean, or meant.",
    footer = {
      "%nExamples:",
      "  pivot lookup communes 14666 01033",
      "  pivot lookup communes@2015-12-31 44060",
      "  pivot lookup naf@rev2 6201Z --json",
      "%nEnds with 4 when a code has no answer."
    })
final class LookupCommand extends Command {

  @Parameters(
      index = "0",
      paramLabel = "REF",
      description = "A referential, at a point if wanted: communes@2019, communes@2015-06-01.")
  String reference = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "CODE", description = "Codes.")
  List<String> codes = List.of();

  @Option(names = "--json", description = "Write one JSON object a line, as over HTTP.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    // The whole registry would take longer, for a few codes of one referential.
    try (Answering answering = Answering.open(console, home, reference.split("@", 2)[0])) {
      CodeAnswers answers = answering.codes();
      boolean all = true;
      for (String code : codes) {
        CodeAnswers.Result answer = answers.find(reference, code, console.language());
        console.print(json ? answer.json() : answer.words());
        all &= answer.found();
      }
      return all ? Exit.OK : Exit.NOT_FOUND;
    }
  }
}
