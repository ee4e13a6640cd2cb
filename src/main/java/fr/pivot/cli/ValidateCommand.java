package fr.pivot.cli;

import fr.pivot.cli.session.Answering;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Console;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.FileOptions;
import fr.pivot.cli.session.Progress;
import fr.pivot.cli.session.WholeFile;
import fr.pivot.finding.ProblemException;
import fr.pivot.referential.Text;
import fr.pivot.table.HandedTable;
import fr.pivot.validation.plan.Repair;
import fr.pivot.validation.plan.Request;
import fr.pivot.validation.report.Validation;
import fr.pivot.validation.schema.TableSchema;
import fr.pivot.validation.schema.TableSchemaReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a file, and repairs it where that is asked for. */
@CommandLine.Command(
    name = "validate",
    description = "Check the codes of a file: what is wrong, on which line, and what to write.",
    footer = {
      "%nColumns that hold codes are recognised; --columns says it otherwise. --date may be a day, an",
      "edition, or a column with the day of each row. The exit code is 8 where something is wrong.",
      "%n--repair writes the file with two columns after each column of codes: the code to join by,",
      "and why it differs. Only what is certain is filled in; nothing that was there changes.",
      "--in-place writes into the file itself, and each change to FILE.pivot-log.csv beside it.",
      "%nExamples:",
      "  pivot validate subventions.csv",
      "  pivot validate subventions.csv --columns insee:communes@2024,tiers:siret --date date_acte",
      "  pivot validate subventions.csv --repair --output subventions-pivot.csv",
      "  pivot validate subventions.csv --html rapport.html --json >rapport.json"
    })
final class ValidateCommand extends Command {

  @Mixin FileOptions input = new FileOptions();

  @Option(
      names = "--columns",
      split = ",(?!\\d{4}-\\d{2}-\\d{2}$)",
      paramLabel = "NAME:REF",
      description = "Columns that hold codes, and of what: insee:communes@2024,#3:siret.")
  List<String> columns = List.of();

  @Option(
      names = "--date",
      paramLabel = "D",
      description = "The day that counts: 2021-01-01, an edition, or a column. Default: today.")
  @Nullable String date;

  @Option(names = "--required", split = ",", paramLabel = "NAME", description = "Never empty.")
  List<String> required = List.of();

  @Option(
      names = "--key",
      split = ",",
      paramLabel = "NAME",
      description = "Columns whose values together may come once.")
  List<String> key = List.of();

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "A Table Schema (Frictionless) that says what its columns are.")
  @Nullable Path schema;

  @Option(names = "--no-detect", description = "Check no other columns than those of --columns.")
  boolean undetected;

  @Option(names = "--repair", description = "Write the file with its certain repairs beside.")
  boolean repair;

  @Option(names = "--in-place", description = "Write certain repairs into the file itself.")
  boolean inPlace;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where --repair writes; a name in .xlsx gives a workbook.")
  @Nullable Path output;

  @Option(names = "--html", paramLabel = "FILE", description = "Write the report as a page.")
  @Nullable Path html;

  @Option(names = "--json", description = "Write the report as JSON.")
  boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many findings of a rule in a column are told (${DEFAULT-VALUE}).")
  int limit = Request.LIMIT;

  @Override
  public Integer call() throws IOException {
    if (!input.isInput() && input.path().isEmpty()) {
      console.say("Fichier introuvable : " + input.file, "No such file: " + input.file);
      return Exit.USAGE;
    }
    if (inPlace && input.isInput()) {
      console.say("--in-place demande un fichier.", "--in-place needs a file.");
      return Exit.USAGE;
    }
    List<Request.Declared> declared = Request.parse(columns);
    if (declared == null) {
      console.say(
          "--columns attend NOM:RÉFÉRENTIEL, comme insee:communes@2024",
          "--columns expects NAME:REFERENTIAL, such as insee:communes@2024");
      return Exit.USAGE;
    }
    TableSchema read = null;
    if (schema != null && !Files.isRegularFile(schema)) {
      console.say("Fichier introuvable : " + schema, "No such file: " + schema);
      return Exit.USAGE;
    }
    if (schema != null) {
      switch (TableSchemaReader.read(Files.readAllBytes(schema))) {
        case TableSchema.Readable(TableSchema readable, var remarks) -> {
          read = readable;
          remarks.forEach(
              r ->
                  console.say(
                      schema + " " + r.path() + " : " + r.message().fr(),
                      schema + " " + r.path() + ": " + r.message().en()));
        }
        case TableSchema.Unreadable(Text why) -> {
          console.say(why.fr(), why.en());
          return Exit.REJECTED;
        }
      }
    }
    Request request =
        new Request(declared, date, required, key, !undetected, limit, input.overrides(), read);
    try (Answering answering = Answering.open(console, home)) {
      return check(answering, request);
    } catch (ProblemException e) {
      Text why = HandedTable.why(e);
      console.say(why.fr(), why.en());
      return Exit.of(e);
    }
  }

  private int check(Answering answering, Request request) throws IOException {
    Repair wanted = inPlace ? Repair.IN_PLACE : repair ? Repair.BESIDE : null;
    try (Validation validation =
        answering
            .validations()
            .check(input.name(), Progress.open(input), request, wanted, console.language())) {
      if (inPlace && !validation.isPlain()) {
        console.say(
            "--in-place ne récrit qu'un fichier délimité non compressé ; --repair --output en écrit un autre.",
            "--in-place rewrites delimited files that are not compressed; --repair --output writes another.");
        return Exit.USAGE;
      }
      if (inPlace) {
        rewrite(validation);
      } else if (repair) {
        write(validation);
      } else {
        validation.finish();
      }
      if (html != null) {
        Files.write(html, answering.reports().render(validation.page()));
      }
      boolean aside = repair && output == null && !inPlace;
      if (json && !aside) {
        console.print(validation.report());
      } else {
        validation
            .lines(Console.isTerminal())
            .forEach(
                line -> {
                  if (aside) {
                    console.say(line, line);
                  } else {
                    console.print(line);
                  }
                });
      }
      return validation.errors() == 0 ? Exit.OK : Exit.WRONG;
    }
  }

  /** Writes the file with its repairs beside. */
  private void write(Validation validation) throws IOException {
    if (output == null) {
      copy(validation, console.out(), OutputStream.nullOutputStream());
      console.out().flush();
      return;
    }
    if (output.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx")) {
      WholeFile.write(output, validation::writeWorkbook);
    } else {
      WholeFile.stream(output, to -> copy(validation, to, OutputStream.nullOutputStream()));
    }
  }

  /** Writes certain repairs into the file, and each change to a log beside it. */
  private void rewrite(Validation validation) throws IOException {
    Path file = Path.of(input.file);
    Path log = file.resolveSibling(file.getFileName() + ".pivot-log.csv");
    // The log is there before the file changes.
    WholeFile.stream(
        file,
        to ->
            WholeFile.stream(
                log,
                changes -> {
                  changes.write(Validation.logHeader());
                  copy(validation, to, changes);
                }));
    console.say("Chaque changement est dans " + log, "Each change is in " + log);
  }

  private static void copy(Validation validation, OutputStream rows, OutputStream log)
      throws IOException {
    for (Validation.Part part = validation.next(); part != null; part = validation.next()) {
      rows.write(part.bytes());
      log.write(part.log());
    }
  }
}
