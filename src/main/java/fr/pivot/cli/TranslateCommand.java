package fr.pivot.cli;

import fr.pivot.crosswalk.CrosswalkAnswers;
import fr.pivot.http.ProblemException;
import fr.pivot.importing.LocalFiles;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  private static final Duration PROGRESS = Duration.ofSeconds(5);

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "A CSV file, or an xlsx, xls or ods one; '-' reads CSV from the input.")
  String file = "";

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
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write (default: the standard output).")
  @Nullable Path output;

  @Override
  public Integer call() throws Exception {
    if (!CrosswalkAnswers.listPolicies().contains(policy)) {
      console.say("Politique inconnue : " + policy, "Unknown policy: " + policy);
      return Exit.USAGE;
    }
    if (!file.equals("-") && !Files.isRegularFile(Path.of(file))) {
      console.say("Fichier introuvable : " + file, "No such file: " + file);
      return Exit.USAGE;
    }
    try (Installation installation = Installation.open(console, home)) {
      ApplicationContext context = installation.start(null);
      installation.publishShipped(context);
      installation.load(context);
      CrosswalkAnswers answers = context.getBean(CrosswalkAnswers.class);
      CrosswalkAnswers.FileRequest request =
          new CrosswalkAnswers.FileRequest(from, to, column, policy, measures, by);
      try {
        if (!file.equals("-") && CrosswalkAnswers.isSpreadsheet(Path.of(file))) {
          return translateWorkbook(answers, request);
        }
        translate(answers, request);
        return Exit.OK;
      } catch (ProblemException e) {
        console.say(e.problem().detail("fr"), e.problem().detail("en"));
        return Exit.of(e);
      }
    }
  }

  private int translateWorkbook(CrosswalkAnswers answers, CrosswalkAnswers.FileRequest request)
      throws IOException {
    if (output == null) {
      console.say(
          "Un classeur s'écrit dans un fichier : --output FICHIER.xlsx",
          "A workbook is written to a file: --output FILE.xlsx");
      return Exit.USAGE;
    }
    WholeFile.write(output, part -> answers.translateWorkbook(Path.of(file), part, request));
    return Exit.OK;
  }

  private void translate(CrosswalkAnswers answers, CrosswalkAnswers.FileRequest request)
      throws IOException {
    try (InputStream in =
        file.equals("-") ? System.in : LocalFiles.of(Path.of(file)).content().open()) {
      CrosswalkAnswers.File translated = answers.translate(in, request);
      try (InputStream stream = translated.stream()) {
        write(stream);
      }
      if (!translated.counts().isEmpty()) {
        String counts =
            translated.counts().entrySet().stream()
                .map(e -> e.getKey() + ' ' + e.getValue())
                .collect(Collectors.joining(", "));
        console.say("Lignes : " + counts, "Rows: " + counts);
      }
    }
  }

  /** Writes to the output. */
  private void write(InputStream stream) throws IOException {
    if (output == null) {
      copy(stream, console.out());
      console.out().flush();
      return;
    }
    WholeFile.stream(output, to -> copy(stream, to));
  }

  private void copy(InputStream stream, OutputStream to) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long written = 0;
    long last = System.nanoTime();
    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
      to.write(buffer, 0, count);
      written += count;
      if (System.nanoTime() - last > PROGRESS.toNanos()) {
        last = System.nanoTime();
        console.say("  " + (written >> 20) + " Mo écrits", "  " + (written >> 20) + " MB written");
      }
    }
  }
}
