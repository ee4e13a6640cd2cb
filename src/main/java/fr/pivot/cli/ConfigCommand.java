package fr.pivot.cli;

import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.Setting;
import fr.pivot.cli.session.Settings;
import fr.pivot.cli.session.Settings.Said;
import fr.pivot.referential.Text;
import java.util.Optional;
import picocli.CommandLine;

/** Shows what the environment says, and what holds where it says nothing. */
@CommandLine.Command(
    name = "config",
    description = {
      "Show every setting: what it is, where that comes from, and what it means.",
      "Secrets are not shown. What is not understood is told, as serve would."
    })
final class ConfigCommand extends Command {

  @Override
  public Integer call() {
    Settings settings = Settings.here();
    for (Setting setting : Setting.values()) {
      Optional<Said> said = settings.find(setting);
      String value =
          said.map(s -> setting.isSecret() ? "********" : s.value())
              .orElse(setting.standard() == null ? "-" : setting.standard());
      Text origin =
          said.map(s -> new Text(s.origin(), s.origin())).orElse(new Text("défaut", "default"));
      console.print(setting.variable() + " = " + value);
      console.print("  [" + origin.in(console.language()) + "] " + meaning(setting));
    }
    settings.check();
    return Exit.OK;
  }

  private String meaning(Setting setting) {
    Text range = setting.range();
    return setting.meaning().in(console.language())
        + (range == null ? "" : " (" + range.in(console.language()) + ")");
  }
}
