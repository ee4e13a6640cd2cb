package fr.pivot.cli;

import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Resolution;
import fr.pivot.cli.session.Answering;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.publishing.CorrespondencePack;
import fr.pivot.publishing.ReleaseExport;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes an edition as a pack. */
@CommandLine.Command(
    name = "export",
    description =
        "Write a published edition or correspondence as a pack: a data package that 'pivot import"
            + " pack' reads.",
    footer = {
      "%nExamples:",
      "  pivot export communes@2026",
      "  pivot export naf@rev2 --output naf/",
      "  pivot export correspondence:naf-rev2.naf-2025 --output naf-rev2-2025/"
    })
final class ExportCommand extends Command {

  private static final String CORRESPONDENCE = "correspondence:";

  @Parameters(
      index = "0",
      paramLabel = "REF@EDITION",
      description = "The edition, or correspondence:ID.")
  String reference = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Where to write (default: REF-EDITION, or the ID, in the current folder).")
  @Nullable Path output;

  @Override
  public Integer call() throws Exception {
    try (Answering answering = Answering.open(console, home)) {
      Registry registry = answering.registry();
      if (reference.startsWith(CORRESPONDENCE)) {
        return exportCorrespondence(registry, reference.substring(CORRESPONDENCE.length()));
      }
      Optional<Reference> parsed = Reference.parse(reference);
      if (parsed.isEmpty() || parsed.get().date() != null) {
        console.say(
            "Attendu : un référentiel et une édition, comme communes@2026.",
            "Expected: a referential and an edition, such as communes@2026.");
        return Exit.USAGE;
      }
      // The day does not matter: a whole edition is written, whatever the day.
      Resolution resolution = registry.catalog().resolve(parsed.get(), LocalDate.EPOCH);
      Optional<Codes> codes = registry.findCodes(parsed.get().referential());
      if (!(resolution instanceof Resolution.Resolved resolved) || codes.isEmpty()) {
        console.say("Édition introuvable : " + reference, "No such edition: " + reference);
        return Exit.NOT_FOUND;
      }
      Path folder =
          output == null
              ? Path.of(resolved.referential().id() + '-' + resolved.release().edition())
              : output;
      ReleaseExport.write(codes.get(), resolved.release(), folder);
      console.print(folder.toString());
      return Exit.OK;
    }
  }

  private int exportCorrespondence(Registry registry, String id) throws IOException {
    Optional<Correspondence> correspondence = registry.findCorrespondence(id);
    if (correspondence.isEmpty()) {
      console.say("Table introuvable : " + id, "No such correspondence: " + id);
      return Exit.NOT_FOUND;
    }
    Path folder = output == null ? Path.of(id) : output;
    CorrespondencePack.write(correspondence.get(), folder);
    console.print(folder.toString());
    return Exit.OK;
  }
}
