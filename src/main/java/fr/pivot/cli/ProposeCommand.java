package fr.pivot.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import fr.pivot.cli.session.Answering;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.crosswalk.correspondence.CorrespondenceUpdate;
import fr.pivot.crosswalk.correspondence.CorrespondenceUpdate.Reference;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Registry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proposes the correspondence that takes the place of one whose side has a new edition. */
@CommandLine.Command(
    name = "propose",
    description =
        "Propose the correspondence that takes the place of another, one side of which has a new"
            + " edition: a CSV file to complete and to import.",
    footer = {
      "%nGiven A→B and A→A*, proposes A*→B; given A→B and B→B*, proposes A→B*. The columns that begin",
      "with # are notes; #flags says what to look at (review, redundant, no-match-to-target, …).",
      "%nExamples:",
      "  pivot propose naf-rev2.cpf-rev2.1 naf-rev2.naf-2025 --output proposal.csv",
      "  pivot import proposal.csv --from naf@2025 --to cpf@rev2.1"
    })
final class ProposeCommand extends Command {

  @Parameters(index = "0", paramLabel = "ID", description = "The correspondence to replace.")
  String base = "";

  @Parameters(
      index = "1",
      paramLabel = "OTHER",
      description = "The correspondence between a side of it and that side's new edition.")
  String other = "";

  @Option(
      names = "--reference",
      paramLabel = "SIDE",
      description =
          "The side of which each code of the other should lead to one code: source, target"
              + " (default) or none.")
  String reference = Reference.TARGET.id();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write (default: the standard output).")
  @Nullable Path output;

  @Override
  public Integer call() throws Exception {
    Reference side = null;
    for (Reference known : Reference.values()) {
      side = known.id().equals(reference) ? known : side;
    }
    if (side == null) {
      console.say("--reference : source, target ou none.", "--reference: source, target or none.");
      return Exit.USAGE;
    }
    try (Answering answering = Answering.open(console, home)) {
      Registry registry = answering.registry();
      Optional<Correspondence> replaced = registry.findCorrespondence(base);
      Optional<Correspondence> leading = registry.findCorrespondence(other);
      if (replaced.isEmpty() || leading.isEmpty()) {
        String missing = replaced.isEmpty() ? base : other;
        console.say("Table introuvable : " + missing, "No such correspondence: " + missing);
        return Exit.NOT_FOUND;
      }
      Optional<CorrespondenceUpdate> update =
          CorrespondenceUpdate.propose(registry, replaced.get(), leading.get(), side);
      if (update.isEmpty()) {
        console.say(
            other + " ne mène d'aucun côté de " + base + " à une autre édition.",
            other + " leads from no side of " + base + " to another edition.");
        return Exit.USAGE;
      }
      write(update.get());
      console.say(
          "Une fois complété : pivot import FICHIER " + sides(update.get()),
          "Once completed: pivot import FILE " + sides(update.get()));
      return Exit.OK;
    }
  }

  private static String sides(CorrespondenceUpdate update) {
    return "--from " + update.source() + " --to " + update.target();
  }

  private void write(CorrespondenceUpdate update) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CsvWriter csv =
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(bytes, StandardCharsets.UTF_8)) {
      csv.writeRecord(CorrespondenceUpdate.columns());
      update.listLines().forEach(line -> csv.writeRecord(CorrespondenceUpdate.cells(line)));
    }
    if (output == null) {
      bytes.writeTo(console.out());
      console.out().flush();
    } else {
      Files.write(output, bytes.toByteArray());
    }
  }
}
