package fr.pivot.cli;

import fr.pivot.backup.BackupException;
import fr.pivot.cli.session.Console;
import fr.pivot.cli.session.Exit;
import fr.pivot.home.DatabaseAddress;
import fr.pivot.home.FullDisk;
import fr.pivot.home.HomeException;
import java.net.BindException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The {@code pivot} command. */
@CommandLine.Command(
    name = "pivot",
    description = "The registry of reference codes: what any code means or meant, at any date.",
    subcommands = {
      ServeCommand.class,
      LookupCommand.class,
      SearchCommand.class,
      DetectCommand.class,
      ReconcileCommand.class,
      ValidateCommand.class,
      TranslateCommand.class,
      ChangesCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      CorrespondencesCommand.class,
      ProposeCommand.class,
      ReleasesCommand.class,
      VerifyCommand.class,
      ConfigCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:something failed that should not have",
      "2:the command line is wrong",
      "3:the files, or a backup, were read and refused; nothing was changed",
      "4:a code, edition, referential or correspondence does not exist",
      "5:another import of the same referential or correspondence is under way",
      "6:no database: the home folder or the server cannot be used",
      "7:the registry is not what was published",
      "8:something is wrong with the file, or nothing of it could be translated",
      "9:a disk is full; nothing was changed"
    },
    footer = {
      "%nExamples:",
      "  pivot serve",
      "  pivot lookup communes 14666 01033",
      "  pivot validate subventions.csv",
      "  pivot translate table.csv --column com --from communes@2014-01-01 --to communes@2026",
      "  pivot changes communes 2024 2026",
      "  pivot import v_commune_2026.csv v_mvtcommune_2026.csv",
      "  pivot export communes@2026 --output communes-2026/",
      "  pivot backup /var/backups/pivot-2026-12-01",
      "%nEvery command works whether or not a server is running on the same home."
    })
public final class Pivot {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /**
   * The first Java that keeps memory whole which native code holds; the launcher looks for the
   * same. Earlier ones of 25 may damage it under the collector that Pivot runs with (JDK-8377811).
   */
  private static final Runtime.Version NEEDED = Runtime.Version.parse("25.0.3");

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (isTooOld(Runtime.version())) {
      new Console()
          .say(
              "Pivot a besoin de Java 25.0.3 ou plus récent : les versions 25.0.0 à 25.0.2 peuvent"
                  + " abîmer des données en mémoire (JDK-8377811). Cette machine a lancé "
                  + Runtime.version()
                  + ".",
              "Pivot needs Java 25.0.3 or later: releases 25.0.0 to 25.0.2 may damage data in memory"
                  + " (JDK-8377811). This machine ran "
                  + Runtime.version()
                  + ".");
      System.exit(Exit.FAILED);
    }
    System.exit(run(args));
  }

  static boolean isTooOld(Runtime.Version version) {
    return version.compareToIgnoreOptional(NEEDED) < 0;
  }

  static int run(String... args) {
    Console console = new Console();
    return new CommandLine(new Pivot())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((e, _, _) -> explain(console, e))
        .execute(args.length == 0 ? new String[] {"help"} : args);
  }

  private static int explain(Console console, Exception e) {
    if (FullDisk.isCauseOf(e)) {
      console.say(
          "Un disque est plein ; rien n'a été changé. Faites de la place, puis recommencez.",
          "A disk is full; nothing was changed. Make room, then try again.");
      return Exit.FULL_DISK;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BackupException backup) {
        console.say(backup.french(), String.valueOf(backup.getMessage()));
        return Exit.REJECTED;
      }
      if (cause instanceof HomeException home) {
        console.say(home.french(), String.valueOf(home.getMessage()));
        return Exit.NO_DATABASE;
      }
      if (cause instanceof FlywayValidateException) {
        console.say(
            "La base vient d'un Pivot plus récent que celui-ci, ou ses tables ont été changées :"
                + " lancez celui-là, ou restaurez une sauvegarde dans un dossier neuf.",
            "The database is of a newer Pivot than this one, or its tables were changed: run that"
                + " one, or restore a backup into a new folder.");
        return Exit.NO_DATABASE;
      }
      if (cause instanceof IllegalArgumentException) {
        String message = String.valueOf(cause.getMessage());
        console.say(message, message);
        return Exit.NO_DATABASE;
      }
      if (cause instanceof BindException) {
        console.say(
            "Ce port est déjà pris ; choisissez-en un autre avec --port.",
            "This port is already taken; choose another with --port.");
        return Exit.USAGE;
      }
      if (DatabaseAddress.isFailure(cause)) {
        String message = String.valueOf(cause.getMessage());
        console.say(
            "La base de données ne répond pas : " + message,
            "The database does not answer: " + message);
        return Exit.NO_DATABASE;
      }
    }
    console.say("Échec inattendu : " + e, "Unexpected failure: " + e);
    if (Boolean.getBoolean("pivot.trace")) {
      e.printStackTrace();
    }
    return Exit.FAILED;
  }
}
