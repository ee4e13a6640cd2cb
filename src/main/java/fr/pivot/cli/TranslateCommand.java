package fr.pivot.cli;

import fr.pivot.cli.session.Answering;
import fr.pivot.cli.session.Exit;
import fr.pivot.crosswalk.file.FileTranslations;
import fr.pivot.table.AnnotatedTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Translates a column of a file. */
@CommandLine.Command(
    name = "translate",
    description =
        "Add to a CSV file or a spreadsheet what the codes of a column are at another point.",
    footer = {
      "%nThe file is copied as it is; columns named after the reference translated to are added.",
      "A row whose code has several targets: 'all' repeats it for each, 'list' joins them by '|',",
      "'single-only' leaves them out; the status says so. 'weights' sums figures by target"
          + " instead,",
      "and keeps what cannot be placed at the end: no total is lost. How many rows had each outcome"
          + " is",
      "said at the end; where nothing could be translated, the exit code is 8.",
      "%nExamples:",
      "  pivot translate table.csv --column commune --from communes@2014-01-01 --to communes@2026",
      "  pivot translate table.csv --column insee --from communes@2019 --to epci@2026 --policy"
          + " list",
      "  pivot translate pop.csv --column com --from communes@1999-01-01 --to regions@2026 \\",
      "      --policy weights --measure population --by annee --output regions.csv"
    })
final class TranslateCommand extends TableCommand {

  @Option(
      names = {"-c", "--column"},
      paramLabel = "NAME",
      description = "The column that holds the codes (default: 'code', or as the referential).")
  @Nullable String column;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "REF",
      description = "What its codes are: communes@2014-01-01, naf@rev2.")
  String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "REF",
      description = "What to translate them to.")
  String to = "";

  @Option(
      names = "--policy",
      paramLabel = "P",
      description = "all (default), list, single-only or weights.")
  String policy = "all";

  @Option(
      names = "--measure",
      split = ",",
      paramLabel = "NAME",
      description = "Columns of figures, for weights.")
  List<String> measures = List.of();

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "NAME",
      description = "Columns whose values keep figures apart, for weights.")
  List<String> by = List.of();

  @Override
  public Integer call() throws IOException {
    if (!FileTranslations.POLICIES.contains(policy)) {
      console.say("Politique inconnue : " + policy, "Unknown policy: " + policy);
      return Exit.USAGE;
    }
    return super.call();
  }

  @Override
  AnnotatedTable open(Answering answering, InputStream file, byte[] decided) throws IOException {
    return answering
        .translations()
        .open(
            input.name(),
            file,
            new FileTranslations.Request(
                from, to, column, policy, measures, by, decided, input.overrides()));
  }

  @Override
  int tell(AnnotatedTable translated) {
    Map<String, Long> counts = translated.counts();
    if (counts.isEmpty()) {
      return Exit.OK;
    }
    String told =
        counts.entrySet().stream()
            .map(e -> e.getKey() + ' ' + e.getValue())
            .collect(Collectors.joining(", "));
    console.say("Lignes : " + told, "Rows: " + told);
    if (!FileTranslations.isNothing(policy, counts)) {
      return Exit.OK;
    }
    console.say(
        "Aucune ligne n'a pu être traduite vers " + to + '.',
        "Not a single row could be translated to " + to + '.');
    return Exit.WRONG;
  }
}
