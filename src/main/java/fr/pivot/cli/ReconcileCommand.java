package fr.pivot.cli;

import fr.pivot.cli.session.Answering;
import fr.pivot.cli.session.Exit;
import fr.pivot.reconciliation.file.FileReconciliations;
import fr.pivot.table.AnnotatedTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Adds to a file the codes that its names mean. */
@CommandLine.Command(
    name = "reconcile",
    description = "Add to a CSV file or a spreadsheet the codes that the names of a column mean.",
    footer = {
      "%nThe file is copied as it is; five columns are added: the code, its label, a score from 0"
          + " to",
      "100, whether the match is certain (exact, and unique in its context), and the runner-up."
          + " What",
      "is not certain is to be looked at; --certain leaves it empty.",
      "%n--context names columns that say more: a département, a postal code, a population. A"
          + " column",
      "that is not called after what it says is written NAME:PROPERTY.",
      "%nExamples:",
      "  pivot reconcile ecoles.csv --column nom_commune --to communes --context code_postal",
      "  pivot reconcile tiers.xlsx --column ville --to communes --context dep:departement \\",
      "      --certain --output tiers-codes.xlsx",
      "  pivot reconcile activites.csv --column libelle --to naf@rev2 --context niveau"
    })
final class ReconcileCommand extends TableCommand {

  @Option(
      names = {"-c", "--column"},
      required = true,
      paramLabel = "NAME",
      description = "The column that holds the names.")
  String column = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "REF",
      description = "What they are names of: communes, epci@2024, naf@rev2.")
  String to = "";

  @Option(
      names = "--context",
      split = ",",
      paramLabel = "NAME[:PROPERTY]",
      description = "Columns that say more of what is named.")
  List<String> contexts = List.of();

  @Option(names = "--certain", description = "Write only codes that need no look.")
  boolean certain;

  @Override
  AnnotatedTable open(Answering answering, InputStream file, byte[] decided) throws IOException {
    return answering
        .reconciliations()
        .open(
            input.name(),
            file,
            new FileReconciliations.Request(
                column, to, contexts, certain, decided, input.overrides()));
  }

  @Override
  int tell(AnnotatedTable reconciled) {
    long matched = reconciled.counts().getOrDefault("matched", 0L);
    long review = reconciled.counts().getOrDefault("to-review", 0L);
    long unknown = reconciled.counts().getOrDefault("not-found", 0L);
    long chosen = reconciled.counts().getOrDefault("chosen", 0L);
    String chosenFr = chosen == 0 ? "" : ", %d choisies".formatted(chosen);
    String chosenEn = chosen == 0 ? "" : ", %d chosen".formatted(chosen);
    console.say(
        "Lignes : %d rapprochées%s, %d à vérifier, %d introuvables"
            .formatted(matched, chosenFr, review, unknown),
        "Rows: %d matched%s, %d to review, %d not found"
            .formatted(matched, chosenEn, review, unknown));
    return Exit.OK;
  }
}
