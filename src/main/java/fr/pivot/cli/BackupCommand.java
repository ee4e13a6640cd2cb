package fr.pivot.cli;

import fr.pivot.backup.BackupStore;
import fr.pivot.backup.Manifest;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.Installation;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Writes the whole registry into a folder. */
@CommandLine.Command(
    name = "backup",
    description =
        "Write the whole registry, as of one moment, into a new folder that 'pivot restore' reads on"
            + " any machine and any PostgreSQL from 15 on. Servers and imports go on meanwhile.",
    footer = {
      "%nExamples:",
      "  pivot backup /var/backups/pivot-2026-12-01",
      "%nThe folder appears once it is whole; where the disk is full, nothing is left of it.",
      "Ends with 7 when the registry is not what was published: the backup is written all the same."
    })
final class BackupCommand extends Command {

  @Parameters(index = "0", paramLabel = "DIR", description = "A folder that is not there yet.")
  Path folder = Path.of("");

  @Override
  public Integer call() throws Exception {
    try (Installation installation = Installation.open(console, home)) {
      Manifest manifest =
          installation
              .start(null)
              .getBean(BackupStore.class)
              .write(
                  folder,
                  Instant.now().truncatedTo(ChronoUnit.SECONDS),
                  table ->
                      console.say(
                          "  " + table.name() + " : " + table.rows() + " lignes",
                          "  " + table.name() + ": " + table.rows() + " rows"));
      console.print(folder.toString());
      if (!manifest.sound()) {
        console.say(
            "La sauvegarde est écrite, mais le registre a été modifié hors de Pivot : voyez pivot"
                + " verify.",
            "The backup is written, but the registry was changed behind Pivot's back: see pivot"
                + " verify.");
        return Exit.ALTERED;
      }
      console.say(
          manifest.rows() + " lignes sauvegardées et vérifiées. Empreinte : " + manifest.digest(),
          manifest.rows() + " rows written and verified. Digest: " + manifest.digest());
      return Exit.OK;
    }
  }
}
