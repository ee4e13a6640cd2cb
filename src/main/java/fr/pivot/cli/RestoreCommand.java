package fr.pivot.cli;

import fr.pivot.backup.Manifest;
import fr.pivot.backup.RestoreStore;
import fr.pivot.catalog.VerificationStore;
import fr.pivot.catalog.VerificationStore.Verification;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.Installation;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Brings a backup back. */
@CommandLine.Command(
    name = "restore",
    description =
        "Restore a backup into a home folder, or a database (PIVOT_DATABASE_URL), that holds nothing"
            + " yet, bring it to the form of this Pivot, and verify it.",
    footer = {
      "%nExamples:",
      "  pivot restore /var/backups/pivot-2026-12-01 --home /srv/pivot",
      "%nA backup is read whole before anything is written, and restored whole or not at all.",
      "Ends with 3 when it is damaged, of a newer Pivot, or when the registry is not empty."
    })
final class RestoreCommand extends Command {

  @Parameters(index = "0", paramLabel = "DIR", description = "What 'pivot backup' wrote.")
  Path folder = Path.of("");

  @Override
  public Integer call() throws Exception {
    try (Installation installation = Installation.open(console, home)) {
      RestoreStore store = new RestoreStore(installation.address(), installation.mark());
      Manifest manifest =
          store.restore(
              folder,
              table ->
                  console.say(
                      "  " + table.name() + " : " + table.rows() + " lignes",
                      "  " + table.name() + ": " + table.rows() + " rows"));
      console.say("  vérifie", "  verifying");
      ApplicationContext context = installation.start(null);
      Verification found = context.getBean(VerificationStore.class).verify();
      installation.load(context);
      // One of an older Pivot had other fingerprints, or none.
      boolean same = manifest.schema() < store.newest() || found.digest().equals(manifest.digest());
      if (!found.isSound() || !same) {
        console.say(
            manifest.sound()
                ? "La sauvegarde est restaurée, mais n'est pas ce qui avait été publié : voyez pivot"
                    + " verify."
                : "La sauvegarde est restaurée telle que prise : le registre avait été modifié hors"
                    + " de Pivot. Voyez pivot verify.",
            manifest.sound()
                ? "The backup is restored, but is not what had been published: see pivot verify."
                : "The backup is restored as it was taken: the registry had been changed behind"
                    + " Pivot's back. See pivot verify.");
        return Exit.ALTERED;
      }
      console.say(
          found.editions()
              + " éditions restaurées et vérifiées, telles que le "
              + manifest.takenAt()
              + ". Empreinte : "
              + found.digest(),
          found.editions()
              + " editions restored and verified, as of "
              + manifest.takenAt()
              + ". Digest: "
              + found.digest());
      return Exit.OK;
    }
  }
}
