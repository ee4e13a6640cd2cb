package fr.pivot.cli;

import fr.pivot.crosswalk.FileTranslations;
import fr.pivot.http.HandedIn;
import fr.pivot.http.ProblemException;
import fr.pivot.http.WidenedTable;
import fr.pivot.referential.Text;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Translates a column of a file. */
@CommandLine.Command(
    name = "translate",
    description =
        "Add to a CSV file or a spreadsheet what the codes of a column are at another point.",
    footer = {
      "%nThe file is copied as it is; columns named after the reference translated to are added.",
      "A row whose code has several targets: 'all' repeats it for each, 'list' joins them by '|',",
      "'single-only' leaves them out; the status says so. 'weights' sums figures by target instead,",
      "and keeps what cannot be placed at the end: no total is lost.",
      "%nExamples:",
      "  pivot translate table.csv --column commune --from communes@2014-01-01 --to communes@2026",
      "  pivot translate table.csv --column insee --from communes@2019 --to epci@2026 --policy list",
      "  pivot translate pop.csv --column com --from communes@1999-01-01 --to regions@2026 \\",
      "      --policy weights --measure population --by annee --output regions.csv"
    })
final class TranslateCommand extends Command {

  @Mixin FileOptions input = new FileOptions();

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

  @Override
  public Integer call() throws IOException {
    if (!FileTranslations.POLICIES.contains(policy)) {
      console.say("Politique inconnue : " + policy, "Unknown policy: " + policy);
      return Exit.USAGE;
    }
    if (!input.isInput() && input.path().isEmpty()) {
      console.say("Fichier introuvable : " + input.file, "No such file: " + input.file);
      return Exit.USAGE;
    }
    if (choices != null && !Files.isRegularFile(choices)) {
      console.say("Fichier introuvable : " + choices, "No such file: " + choices);
      return Exit.USAGE;
    }
    FileTranslations.Request request =
        new FileTranslations.Request(
            from,
            to,
            column,
            policy,
            measures,
            by,
            choices == null ? new byte[0] : Files.readAllBytes(choices),
            input.overrides());
    try (Installation installation = Installation.open(console, home)) {
      ApplicationContext context = installation.start(null);
      installation.publishShipped(context);
      installation.load(context);
      FileTranslations translations = context.getBean(FileTranslations.class);
      try (WidenedTable translated =
          translations.open(input.name(), Progress.open(input), request)) {
        WholeFile.table(console, output, translated);
        if (!translated.counts().isEmpty()) {
          String counts =
              translated.counts().entrySet().stream()
                  .map(e -> e.getKey() + ' ' + e.getValue())
                  .collect(Collectors.joining(", "));
          console.say("Lignes : " + counts, "Rows: " + counts);
        }
      }
      return Exit.OK;
    } catch (ProblemException e) {
      Text why = HandedIn.why(e);
      console.say(why.fr(), why.en());
      return Exit.of(e);
    }
  }
}
